// Every manifest of the other projects, the deliberately malformed ones among them: no rule fails on it, and "fix all" leaves
// a text that parses, has no finding that was not there, and is not changed again.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { checkFixAll } from '../support/fixAllChecks.ts';
import { judge } from '../support/judgedWorkspace.ts';

const oracles = process.env.KUBEHARDEN_ORACLES;
const skip = oracles === undefined ? 'not requested: KUBEHARDEN_ORACLES is not set' : false;

test('fixtures of other projects are judged and fixed without harm', { skip }, (context) => {
  const names = globSync('**/*.{yaml,yml,json}', { cwd: oracles }).filter((name) => basename(name) !== 'expected.json');
  assert.ok(names.length > 1000);
  let applied = 0;
  const wrong = names.sort().flatMap((name) => {
    const text = readFileSync(join(oracles ?? '', name), 'utf8');
    const path = basename(name);
    const file = checkFixAll(judge(new Map([[path, text]])), ['safe', 'hardening']).get(path);
    applied += file?.applied ?? 0;
    return (file?.wrong ?? []).map((what) => `${name}: ${what}`);
  });
  context.diagnostic(`${applied} fixes in ${names.length} files`);
  assert.deepEqual(wrong, []);
});
