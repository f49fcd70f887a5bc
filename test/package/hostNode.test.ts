// What is shipped runs under the user's own Node, not only under the project's.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../support/repository.ts';

const hostNode = process.env.KUBEHARDEN_HOST_NODE ?? process.execPath;
const version = execFileSync(hostNode, ['--version'], { encoding: 'utf8' }).trim();

test(`the command line judges and fixes under Node ${version}`, () => {
  const sample =
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27.0\n      securityContext:\n        privileged: true\n';
  const run = (...args: string[]) =>
    spawnSync(hostNode, [join(repositoryRoot, 'dist/cli.cjs'), ...args], { input: sample, encoding: 'utf8' });
  for (const format of ['text', 'json', 'sarif', 'junit', 'github']) {
    const { status, stdout, stderr } = run('check', '-', '--format', format);
    assert.equal(status, 1, stderr);
    assert.match(stdout, /pod\/privileged/);
  }
  const fixed = run('check', '-', '--fix', '--harden');
  assert.match(fixed.stdout, /privileged: false/);
});
