import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { cacheFolder } from '../../scripts/lib/project.mjs';
import { repositoryRoot } from '../support/repository.ts';

const require = createRequire(import.meta.url);
const own = globSync('syntaxes/*.json', { cwd: repositoryRoot });

function assertScopes(file: string, grammars: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      require.resolve('vscode-tmgrammar-test/dist/unit.js'),
      ...[...grammars, ...own].flatMap((path) => ['--grammar', path]),
      join('test/syntaxes', file),
    ],
    { cwd: repositoryRoot },
  );
  assert.equal(status, 0, `${stdout}${stderr}`);
}

describe('Rego and CEL in manifests are coloured from their first character to their last', () => {
  test('in a grammar that nests as that of VS Code', () => {
    assertScopes('policyCode.test.yaml', ['test/syntaxes/yamlNesting.tmLanguage.json']);
  });

  // The server that `npm start` and the tests in an editor build holds VS Code's own grammars.
  const real = globSync(join(cacheFolder, 'code-server-*/**/vscode/extensions/yaml/syntaxes/*.tmLanguage.json'));
  test("in VS Code's own grammar", { skip: real.length === 0 && 'no VS Code has been built here' }, () => {
    assertScopes('policyCode.test.yaml', real);
  });

  test('in Helm templates', () => {
    assertScopes('policyCodeHelm.test.yaml', ['test/syntaxes/helmFlat.tmLanguage.json']);
  });
});

test('each grammar is contributed under its own scope', () => {
  const { contributes } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
  const contributed: Readonly<Record<string, string>> = Object.fromEntries(
    contributes.grammars.map(({ path, scopeName }: { path: string; scopeName: string }) => [path, scopeName]),
  );
  const present = Object.fromEntries(
    own.map((path) => [`./${path}`, JSON.parse(readFileSync(join(repositoryRoot, path), 'utf8')).scopeName]),
  );
  assert.deepEqual(contributed, present);
});
