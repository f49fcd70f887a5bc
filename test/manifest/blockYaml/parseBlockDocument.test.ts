import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parseBlockDocument } from '../../../server/src/manifest/blockYaml/parseBlockDocument.ts';
import { maskTemplate } from '../../../server/src/manifest/helmTemplate.ts';
import { parseYamlDocument } from '../../../server/src/manifest/parseYamlDocument.ts';
import { splitDocuments } from '../../../server/src/manifest/splitDocuments.ts';

interface Tally {
  documents: number;
  claimed: number;
}

/** What is claimed must be the same tree, comments and problems in every detail. */
function compare(text: string, tally: Tally, name = ''): void {
  tally.documents++;
  const claimed = parseBlockDocument(text);
  if (claimed === undefined) return;
  tally.claimed++;
  const expected = parseYamlDocument(text);
  if (isDeepStrictEqual(claimed, expected)) return;
  assert.deepEqual(claimed, expected, `${name}: ${JSON.stringify(text.slice(0, 2000))}`);
}

function share({ documents, claimed }: Tally): string {
  return `claimed ${claimed} of ${documents} documents (${((claimed / documents) * 100).toFixed(1)} %)`;
}

function documentsIn(folder: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:ya?ml|tpl)$/.test(path))
    .flatMap((path) => {
      const text = readFileSync(join(folder, path), 'utf8');
      return splitDocuments(text).map(({ start, end }) => ({ path, text: text.slice(start, end) }));
    });
}

/** As they are, with \r\n, without a final line break, and with Helm actions masked. */
function variants(text: string): string[] {
  const masked = text.includes('{{') ? maskTemplate(text)?.text : undefined;
  const plain = masked ?? text;
  return [plain, plain.replaceAll('\n', '\r\n'), plain.trimEnd()];
}

