import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ManifestNode, objectDocument, type Place, parseManifest } from '../../server/src/manifest/index.ts';

function rootOf(text: string): ManifestNode {
  const [document] = parseManifest(text).documents;
  assert.ok(document);
  return document.root;
}

function charactersOf(place: Place): string {
  assert.ok(place.range);
  return place.document.text.slice(place.range.start, place.range.end);
}

describe('over YAML', () => {
  const text = 'a: 1\nb:\n  c: "x"\n  d:\n  e: ~\nlist:\n- p\n-\n- {q: [1, true]}\n';
  const root = rootOf(text);

  test('values are known, missing or null', () => {
    assert.deepEqual(
      [['a'], ['b'], ['b', 'c'], ['b', 'd'], ['b', 'e'], ['b', 'nope'], ['list'], ['list', 1], ['list', 2, 'q', 1]].map(
        (path) => {
          const node = root.get(...path);
          return [node.type, node.isKnown, node.isMissing, node.isNull, node.scalar];
        },
      ),
      [
        ['number', true, false, false, 1],
        ['map', true, false, false, undefined],
        ['string', true, false, false, 'x'],
        ['missing', false, true, true, undefined],
        ['missing', false, true, true, undefined],
        ['missing', false, true, false, undefined],
        ['list', true, false, false, undefined],
        ['missing', false, true, true, undefined],
        ['boolean', true, false, false, true],
      ],
    );
  });

  test('paths, parents and the nearest existing node', () => {
    const node = root.get('b').get('x', 'y', 0);
    assert.deepEqual(node.path, ['b', 'x', 'y', 0]);
    assert.deepEqual(node.nearestExisting.path, ['b']);
    assert.deepEqual(node.parent?.path, ['b', 'x', 'y']);
    assert.equal(root.parent, undefined);
    assert.deepEqual(root.get('list', 2, 'q', 1).path, ['list', 2, 'q', 1]);
    assert.equal(root.get('a', 'below', 'a', 'scalar').isMissing, true);
  });

  test('the same node is given for the same path', () => {
    assert.equal(root.get('b', 'c'), root.get('b').get('c'));
    assert.equal(root.entries()[0]?.value, root.get('a'));
    assert.equal(root.get('list').items()[2], root.get('list', 2));
  });

  test('places are the characters of the value, of a missing one those of the nearest key', () => {
    assert.equal(charactersOf(root.get('b', 'c').place), '"x"');
    assert.equal(charactersOf(root.get('b', 'c').keyPlace), 'c');
    assert.equal(charactersOf(root.get('b', 'd').place), 'd');
    assert.equal(charactersOf(root.get('b', 'e').place), '~');
    assert.equal(charactersOf(root.get('b', 'no', 'where').place), 'b');
    assert.equal(charactersOf(root.get('list', 1).place), '-');
    assert.equal(charactersOf(root.get('list', 2).place), '{q: [1, true]}');
    assert.equal(charactersOf(root.get('list', 2).keyPlace), '{q: [1, true]}');
    assert.deepEqual(root.get('b', 'no', 'where').place.path, ['b', 'no', 'where']);
  });

  test('entries and items, nulls included', () => {
    assert.deepEqual(
      root
        .get('b')
        .entries()
        .map(({ key, value }) => [key, value.type]),
      [
        ['c', 'string'],
        ['d', 'missing'],
        ['e', 'missing'],
      ],
    );
    assert.deepEqual(
      root
        .get('list')
        .items()
        .map(({ type }) => type),
      ['string', 'missing', 'map'],
    );
    assert.deepEqual(root.get('a').entries(), []);
    assert.deepEqual(root.get('b').items(), []);
  });

  test('toJson', () => {
    assert.deepEqual(root.toJson(), { a: 1, b: { c: 'x', d: null, e: null }, list: ['p', null, { q: [1, true] }] });
    assert.equal(root.get('nope').toJson(), undefined);
  });

  test('an empty document has a missing root', () => {
    for (const empty of ['', '\n', '# comment\n', '\uFEFF  \r\n']) {
      const [document] = parseManifest(empty).documents;
      assert.deepEqual([document?.isEmpty, document?.root.type, document?.root.isNull], [true, 'missing', false]);
    }
    const nothing = parseManifest('~\n').documents[0];
    assert.deepEqual([nothing?.isEmpty, nothing?.root.isMissing, nothing?.root.isNull], [false, true, true]);
  });
});

