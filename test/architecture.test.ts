// Keeps the arrows between the rooms running down only. CONTRIBUTING says why.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The rooms below each room: what it may import. */
const below: Readonly<Record<string, readonly string[]>> = {
  'server/src/sentences': [],
  'server/src/manifest': [],
  'server/src/kubernetes': ['server/src/manifest', 'server/src/sentences'],
  'server/src/rules': ['server/src/kubernetes', 'server/src/manifest', 'server/src/sentences'],
  'server/src/analysis': ['server/src/rules', 'server/src/kubernetes', 'server/src/manifest', 'server/src/sentences'],
  'server/src/files': [],
  'server/src/language/protocol': [],
  'server/src/language': [
    'server/src/language/protocol',
    'server/src/files',
    'server/src/analysis',
    'server/src/rules',
    'server/src/kubernetes',
    'server/src/manifest',
    'server/src/sentences',
  ],
  'server/src/cluster/protocol': ['server/src/rules', 'server/src/kubernetes', 'server/src/sentences'],
  'server/src/cluster': [
    'server/src/cluster/protocol',
    'server/src/analysis',
    'server/src/rules',
    'server/src/kubernetes',
    'server/src/manifest',
    'server/src/sentences',
  ],
  'server/src/cli': [
    'server/src/cluster',
    'server/src/cluster/protocol',
    'server/src/files',
    'server/src/analysis',
    'server/src/rules',
    'server/src/kubernetes',
    'server/src/manifest',
    'server/src/sentences',
  ],
  'client/src': ['server/src/language/protocol', 'server/src/cluster/protocol', 'server/src/sentences'],
};
// The innermost room comes first: language/protocol before language.
const rooms = Object.keys(below).sort((a, b) => b.length - a.length);
const roomOf = (file: string) => rooms.find((room) => file.startsWith(`${room}/`));

interface Import {
  readonly from: string;
  /** A path from the project's root, or the name of a package. */
  readonly to: string;
}

const sources = globSync(['server/src/**/*.ts', 'client/src/**/*.ts'], { cwd: root }).map((file) =>
  file.replaceAll('\\', '/'),
);
const imports: readonly Import[] = sources.flatMap((from) => {
  const text = readFileSync(join(root, from), 'utf8');
  const specifiers = text.matchAll(
    /^(?:import|export)\b[^'"`;]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|^import '([^']+)'/gm,
  );
  return [...specifiers].map(([, statement, call, effect]) => {
    const specifier = statement ?? call ?? effect ?? '';
    const to = specifier.startsWith('.') ? relative(root, join(root, dirname(from), specifier)) : specifier;
    return { from, to: to.replaceAll('\\', '/') };
  });
});

const show = ({ from, to }: Import) => `${from} imports ${to}`;
const none = (found: readonly Import[]) => assert.deepEqual(found.map(show), []);

test('every source file lies in a room', () => {
  assert.ok(sources.length > 0);
  assert.deepEqual(
    sources.filter((file) => roomOf(file) === undefined),
    [],
  );
});

test('a room imports only the rooms below it', () => {
  none(
    imports.filter(({ from, to }) => {
      const target = roomOf(to);
      const own = roomOf(from) ?? '';
      return target !== undefined && target !== own && !below[own]?.includes(target);
    }),
  );
});

test('a room is entered through its index.ts', () => {
  none(
    imports.filter(({ from, to }) => {
      const target = roomOf(to);
      return target !== undefined && target !== roomOf(from) && to !== `${target}/index.ts`;
    }),
  );
});

test('relative imports stay inside the rooms', () => {
  none(imports.filter(({ to }) => /^(\.\.|test\/|scripts\/|server\/|client\/)/.test(to) && roomOf(to) === undefined));
});

test('a rule imports no other rule', () => {
  const rule = /^server\/src\/rules\/([a-z-]+)\/[^/]+\.ts$/;
  const rules = new Set(
    sources.filter((file) => rule.test(file) && /\bdefineRule\(/.test(readFileSync(join(root, file), 'utf8'))),
  );
  assert.ok(rules.size > 0);
  none(imports.filter(({ from, to }) => rules.has(from) && rules.has(to)));
});

test("the vscode API is the client's alone", () => {
  none(imports.filter(({ from, to }) => to === 'vscode' && roomOf(from) !== 'client/src'));
});

test('only the faces, and the room of the files they look at, do input or output', () => {
  const faces = new Set([
    'server/src/language',
    'server/src/cluster',
    'server/src/cli',
    'server/src/files',
    'client/src',
  ]);
  const io = /^node:(?:fs|net|http|https|child_process|process|os|worker_threads|dns)/;
  none(imports.filter(({ from, to }) => io.test(to) && !faces.has(roomOf(from) ?? '')));
});

test('only the manifest room knows the YAML parser', () => {
  const users = imports.filter(({ to }) => to === 'yaml' || to.startsWith('yaml/'));
  assert.deepEqual([...new Set(users.map(({ from }) => roomOf(from)))], ['server/src/manifest']);
});

test('no file names a path of one machine', () => {
  const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
    .toString()
    .split('\0')
    .filter((file) => file !== '' && !/\.(png|ya?ml)$/.test(file) && file !== 'package-lock.json');
  const pattern = new RegExp(
    ['/work/', '/root/', '/home/[a-z]+/', '/Users/[a-z]+/'].map((path) => `(?<![\\w.*-])${path}`).join('|'),
  );
  const self = relative(root, fileURLToPath(import.meta.url));
  const found = tracked.filter((file) => file !== self && pattern.test(readFileSync(join(root, file), 'utf8')));
  assert.deepEqual(found, []);
});
