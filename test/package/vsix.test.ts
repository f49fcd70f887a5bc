// What users download. KUBEHARDEN_VSIX names the package; `npm test -- package` makes it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../', import.meta.url));
const vsix = process.env.KUBEHARDEN_VSIX ?? '';
const manifest: { readonly contributes: { readonly snippets?: readonly { readonly path: string }[] } } = JSON.parse(
  readFileSync(`${root}package.json`, 'utf8'),
);

/** Names of a zip archive's entries, from its central directory (APPNOTE 4.3.12). */
function zipEntries(archive: Buffer): string[] {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const names: string[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < archive.readUInt16LE(end + 10); index++) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    names.push(archive.toString('utf8', at + 46, at + 46 + (name ?? 0)));
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return names;
}

test('the package holds what the extension needs and nothing else', () => {
  const walkthrough = globSync('media/walkthrough/*.md', { cwd: root });
  const snippets = (manifest.contributes.snippets ?? []).map(({ path }) => path.slice(2));
  const expected = [
    'LICENSE.txt',
    'changelog.md',
    'dist/ThirdPartyNotices.txt',
    'dist/cli.cjs',
    'dist/client.cjs',
    'dist/cluster.cjs',
    'dist/programs.cjs',
    'dist/server.cjs',
    'l10n/bundle.l10n.json',
    'media/cluster.svg',
    'media/icon.png',
    'package.json',
    'package.nls.json',
    'readme.md',
    'syntaxes/kubeharden-cel.tmLanguage.json',
    'syntaxes/kubeharden-directives.injection.tmLanguage.json',
    'syntaxes/kubeharden-policy-code-helm.injection.tmLanguage.json',
    'syntaxes/kubeharden-policy-code.injection.tmLanguage.json',
    'syntaxes/kubeharden-rego.tmLanguage.json',
    ...walkthrough,
    ...snippets,
  ];
  const entries = zipEntries(readFileSync(vsix)).filter((name) => name.startsWith('extension/'));
  assert.deepEqual(entries.map((name) => name.slice('extension/'.length)).sort(), expected.sort());
});

test('the package is smaller than one megabyte', () => {
  assert.ok(statSync(vsix).size < 1_000_000, `${statSync(vsix).size} bytes`);
});

test('bundles stand alone: they load nothing but what Node and VS Code have, and the one that holds the engine', () => {
  const others: Readonly<Record<string, readonly string[]>> = {
    client: ['vscode'],
    programs: [],
    server: ['./programs.cjs'],
    cluster: ['./programs.cjs'],
    cli: ['./programs.cjs'],
  };
  for (const [bundle, allowed] of Object.entries(others)) {
    const source = readFileSync(`${root}dist/${bundle}.cjs`, 'utf8');
    const loaded = [...source.matchAll(/\b(?:require|import)\("([^"]+)"\)/g)].map(([, name]) => name ?? '');
    const foreign = loaded.filter((name) => !require('node:module').isBuiltin(name));
    assert.deepEqual([...new Set(foreign)], allowed, bundle);
    assert.doesNotMatch(source, /sourceMappingURL/);
  }
});

test('the command line and the language server are executable by themselves', () => {
  for (const bundle of ['cli', 'server']) {
    assert.match(readFileSync(`${root}dist/${bundle}.cjs`, 'utf8'), /^#!\/usr\/bin\/env node\n/);
  }
  const { status, stdout } = spawnSync(process.execPath, [`${root}dist/cli.cjs`, '--version'], { encoding: 'utf8' });
  assert.equal(status, 0);
  assert.match(stdout, /\d+\.\d+\.\d+/);
});

test('every bundled package is named in the notices', () => {
  const notices = readFileSync(`${root}dist/ThirdPartyNotices.txt`, 'utf8');
  for (const name of ['vscode-languageclient', 'vscode-languageserver', 'vscode-jsonrpc', 'yaml', 'picomatch']) {
    assert.match(notices, new RegExp(`^${name} \\d`, 'm'), name);
  }
});
