import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { embeddedDocuments, type ManifestNode, parseManifest } from '../../server/src/manifest/index.ts';

function valueIn(text: string): ManifestNode {
  const [document] = parseManifest(text, { form: 'plain' }).documents;
  assert.ok(document);
  return document.root.get('a');
}

/** The source characters of the first occurrence of `part` in the decoded value. */
function sourceOf(node: ManifestNode, part: string): string {
  const from = node.string?.indexOf(part) ?? -1;
  assert.ok(from >= 0, `${part} is in ${node.string}`);
  const { range } = node.span(from, from + part.length);
  return node.document.text.slice(range?.start, range?.end);
}

describe('a span of a decoded string', () => {
  const cases: readonly [name: string, text: string, part: string, source: string][] = [
    ['plain', 'a: one two three\n', 'two', 'two'],
    ['plain over lines', 'a: one\n  two\n\n  three\n', 'e\ntwo'.slice(2), 'two'],
    ['plain, the fold itself', 'a: one\n  two\n', 'one two', 'one\n  two'],
    ['single quotes', "a: 'it''s here'\n", 'here', 'here'],
    ['a doubled quote', "a: 'it''s here'\n", "t's", "t''s"],
    ['double quotes', 'a: "x\\ty z"\n', 'y z', 'y z'],
    ['an escape', 'a: "x\\u0041\\ty"\n', 'A\ty', '\\u0041\\ty'],
    ['an escaped line break', 'a: "one \\\n  two"\n', 'two', 'two'],
    ['literal', 'a: |\n  one\n  two\n\n  three\n', 'two', 'two'],
    ['literal over lines', 'a: |\n  one\n  two\n\n  three\n', 'two\n\nthree', 'two\n\n  three'],
    ['literal with indentation inside', 'a: |\n  one\n    two\n', '  two', '  two'],
    ['literal with indicator', 'a: |2\n    one\n  two\n', '  one\ntwo', '  one\n  two'],
    ['literal with CRLF', 'a: |\r\n  one\r\n  two\r\n', 'two', 'two'],
    ['folded', 'a: >\n  one\n  two\n\n  three\n   four\n  five\n', 'two', 'two'],
    ['folded over the fold', 'a: >-\n  one\n  two\n', 'one two', 'one\n  two'],
    ['folded, more indented', 'a: >\n  one\n   two\n  three\n', 'two\nthree', 'two\n  three'],
  ];
  for (const [name, text, part, source] of cases) {
    test(name, () => assert.equal(sourceOf(valueIn(text), part), source));
  }

  test('is the whole value for what is no string, and outside of it', () => {
    const number = valueIn('a: 12\n');
    assert.deepEqual(number.span(0, 1), number.place);
    const text = valueIn('a: xy\n');
    assert.deepEqual(text.span(0, 9), text.place);
    assert.deepEqual(text.span(2, 2).range, { start: 5, end: 5 });
  });

  const words = fc.array(fc.constantFrom('a', 'bc', ' ', '\n', '\n\n', '\t', '"', "'", '\\', '#', ': ', 'é', '😀'), {
    maxLength: 12,
  });
  const seed = 11;
  test(`is exact for every unit of generated texts in every style (seed ${seed})`, () => {
    let exact = 0;
    fc.assert(
      fc.property(words, (parts) => {
        const value = parts.join('');
        for (const text of [
          `a: ${JSON.stringify(value)}\n`,
          `a: '${value.replaceAll("'", "''")}'\n`,
          `a: |2\n  ${value.replaceAll('\n', '\n  ')}\n`,
          `a: >2-\n  ${value.replaceAll('\n', '\n  ')}\n`,
        ]) {
          const node = valueIn(text);
          const decoded = node.string;
          if (decoded === undefined || node.document.problems.length > 0) continue;
          for (let at = 0; at < decoded.length; at++) {
            const { range } = node.span(at, at + 1);
            const source = node.document.text.slice(range?.start, range?.end);
            if (/[a-z#é]/.test(decoded.charAt(at))) {
              assert.equal(source, decoded.charAt(at), JSON.stringify([text, at]));
              exact++;
            }
          }
        }
      }),
      { seed, numRuns: 800 },
    );
    assert.ok(exact > 5000, String(exact));
  });
});

describe('documents in a string', () => {
  const text =
    'x: 1\n---\ndata:\n  policy.yaml: |\n    one: 1\n    ---\n    rules:\n      - "de\\"ny"\n  b.json: \'{"c": {"d": [1]}}\'\n';
  const file = parseManifest(text);
  const outer = file.documents[1];
  assert.ok(outer);
  const at = (node: ManifestNode) => {
    const range = file.rangeOf(node.place);
    assert.ok(range);
    return text.slice(file.offsetAt(range.start), file.offsetAt(range.end));
  };

  test('are read, with places in the document around them', () => {
    const embedded = embeddedDocuments(outer.root.get('data', 'policy.yaml'));
    assert.equal(embedded.documents.length, 2);
    const node = embedded.documents[1]?.root.get('rules', 0);
    assert.ok(node);
    assert.equal(node.string, 'de"ny');
    assert.equal(node.place.document, outer);
    assert.deepEqual(node.place.path, ['data', 'policy.yaml']);
    assert.equal(at(node), '"de\\"ny"');
    assert.equal(at(node.get('nothing')), '"de\\"ny"');
  });

  test('of JSON too, and inside one another', () => {
    const json = embeddedDocuments(outer.root.get('data', 'b.json')).documents[0];
    assert.ok(json);
    assert.equal(at(json.root.get('c', 'd')), '[1]');
    const nested = parseManifest('a: |\n  b: |\n    c: d\n');
    const outermost = nested.documents[0];
    assert.ok(outermost);
    const middle = embeddedDocuments(outermost.root.get('a')).documents[0];
    assert.ok(middle);
    const inner = embeddedDocuments(middle.root.get('b')).documents[0];
    const { range, document } = inner?.root.get('c').place ?? {};
    assert.equal(document, outermost);
    assert.equal(nested.text.slice(range?.start, range?.end), 'd');
  });

  test('are read once, and are empty in what is no string', () => {
    const node = outer.root.get('data', 'b.json');
    assert.equal(embeddedDocuments(node), embeddedDocuments(node));
    assert.equal(embeddedDocuments(outer.root.get('data')).documents[0]?.isEmpty, true);
  });
});
