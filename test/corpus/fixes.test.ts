// "Fix all" on real manifests: what is left parses, has no finding that was not there, and is not changed again.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { FixAllRequest } from '../../server/src/analysis/index.ts';
import { checkFixAll } from '../support/fixAllChecks.ts';
import { judge } from '../support/judgedWorkspace.ts';
import { corpusFolder, manifestsOf, repositoriesOf } from './corpusFindings.ts';

const skip = corpusFolder === undefined ? 'not requested: KUBEHARDEN_CORPUS is not set' : false;

const classes: Readonly<Record<string, FixAllRequest['classes']>> = {
  safe: ['safe'],
  'safe and hardening': ['safe', 'hardening'],
};

for (const [name, ofClasses] of Object.entries(classes)) {
  describe(`fixes of the corpus: ${name}`, { skip }, () => {
    for (const repository of corpusFolder === undefined ? [] : repositoriesOf(corpusFolder)) {
      test(repository, (context) => {
        const files = checkFixAll(judge(manifestsOf(join(corpusFolder ?? '', repository))), ofClasses);
        const wrong = [...files].flatMap(([path, file]) => file.wrong.map((what) => `${path}: ${what}`));
        const applied = [...files.values()].reduce((sum, file) => sum + file.applied, 0);
        context.diagnostic(`${applied} fixes in ${files.size} files`);
        assert.deepEqual(wrong, []);
      });
    }
  });
}
