import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { cacheFolder } from '../../scripts/lib/project.mjs';
import { buildGo } from './goBuild.ts';
import { buildGoProgram, skipWithout } from './goProgram.ts';

describe('a Go program', {
  skip: skipWithout(buildGoProgram(join(import.meta.dirname, '../manifest/scalars-go'))),
}, () => {
  const sources = mkdtempSync(join(tmpdir(), 'kubeharden-go-'));
  const kept = join(cacheFolder, basename(sources));

  before(() => {
    writeFileSync(join(sources, 'go.mod'), 'module example.invalid/hello\n\ngo 1.21\n');
    writeSource('one');
  });
  after(() => {
    for (const folder of [sources, kept]) rmSync(folder, { recursive: true, force: true });
  });

  function writeSource(text: string): void {
    writeFileSync(join(sources, 'main.go'), `package main\n\nfunc main() { println("${text}") }\n`);
  }

  function build(): string {
    const built = buildGo(sources);
    assert.ok('folder' in built);
    return built.folder;
  }

  test('is built once, and again when its source changes', () => {
    const first = build();
    const program = join(first, readdirSync(first)[0] ?? '');
    assert.equal(execFileSync(program, { stdio: 'pipe' }).toString(), '');
    const { mtimeMs } = statSync(program);
    assert.equal(build(), first);
    assert.equal(statSync(program).mtimeMs, mtimeMs);
    writeSource('two');
    assert.notEqual(build(), first);
  });

  test('that does not build leaves nothing that looks built', () => {
    writeSource('three"); nonsense("');
    const before = readdirSync(kept);
    assert.throws(() => buildGo(sources));
    assert.deepEqual(readdirSync(kept), before);
    assert.ok(existsSync(kept));
  });
});
