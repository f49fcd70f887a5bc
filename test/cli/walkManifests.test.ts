import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { walkManifests } from '../../server/src/cli/check/walkManifests.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'kubeharden-walk-')));
after(() => rmSync(root, { recursive: true }));
beforeEach(() => {
  rmSync(root, { recursive: true });
  mkdirSync(root);
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

function empty(...names: string[]): void {
  write(Object.fromEntries(names.map((name) => [name, ''])));
}

function walked(directory = ''): readonly string[] {
  return walkManifests(join(root, directory)).files.map((path) => relative(root, path));
}

test('takes YAML and JSON, skips node_modules and .git', () => {
  empty('a.yaml', 'b/c.yml', 'b/d.json', 'README.md', 'node_modules/p/x.yaml', '.git/x.yaml', '.github/w.yaml');
  assert.deepEqual(walked(), ['.github/w.yaml', 'a.yaml', 'b/c.yml', 'b/d.json']);
});

test('leaves out what git leaves out, as git itself says', () => {
  empty(
    'a.yaml',
    'build/a.yaml',
    'keep/build/a.yaml',
    'keep/b.yaml',
    'keep/secret.yaml',
    'keep/deep/secret.yaml',
    'keep/deep/open/secret.yaml',
    'other/secret.yaml',
    'other/tmp-1.yaml',
    'other/sub/tmp-2.yaml',
    'vendor/x/a.yaml',
    'vendor/y/a.yaml',
    'odd [x]/drop.yaml',
    'odd [x]/stay.yaml',
    'again/out/a.yaml',
    'again/out/b.yaml',
    'excluded.yaml',
    'space .yaml',
    '#hash.yaml',
    '!bang.yaml',
  );
  write({
    '.gitignore':
      '# a comment\n\nbuild/\nsecret.yaml\n/other/tmp-*.yaml\nvendor/*\n!vendor/y\nout/\n\\#hash.yaml\n\\!bang.yaml\n',
    'keep/.gitignore': '!build/\n/secret.yaml\r\n',
    'keep/deep/.gitignore': '!secret.yaml\nopen/*.yaml\n',
    'odd [x]/.gitignore': 'drop.yaml\n',
    'again/.gitignore': '!out/\nout/b.yaml\n',
  });
  execFileSync('git', ['init', '-q'], { cwd: root });
  write({ '.git/info/exclude': 'excluded.yaml\n' });
  const listed = execFileSync('git', ['ls-files', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  });
  const expected = listed.split('\0').filter((name) => name.endsWith('.yaml'));
  assert.ok(expected.includes('keep/deep/secret.yaml'));
  assert.deepEqual(walked(), expected.sort());
  assert.deepEqual(
    walked('keep'),
    expected.filter((name) => name.startsWith('keep/')),
  );
});

test('a directory that is ignored is judged when it is named', () => {
  empty('build/a.yaml', 'build/b.yaml', '.git/HEAD');
  write({ '.gitignore': 'build/\n', 'build/.gitignore': 'b.yaml\n' });
  assert.deepEqual(walked(), []);
  assert.deepEqual(walked('build'), ['build/a.yaml']);
});

test('links: each file once, under its own name, and loops end', {
  skip: process.platform === 'win32' && 'needs links',
}, () => {
  empty('a/x.yaml', 'outside/y.yaml', 'outside/sub/z.yaml');
  symlinkSync('..', join(root, 'a/loop'));
  symlinkSync('x.yaml', join(root, 'a/again.yaml'));
  symlinkSync('self.yaml', join(root, 'a/self.yaml'));
  symlinkSync('nowhere', join(root, 'a/gone'));
  assert.deepEqual(walked(), ['a/x.yaml', 'outside/sub/z.yaml', 'outside/y.yaml']);
  // Seen from a/, the rest of the tree is reached only through the link.
  assert.deepEqual(walked('a'), ['a/loop/outside/sub/z.yaml', 'a/loop/outside/y.yaml', 'a/x.yaml']);
  assert.deepEqual(walkManifests(join(root, 'a')).unreadable, [
    { path: join(root, 'a/self.yaml'), reason: 'The link leads back to itself.' },
  ]);
});
