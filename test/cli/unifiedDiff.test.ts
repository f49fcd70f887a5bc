import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { applyEdits, unifiedDiff } from '../../server/src/cli/check/unifiedDiff.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubeharden-diff-'));
after(() => rmSync(folder, { recursive: true }));

test('a changed line stands between three lines of context', () => {
  const text = '1\n2\n3\n4\n5\n6\n7\n8\n9\n';
  assert.equal(
    unifiedDiff('dir/a.yaml', text, [{ start: 8, end: 9, text: 'five' }]),
    '--- a/dir/a.yaml\n+++ b/dir/a.yaml\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
  );
});

test('an inserted line, and a last line without a newline', () => {
  assert.equal(
    unifiedDiff('a.yaml', 'a: 1\nb: 2', [{ start: 5, end: 5, text: 'x: 0\n' }]),
    '--- a/a.yaml\n+++ b/a.yaml\n@@ -1,2 +1,3 @@\n a: 1\n+x: 0\n b: 2\n\\ No newline at end of file\n',
  );
});

test('no edit, or edits that change nothing, give no diff', () => {
  assert.equal(unifiedDiff('a.yaml', 'a: 1\n', []), '');
});

test('git applies what was written, whatever the edits', () => {
  const cases = fc.record({
    lines: fc.array(fc.constantFrom('a', 'bb', 'c: d', ''), { minLength: 1, maxLength: 25 }),
    endsWithNewline: fc.boolean(),
    cuts: fc.array(fc.tuple(fc.nat(80), fc.nat(9), fc.constantFrom('', '\n', 'x', 'x\ny', 'q\n', '\nz')), {
      maxLength: 5,
    }),
  });
  fc.assert(
    fc.property(cases, ({ lines, endsWithNewline, cuts }) => {
      const text = lines.join('\n') + (endsWithNewline ? '\n' : '');
      const edits: { start: number; end: number; text: string }[] = [];
      let free = 0;
      for (const [start, length, inserted] of [...cuts].sort((left, right) => left[0] - right[0])) {
        if (start < free || start > text.length) continue;
        const end = Math.min(text.length, start + length);
        edits.push({ start, end, text: inserted });
        free = end + 1;
      }
      const changed = applyEdits(text, edits);
      const diff = unifiedDiff('f', text, edits);
      if (diff === '') {
        assert.equal(changed, text);
        return;
      }
      // git takes a file that ends up empty for one that is to be deleted.
      fc.pre(changed !== '' && text !== '');
      writeFileSync(join(folder, 'f'), text);
      const environment = { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() };
      execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: diff, env: environment });
      assert.equal(readFileSync(join(folder, 'f'), 'utf8'), changed);
    }),
    { numRuns: 150 },
  );
});
