import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type ManifestFile, parseManifest, type TextChange } from '../../server/src/manifest/index.ts';

const seed = 7;

function texts(file: ManifestFile): string[] {
  return file.documents.map(({ text }) => text);
}

function applied(text: string, { start, end, text: inserted }: TextChange): string {
  return text.slice(0, start) + inserted + text.slice(end);
}

/** Everything a caller can see of a file's layout. */
function layout(file: ManifestFile) {
  return {
    documents: file.documents.map((document) => ({
      text: document.text,
      form: document.form,
      start: file.startOf(document),
      position: file.positionAt(file.startOf(document)),
    })),
    end: file.positionAt(file.text.length),
  };
}

describe('splitting', () => {
  const cases: readonly [name: string, text: string, documents: readonly string[]][] = [
    ['an empty file is one document', '', ['']],
    ['no separator', 'a: 1\n', ['a: 1\n']],
    ['two documents', 'a: 1\n---\nb: 2\n', ['a: 1\n', 'b: 2\n']],
    ['nothing before the first separator is no document', '---\na: 1\n', ['a: 1\n']],
    ['a comment before it is one', '# c\n---\na: 1\n', ['# c\n', 'a: 1\n']],
    ['comment and spaces after the dashes', 'a\n---  # Source: x\nb\n---#y\nc\n', ['a\n', 'b\n', 'c\n']],
    ['CRLF', 'a\r\n---\r\nb\r\n', ['a\r\n', 'b\r\n']],
    ['byte order mark', '\uFEFF---\na\n', ['a\n']],
    ['byte order mark without separator', '\uFEFFa\n---\nb', ['a\n', 'b']],
    [
      'a separator ends a block scalar and a quoted text',
      'a: |\n  x\n---\nb: "\n---\nc',
      ['a: |\n  x\n', 'b: "\n', 'c'],
    ],
    ['indented dashes do not separate', 'a: |\n  ---\n ---\nb: 1\n', ['a: |\n  ---\n ---\nb: 1\n']],
    ['three dots end a document', 'a\n...\n---\nb\n', ['a\n', '', 'b\n']],
    ['separators in a row', '---\n---\n---', ['', '', '']],
    ['content after the dashes stays', 'a\n--- {b: 1}\n', ['a\n', '--- {b: 1}\n']],
    ['four dashes do not separate', 'a\n----\nb\n', ['a\n----\nb\n']],
  ];
  for (const [name, text, documents] of cases) {
    test(name, () => assert.deepEqual(texts(parseManifest(text)), documents));
  }

  test('Kubernetes takes only a comment after the dashes', () => {
    for (const text of ['a: 1\n---x\n', '--- {b: 1}\n', 'a: |\n  b\n----\n']) {
      const [problem] = parseManifest(text).documents.flatMap(({ problems }) => problems);
      assert.match(problem?.message ?? '', /begins with "---"/);
    }
    assert.deepEqual(parseManifest('--- {b: 1}\n').documents[0]?.root.toJson(), { b: 1 });
  });
});

