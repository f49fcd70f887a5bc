import assert from 'node:assert/strict';
import { join, relative, sep } from 'node:path';
import { describe, it } from 'node:test';
import { listManifestFiles } from '../../server/src/language/manifestFileList.ts';
import { temporaryFolder } from './testClient.ts';

async function listed(folder: string, left = 1000): Promise<{ paths: string[]; left: number }> {
  const budget = { left };
  const paths: string[] = [];
  for await (const path of listManifestFiles(folder, budget)) paths.push(relative(folder, path).split(sep).join('/'));
  return { paths, left: budget.left };
}

describe('the list of manifest files', () => {
  it('honours .gitignore files as git does, deeper ones over upper ones', async (t) => {
    const folder = temporaryFolder(t, {
      '.gitignore': '*.gen.yaml\n/build/\n!keep.gen.yaml\n',
      'a.yaml': '',
      'a.gen.yaml': '',
      'keep.gen.yaml': '',
      'build/x.yaml': '',
      'sub/build/y.yml': '',
      'sub/.gitignore': '!b.gen.yaml\n',
      'sub/b.gen.yaml': '',
      'node_modules/p/c.yaml': '',
      '.git/d.yaml': '',
      '.github/e.yaml': '',
      'f.txt': '',
    });
    const { paths } = await listed(folder);
    assert.deepEqual(paths, ['.github/e.yaml', 'a.yaml', 'keep.gen.yaml', 'sub/b.gen.yaml', 'sub/build/y.yml']);
  });

  it('honours what the work tree above the folder ignores', async (t) => {
    const tree = temporaryFolder(t, {
      '.git/info/exclude': 'mine.yaml\n',
      '.gitignore': '/deploy/*.local.yaml\n',
      'deploy/a.yaml': '',
      'deploy/a.local.yaml': '',
      'deploy/mine.yaml': '',
    });
    assert.deepEqual((await listed(join(tree, 'deploy'))).paths, ['a.yaml']);
  });

  it('takes JSON whose head is a manifest', async (t) => {
    const folder = temporaryFolder(t, {
      'pod.json': '{"apiVersion": "v1", "kind": "Pod"}',
      'package.json': '{"name": "x"}',
      'list.json': '[1]',
    });
    assert.deepEqual((await listed(folder)).paths, ['pod.json']);
  });

  it('stops when its budget is spent', async (t) => {
    const folder = temporaryFolder(t, Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`d${i}/x.yaml`, ''])));
    const { paths, left } = await listed(folder, 25);
    assert.ok(left < 0);
    assert.ok(paths.length < 20);
  });
});
