// What `npm install kubeharden` brings: the command line and the language server for other editors.

import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { repositoryRoot } from '../support/repository.ts';

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

const { version }: { readonly version: string } = JSON.parse(
  readFileSync(join(repositoryRoot, 'package.json'), 'utf8'),
);
const isWindows = process.platform === 'win32';
let folder = '';
let packed: Packed = { filename: '', files: [] };

/** npm without the network, in a given folder. dist/ is built already, so its scripts need not run. */
function npm(cwd: string, ...args: string[]): SpawnSyncReturns<string> {
  const options = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return spawnSync('npm', [...args, ...options], { cwd, encoding: 'utf8', shell: isWindows });
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeharden-npm-'));
  const { status, stdout, stderr } = npm(repositoryRoot, 'pack', '--json', '--pack-destination', folder);
  assert.equal(status, 0, stderr);
  const [first] = JSON.parse(stdout) as Packed[];
  assert.ok(first);
  packed = first;
});

after(() => rmSync(folder, { recursive: true, force: true }));

test('the npm package holds the two programs, no sources, tests or examples', () => {
  assert.deepEqual(packed.files.map(({ path }) => path).sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/ThirdPartyNotices.txt',
    'dist/cli.cjs',
    'dist/programs.cjs',
    'dist/server.cjs',
    'package.json',
  ]);
});

test('npx runs the command line of the installed package', () => {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const installed = npm(folder, 'install', join(folder, packed.filename));
  assert.equal(installed.status, 0, installed.stderr);
  writeFileSync(
    join(folder, 'pod.yaml'),
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27.0\n      securityContext:\n        privileged: true\n',
  );
  const npx = (...args: string[]) =>
    spawnSync('npx', ['--offline', '--', 'kubeharden', ...args], { cwd: folder, encoding: 'utf8', shell: isWindows });
  const told = npx('--version');
  assert.deepEqual([told.status, told.stdout], [0, `${version}\n`], told.stderr);
  const checked = npx('check', 'pod.yaml');
  assert.equal(checked.status, 1, checked.stderr);
  assert.match(checked.stdout, /pod\/privileged/);
});