describe('editing', () => {
  const piece = fc.constantFrom(
    '---',
    '---\n',
    '\n',
    '...\n',
    'a: 1',
    '\r\n',
    '\r',
    ' ',
    '#',
    '- x\n',
    '\uFEFF',
    '{{ x }}',
    '{',
    '"',
    'k:\n',
  );
  const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
  const change = fc.record({
    at: fc.nat(),
    length: fc.nat({ max: 6 }),
    text: fc.array(piece, { maxLength: 3 }).map((p) => p.join('')),
  });

  test(`gives what parsing from scratch gives (seed ${seed})`, () => {
    fc.assert(
      fc.property(text, fc.array(change, { minLength: 1, maxLength: 4 }), (original, raw) => {
        let current = original;
        const changes = raw.map(({ at, length, text: inserted }) => {
          const start = current.length === 0 ? 0 : at % (current.length + 1);
          const made = { start, end: Math.min(current.length, start + length), text: inserted };
          current = applied(current, made);
          return made;
        });
        const edited = parseManifest(original).edit(changes);
        assert.equal(edited.text, current);
        assert.deepEqual(layout(edited), layout(parseManifest(current)));
      }),
      { seed, numRuns: 3000 },
    );
  });

  test(`positions are those of the whole text, and come back as offsets (seed ${seed})`, () => {
    fc.assert(
      fc.property(text, (content) => {
        const file = parseManifest(content);
        let line = 0;
        let lineStart = 0;
        for (let offset = 0; offset <= content.length; offset++) {
          const before = content.charAt(offset - 1);
          if (offset > 0 && (before === '\n' || (before === '\r' && content.charAt(offset) !== '\n'))) {
            line++;
            lineStart = offset;
          }
          const position = { line, character: offset - lineStart };
          assert.deepEqual(file.positionAt(offset), position);
          const insideLineBreak = before === '\r' && content.charAt(offset) === '\n';
          if (!insideLineBreak) assert.equal(file.offsetAt(position), offset);
        }
        assert.equal(file.offsetAt({ line: line + 5, character: 3 }), content.length);
      }),
      { seed, numRuns: 1000 },
    );
  });

  test('keeps the documents that it does not touch', () => {
    const file = parseManifest('a: 1\n---\nb: 2\n---\nc: 3\n');
    const at = file.text.indexOf('b');
    const edited = file.edit([{ start: at, end: at + 1, text: 'bb\nd' }]);
    assert.equal(edited.documents[0], file.documents[0]);
    assert.notEqual(edited.documents[1], file.documents[1]);
    assert.equal(edited.documents[2], file.documents[2]);
    const third = edited.documents[2];
    assert.ok(third);
    assert.deepEqual(edited.rangeOf(third.root.get('c').place), {
      start: { line: 5, character: 3 },
      end: { line: 5, character: 4 },
    });
    const second = file.documents[1];
    assert.ok(second);
    assert.equal(edited.rangeOf(second.root.place), undefined);
    assert.equal(file.text, 'a: 1\n---\nb: 2\n---\nc: 3\n');
  });

  test('keeps the documents around a removed and an inserted one', () => {
    const file = parseManifest('a: 1\n---\nb: 2\n---\nc: 3\n');
    const [start, end] = [file.text.indexOf('b'), file.text.indexOf('c')];
    const removed = file.edit([{ start, end, text: '' }]);
    assert.deepEqual(texts(removed), ['a: 1\n', 'c: 3\n']);
    assert.equal(removed.documents[0], file.documents[0]);
    assert.equal(removed.documents[1], file.documents[2]);
    const inserted = removed.edit([{ start, end: start, text: 'x: 9\n---\n' }]);
    assert.equal(inserted.documents[0], file.documents[0]);
    assert.equal(inserted.documents[2], file.documents[2]);
  });

  test('a separator typed and deleted again', () => {
    const file = parseManifest('a: 1\nb: 2\n');
    const split = file.edit([{ start: 5, end: 5, text: '---\n' }]);
    assert.deepEqual(texts(split), ['a: 1\n', 'b: 2\n']);
    const joined = split.edit([{ start: 6, end: 7, text: '' }]);
    assert.deepEqual(texts(joined), ['a: 1\n--\nb: 2\n']);
  });

  test('out of a file that was not checked and back', () => {
    const file = parseManifest('a: 1\0\n');
    assert.equal(file.notChecked?.reason, 'binary');
    assert.deepEqual(file.documents, []);
    assert.deepEqual(texts(file.edit([{ start: 4, end: 5, text: '' }])), ['a: 1\n']);
    assert.equal(parseManifest('a').edit([{ start: 1, end: 1, text: '\0' }]).notChecked?.reason, 'binary');
  });
});

test('a document is found by an offset in it, a separator has none', () => {
  const file = parseManifest('a: 1\n---\nb: 2\n');
  assert.equal(file.documentAt(2), file.documents[0]);
  assert.equal(file.documentAt(6), undefined);
  assert.equal(file.documentAt(9), file.documents[1]);
  assert.equal(file.documentAt(file.text.length), file.documents[1]);
});

test('the line ending is that of the first line', () => {
  assert.equal(parseManifest('a\r\nb\n').lineEnding, '\r\n');
  assert.equal(parseManifest('a\nb\r\n').lineEnding, '\n');
  assert.equal(parseManifest('').lineEnding, '\n');
});