describe('claims only what the complete parser reads in the same way', () => {
  const sources: readonly [name: string, folder: string | undefined][] = [
    ['test', join(import.meta.dirname, '../..')],
    ['KUBEHARDEN_CORPUS', process.env.KUBEHARDEN_CORPUS],
    ['KUBEHARDEN_ORACLES', process.env.KUBEHARDEN_ORACLES],
  ];
  for (const [name, folder] of sources) {
    const skip = folder === undefined ? `not requested: ${name} is not set` : false;
    test(`files of ${name}`, { skip }, (context) => {
      const tally: Tally = { documents: 0, claimed: 0 };
      for (const { path, text } of documentsIn(folder ?? '')) {
        // The complete parser takes its time over the few large ones.
        if (text.length < 200_000) for (const variant of variants(text)) compare(variant, tally, path);
      }
      context.diagnostic(share(tally));
      assert.ok(tally.claimed > tally.documents * 0.8, share(tally));
    });
  }

  const seed = 7;
  const scalars = [
    ...['a', 'two words', '8080', '0644', '1.5', 'yes', '~', 'null', '-1', '-x', 'a:b', 'http://x:80/y?z', 'a#b', '.5'],
    ...[
      "'it''s'",
      "''",
      '""',
      '"a\\tb\\u0041"',
      '"a\\"b"',
      '"\\x41 \\\\"',
      '"# no"',
      "'a: b'",
      '[]',
      '{}',
      '[a, "b", 1]',
      '[run, --flag, -x]',
    ],
    ...[
      '{a: b, "c": [d, {e: f}]}',
      '[ a , b ]',
      '{ a: 1, a: 2 }',
      '[a, b: c]',
      '{a, b}',
      '{"a":1}',
      '[a,]',
      '[a, ---x, -]',
      '.inf',
      '-',
    ],
    ...['&x a', '*x', '!!str 1', '"\\/"', '"open', '[open', '- a', 'a: b', '?', '"\\ud800"', '@a', '100%', 'é😀', '<<'],
  ];
  const value = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...scalars.slice(0, scalars.indexOf('[a, b: c]'))) },
    { weight: 1, arbitrary: fc.constantFrom(...scalars) },
  );
  const key = fc.constantFrom(
    'a',
    'b',
    'c',
    'two words',
    '"q"',
    "'s'",
    '8080',
    'yes',
    'a.b/c',
    '-x',
    '<<',
    '.inf',
    'a:b',
  );
  const blank = fc.constantFrom('', '', '', '', '\n', '\n\n', '  \n', '# c\n', '      # c\n', ' # c: d\n');
  const comment = fc.constantFrom('', '', '', ' ', ' # c', '  # "c', '#x');
  const gap = fc.constantFrom(' ', ' ', ' ', '  ');
  const header = fc.constantFrom('|', '|', '>', '|-', '>-', '|+', '>+', '| # c', '|2', '|  ');
  const line = fc.constantFrom('x', 'x y ', '# x', 'x: y', '', '', '  x', ' ', '- x', '   ', '\tx');
  const { node } = fc.letrec<{ node: (indent: number) => string }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.tuple(gap, value, comment).map(
        ([before, text, after]) =>
          () =>
            `${before}${text}${after}\n`,
      ),
      comment.map((after) => () => `${after}\n`),
      fc.tuple(header, fc.array(line, { maxLength: 5 }), fc.constantFrom(1, 2, 4)).map(
        ([head, lines, step]) =>
          (indent: number) =>
            ` ${head}\n${lines.map((text) => (text === '' ? '\n' : `${' '.repeat(indent + step)}${text}\n`)).join('')}`,
      ),
      fc
        .tuple(
          comment,
          fc.constantFrom(1, 2, 2, 2, 4),
          fc.array(fc.tuple(blank, key, tie('node')), { minLength: 1, maxLength: 4 }),
        )
        .map(
          ([after, step, pairs]) =>
            (indent: number) =>
              `${after}\n${pairs
                .map(([above, name, child]) => `${above}${' '.repeat(indent + step)}${name}:${child(indent + step)}`)
                .join('')}`,
        ),
      fc
        .tuple(
          comment,
          fc.constantFrom(0, 0, 2, 2, 1),
          fc.array(fc.tuple(blank, tie('node')), { minLength: 1, maxLength: 4 }),
        )
        .map(
          ([after, step, items]) =>
            (indent: number) =>
              `${after}\n${items
                .map(([above, child]) => `${above}${' '.repeat(indent + step)}-${child(indent + step)}`)
                .join('')}`,
        ),
      fc.tuple(gap, fc.array(fc.tuple(key, tie('node')), { minLength: 1, maxLength: 3 })).map(
        ([before, pairs]) =>
          (indent: number) =>
            pairs
              .map(([name, child], index) => {
                const column = indent + 1 + before.length;
                return `${index === 0 ? before : ' '.repeat(column)}${name}:${child(column)}`;
              })
              .join(''),
      ),
    ),
  }));
  const generated = fc
    .array(fc.tuple(blank, key, node), { minLength: 1, maxLength: 4 })
    .map((pairs) => pairs.map(([above, name, child]) => `${above}${name}:${child(0)}`).join(''));

  test(`generated documents (seed ${seed})`, (context) => {
    const tally: Tally = { documents: 0, claimed: 0 };
    fc.assert(
      fc.property(generated, (text) => {
        for (const variant of variants(text)) compare(variant, tally);
      }),
      { seed, numRuns: 4000 },
    );
    context.diagnostic(share(tally));
    assert.ok(tally.claimed > 1000, share(tally));
  });

  test(`cuts and inserts (seed ${seed})`, (context) => {
    const sample =
      "# top\nkind: Pod\nmetadata: {name: \"a\\tb\", labels: {app: 'it''s'}}\nspec:\n  containers:\n  - name: c # x\n    command: [\"sh\", '-c']\n" +
      '    args:\n    - |\n      one\n\n      two\n    - >-\n      three\n      four\n  -\n    name: d\n    ports:\n      - 80\n      - a: b\n        c:\n\nlast: x\n';
    const piece = fc.constantFrom(
      ...[
        '- ',
        ': ',
        '"',
        "'",
        '|',
        '>',
        '[',
        ']',
        '{',
        '}',
        '&a ',
        '*a',
        '#',
        ' #',
        '\t',
        '\n',
        '\r\n',
        '? ',
        ' ',
        '  ',
        ',',
        '\n\n',
        '-',
        '\\',
        '%',
        'x',
      ],
    );
    const edit = fc.tuple(
      fc.nat({ max: sample.length }),
      fc.constantFrom(0, 0, 1, 2, 5, 20),
      fc.oneof(piece, fc.constant('')),
    );
    const tally: Tally = { documents: 0, claimed: 0 };
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        let text = sample;
        for (const [at, length, inserted] of edits) text = text.slice(0, at) + inserted + text.slice(at + length);
        compare(text, tally);
      }),
      { seed, numRuns: 6000 },
    );
    context.diagnostic(share(tally));
    assert.ok(tally.claimed > 500, share(tally));
  });
});

test('arguments in brackets are claimed, a dash alone is not', () => {
  assert.notEqual(parseBlockDocument('args: [migrate, --wait, -v]\n'), undefined);
  assert.equal(parseBlockDocument('args: [migrate, -]\n'), undefined);
});
