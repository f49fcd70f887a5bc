// Rules keep to the plan of all rules (catalogue.txt), and ids, once given, stay.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { fixturesRoot } from '../support/fixtures.ts';
import { repositoryRoot } from '../support/repository.ts';
import { reviewedDifferences } from './reviewedDifferences.ts';

const planned = new Map(
  lines('catalogue.txt').map((line) => {
    const [id = '', severity, profile, fixClass] = line.split(' ');
    // Rules that run only by name have no severity in the plan; as hygiene they are information.
    return [id, { severity: severity === 'off' ? 'info' : severity, profile, fixClass }] as const;
  }),
);

function lines(name: string): readonly string[] {
  const text = readFileSync(join(fixturesRoot, name), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

test('every rule is in the catalogue, with the severity, profile and class of fix that it names', () => {
  const differences: Record<string, string> = {};
  for (const rule of rules) {
    const row = planned.get(rule.id);
    assert.ok(row, `${rule.id} is not in test/rules/catalogue.txt`);
    for (const key of ['severity', 'profile', 'fixClass'] as const) {
      if (rule[key] !== row[key]) differences[`${rule.id} ${key}`] = rule[key];
    }
  }
  const reviewed = Object.fromEntries(reviewedDifferences.map(({ rule, key, value }) => [`${rule} ${key}`, value]));
  assert.deepEqual(differences, reviewed);
});

test('relations name ids of the catalogue', () => {
  for (const rule of rules) {
    for (const id of [...(rule.overrides ?? []), ...(rule.reveals ?? [])]) {
      assert.ok(planned.has(id), `${rule.id} names ${id}, which is not in test/rules/catalogue.txt`);
      assert.notEqual(id, rule.id);
    }
  }
});

test('ids are unique and none has gone', () => {
  const ids = rules.map((rule) => rule.id as string);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids.toSorted(), lines('ids.txt'));
});

test('each folder of fixtures belongs to a rule', () => {
  const ids = new Set(rules.map((rule) => rule.id as string));
  const isFolder = (path: string): boolean => statSync(join(fixturesRoot, path)).isDirectory();
  for (const chapter of readdirSync(fixturesRoot).filter(isFolder)) {
    for (const name of readdirSync(join(fixturesRoot, chapter)))
      assert.ok(ids.has(`${chapter}/${name}`), `${chapter}/${name} is no rule`);
  }
});

test('registry, documentation and list of ids are fresh', () => {
  execFileSync(process.execPath, ['scripts/generate.ts', '--check'], {
    cwd: repositoryRoot,
    stdio: 'pipe',
    encoding: 'utf8',
  });
});
