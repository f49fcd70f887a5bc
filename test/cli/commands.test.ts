import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { allDescriptions } from '../../server/src/analysis/index.ts';
import { version } from '../../server/src/cli/version.ts';
import { repositoryRoot } from '../support/repository.ts';
import { runCli } from './runCli.ts';

const cwd = repositoryRoot;

test('rules lists every rule, as text and as JSON', () => {
  const ids = allDescriptions().map(({ id }) => id);
  const text = runCli(['rules'], { cwd });
  assert.equal(text.code, 0);
  assert.deepEqual(
    text.stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(' ')[0]),
    ids,
  );
  const json = JSON.parse(runCli(['rules', '--format', 'json'], { cwd }).stdout);
  assert.equal(json.formatVersion, 1);
  assert.deepEqual(
    json.rules.map(({ id }: { id: string }) => id),
    ids,
  );
});

test('explain prints the documentation of a rule', () => {
  const { code, stdout } = runCli(['explain', 'pod/privileged'], { cwd });
  assert.equal(code, 0);
  assert.match(stdout, /^# Container is privileged\n\n`pod\/privileged`\n/);
  assert.match(stdout, /\n## When not to follow it\n/);
});

test('explain suggests the rule that was meant', () => {
  assert.deepEqual(runCli(['explain', 'pod/priviledged'], { cwd }), {
    code: 2,
    stdout: '',
    stderr: 'kubeharden: There is no rule "pod/priviledged". Did you mean "pod/privileged"?\n',
  });
  assert.match(runCli(['explain', 'nothing/like-it-at-all'], { cwd }).stderr, /"kubeharden rules" lists them all\.\n$/);
});

test('--version is the version of the package', () => {
  const { version: packaged } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
  assert.equal(version, packaged);
  assert.deepEqual(runCli(['--version'], { cwd }), { code: 0, stdout: `${packaged}\n`, stderr: '' });
});

test('--help names every option of the documentation', () => {
  const helps = ['check', 'cluster'].map((command) => runCli([command, '--help'], { cwd }));
  assert.ok(helps.every(({ code }) => code === 0));
  const help = helps.map(({ stdout }) => stdout).join('');
  const documented = readFileSync(join(repositoryRoot, 'docs/command-line.md'), 'utf8').match(/`--[a-z-]+/g) ?? [];
  assert.ok(documented.length > 10);
  for (const option of new Set(documented)) assert.ok(help.includes(option.slice(1)), `${option} is not in --help`);
});

test('--version and --help load no engine', () => {
  const source = readFileSync(join(repositoryRoot, 'server/src/cli/main.ts'), 'utf8');
  const loadedAtOnce = [...source.matchAll(/^import (?!type).* from '(.+)';$/gm)].map(([, path]) => path);
  assert.deepEqual(loadedAtOnce, ['./helpText.ts', './version.ts']);
  for (const path of ['helpText.ts', 'version.ts']) {
    assert.doesNotMatch(readFileSync(join(repositoryRoot, 'server/src/cli', path), 'utf8'), /^import (?!type)/m, path);
  }
  assert.match(runCli(['--help'], { cwd }).stdout, /^kubeharden - hardens Kubernetes manifests/);
});