describe('anchors and merge keys', () => {
  const text =
    'base: &base {x: 1, deep: {z: 2}}\nmore: &more {x: 5, w: 6}\na: *base\nb:\n  <<: [*base, *more]\n  v: 3\nc:\n  x: 1\n  <<: *more\nd: *nowhere\n';
  const root = rootOf(text);

  test('what is reached through them is shared', () => {
    assert.equal(root.get('a', 'deep', 'z').number, 2);
    for (const path of [['a'], ['a', 'x'], ['a', 'deep', 'z'], ['b', 'x']])
      assert.equal(root.get(...path).isShared, true, String(path));
    for (const path of [['base'], ['base', 'x'], ['b'], ['b', 'v']])
      assert.equal(root.get(...path).isShared, false, String(path));
    assert.equal(root.get('a', 'nothing').isShared, true);
    assert.equal(charactersOf(root.get('a').place), '*base');
    assert.equal(charactersOf(root.get('a', 'x').place), '1');
  });

  test('merged keys come last; of a list of maps the earlier ones win', () => {
    assert.deepEqual(root.get('b').toJson(), { v: 3, x: 1, w: 6, deep: { z: 2 } });
    assert.equal(root.get('b').entries()[0]?.key, 'v');
    assert.equal(root.get('b').isComplete, true);
  });

  test('a merge key replaces what stands before it, as in go-yaml', () => {
    assert.equal(root.get('c', 'x').number, 5);
  });

  test('an alias without anchor is unknown, and a problem', () => {
    assert.equal(root.get('d').isUnknown, true);
    const [problem] = root.document.problems;
    assert.deepEqual([problem?.kind, text.slice(problem?.start, problem?.end)], ['syntax', '*nowhere']);
  });

  test('a merge of what is not known leaves the map open', () => {
    const open = rootOf('a:\n  <<: *gone\n  b: 1\n').get('a');
    assert.deepEqual([open.isComplete, open.get('b').number, open.get('c').isUnknown], [false, 1, true]);
  });
});

describe('problems', () => {
  function problemsOf(text: string) {
    return parseManifest(text).documents.flatMap((document) =>
      document.problems.map(({ kind, message, start, end }) => ({
        kind,
        message,
        at: document.text.slice(start, end),
      })),
    );
  }

  test('each repeated key but the first', () => {
    assert.deepEqual(
      problemsOf('a: 1\nb: {c: 1, c: 2}\na: 2\n').map(({ kind, at }) => [kind, at]),
      [
        ['duplicate-key', 'c'],
        ['duplicate-key', 'a'],
      ],
    );
    assert.equal(rootOf('a: 1\na: 2\n').get('a').number, 2);
    assert.deepEqual(rootOf('a: 1\na: 2\n').entries().length, 1);
  });

  test('a merge conflict is one problem', () => {
    const conflict = 'a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> branch\nc: 3\n';
    assert.deepEqual(
      problemsOf(conflict).map(({ kind, at }) => [kind, at]),
      [['conflict-marker', '<<<<<<< HEAD']],
    );
    assert.equal(rootOf(conflict).isUnknown, true);
  });

  test('a broken document lies beside good ones', () => {
    const file = parseManifest('a: 1\n---\nb: [1\nc: "\n---\nd: 4\n');
    assert.deepEqual(
      file.documents.map(({ problems }) => problems.length > 0),
      [false, true, false],
    );
    assert.equal(file.documents[2]?.root.get('d').number, 4);
  });

  test('in a broken document nothing is missing', () => {
    const root = rootOf('a: 1\nb\nc: 3\n');
    assert.equal(root.get('a').number, 1);
    assert.equal(root.get('x').isUnknown, true);
    assert.equal(root.isComplete, false);
  });

  test('sentences for people', () => {
    for (const [text, message] of [
      ['a:\n\tb: 1\n', /tabs/],
      ['a: "x\n', /not closed/],
      ['a: @x\n', /cannot begin with "@"/],
      ['a: 1\nb\nc: 1\n', /":"/],
      ['a: .inf\n', /infinity/],
      ['~: 1\n', /key cannot be null/],
      ['[a]: 1\n', /key must be text/],
      ['a: {<<: 1}\n', /merge key/],
      ['a: !!int x\n', /!!int/],
      ['a: "\\q"\n', /escape/],
      ['a: b: c\n', /quotes/],
    ] as const) {
      assert.match(problemsOf(text)[0]?.message ?? '', message, text);
    }
  });
});

