// The scaffold: refuses what is no id or exists, and what it writes is no rule yet.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isWellFormedId, scaffold } from '../../scripts/rules/scaffold.ts';
import type { Rule } from '../../server/src/rules/index.ts';
import { readFixtureText } from '../support/fixtureText.ts';
import { repositoryRoot } from '../support/repository.ts';

const request = {
  id: 'pod/some-new-rule',
  severity: 'warning',
  profile: 'restricted',
  fixClass: 'hardening',
  subject: 'container',
  summary: "Container's new weakness",
} as const;

function newRule(...args: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/newRule.ts', ...args], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  });
  return { status, stderr };
}

test('ids are a chapter and a name of lower-case words', () => {
  for (const id of ['pod/privileged', 'api-server/tls-min-version', 'rbac/x509']) assert.ok(isWellFormedId(id), id);
  for (const id of ['pod', 'Pod/x', 'pod/', 'pod/x/y', 'pod/x_y', 'pod/-x', 'pod/x--y', '../x', 'pod/x.ts']) {
    assert.ok(!isWellFormedId(id), id);
  }
});

test('malformed and existing names are refused with a sentence', () => {
  assert.match(newRule('Pod/Privileged').stderr, /is no id: write <chapter>\/<name>/);
  assert.match(
    newRule('pod/privileged').stderr,
    /pod\/privileged exists already: server\/src\/rules\/pod\/privileged\.ts/,
  );
  assert.match(newRule('pod/some-new-rule', '--subject', 'pods').stderr, /--subject is one of resource, podSpec/);
  assert.match(newRule().stderr, /^Usage:/);
  assert.equal(newRule('pod/privileged').status, 1);
  assert.ok(!existsSync(join(repositoryRoot, 'server/src/rules/pod/some-new-rule.ts')));
});

test('what is written loads as a rule, reports nothing and expects a finding, so that its tests fail', async () => {
  const files = scaffold(request);
  const source = files.get('server/src/rules/pod/some-new-rule.ts') ?? '';
  const folder = mkdtempSync(join(repositoryRoot, 'server/src/rules/.scaffold-'));
  try {
    const path = join(folder, 'someNewRule.ts');
    writeFileSync(path, source);
    const { rule } = (await import(path)) as { rule: Rule };
    assert.equal(rule.id, request.id);
    assert.equal(rule.summary, request.summary);
    assert.match(readFileSync(path, 'utf8'), /FILL IN/);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const bad = readFixtureText(files.get('test/rules/pod/some-new-rule/bad.yaml') ?? '');
  assert.deepEqual(bad.expected, [{ line: 3, start: 8, end: 11, message: 'FILL IN' }]);
  assert.equal(bad.text, files.get('test/rules/pod/some-new-rule/bad.fixed.yaml'));
});