describe('comments', () => {
  test('with their characters and whether they have a line of their own', () => {
    const text = '# one\na: 1 # two\nb: "# no"\nc: |\n  # no\n  x\n   # three\nd: [ # four\n]\n';
    const { comments } = rootOf(text).document;
    assert.deepEqual(
      comments.map((comment) => [comment.text, comment.ownLine]),
      [
        ['# one', true],
        ['# two', false],
        ['# four', false],
      ],
    );
    for (const comment of comments) assert.equal(text.slice(comment.start, comment.end), comment.text);
  });
});

describe('over JSON text', () => {
  test('reads what JSON allows and YAML does not', () => {
    const root = rootOf('{\n\t"a": "\\ud83d\\ude00\\/",\t"b": [1, 2.5e3, null, true],\n\t"c": {}\n}\n');
    assert.deepEqual(root.toJson(), { a: '😀/', b: [1, 2500, null, true], c: {} });
    assert.deepEqual([root.document.form, root.document.problems], ['json', []]);
    assert.equal(charactersOf(root.get('b', 1).place), '2.5e3');
  });

  test('reads what is YAML in braces', () => {
    assert.deepEqual(rootOf('{a: 1, b: [x, y z]}\n').toJson(), { a: 1, b: ['x', 'y z'] });
  });

  test('finds repeated keys', () => {
    assert.deepEqual(
      rootOf('{"a": 1, "a": 2}').document.problems.map(({ kind }) => kind),
      ['duplicate-key'],
    );
  });

  test('finds what is neither', () => {
    assert.ok(rootOf('{"a": [1, 2}').document.problems.length > 0);
  });
});

describe('over an object', () => {
  const object = { a: 1, b: { c: 'x', d: null, e: undefined }, list: ['p', null, { q: false }] };

  test('reads like the text', () => {
    const root = objectDocument(object).root;
    assert.equal(root.get('b', 'c').string, 'x');
    assert.deepEqual([root.get('b', 'd').isMissing, root.get('b', 'd').isNull], [true, true]);
    assert.deepEqual([root.get('b', 'e').isMissing, root.get('b', 'e').isNull], [true, false]);
    assert.equal(root.get('list', 2, 'q').boolean, false);
    assert.deepEqual(
      root
        .get('list')
        .items()
        .map(({ type }) => type),
      ['string', 'missing', 'map'],
    );
    assert.deepEqual(root.get('no', 'where', 1).path, ['no', 'where', 1]);
    assert.equal(root.get('constructor').isMissing, true);
    assert.equal(root.get('list', 'length').isMissing, true);
  });

  test('has paths and no ranges', () => {
    const { place } = objectDocument(object).root.get('list', 2, 'q');
    assert.deepEqual([place.path, place.range], [['list', 2, 'q'], undefined]);
  });

  test('knows who set a field', () => {
    const root = objectDocument(object, (path) => (path[0] === 'b' ? 'server' : 'author')).root;
    assert.deepEqual(
      [root.get('a').origin, root.get('b', 'c').origin, objectDocument(object).root.get('a').origin],
      ['author', 'server', 'unknown'],
    );
    assert.equal(rootOf('a: 1\n').get('a').origin, 'author');
  });
});

test('a document is read when its content is asked for, and never changes', () => {
  const file = parseManifest('a: [\n---\nb: 1\n');
  const [, second] = file.documents;
  assert.equal(second?.root, second?.root);
  assert.equal(second?.root.get('b').number, 1);
});
