import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseManifest } from '../../server/src/manifest/index.ts';
import { skipWithout } from '../support/goProgram.ts';
import { buildKubernetesYaml, type KubernetesAnswer, readDocuments, readFiles } from './kubernetesYaml.ts';

const seed = 20261125;
const built = buildKubernetesYaml();
const skip = skipWithout(built);

/**
 * Where the two differ on purpose or without harm.
 *
 * - After a value at the root, go-yaml does not read on; kubectl, which reads JSON first, stumbles over what follows.
 * - libyaml's own reading of `?`, `:`, tags and tabs in brackets and after dashes.
 */
const knownDifferences: ReadonlySet<string> = new Set([
  '"a" b',
  "'a'b",
  '"a":b\n',
  '[]]\n',
  '- \ta\n',
  '[!!str]\n',
  '[!foo]\n',
  '[!]\n',
  '[?a]\n',
  '[:a]\n',
  '&a: v\n',
]);

/** Compares what we read with what sigs.k8s.io/yaml reads. */
function compare(documents: readonly string[]): void {
  const answers = readDocuments(built, documents);
  const differences: string[] = [];
  for (const [index, text] of documents.entries()) {
    const difference = differenceIn(text, answers[index] ?? {});
    if (difference !== undefined && !knownDifferences.has(text))
      differences.push(`${JSON.stringify(text)}: ${difference}`);
  }
  assert.deepEqual(differences.slice(0, 40), [], `${differences.length} of ${documents.length} differ`);
}

function differenceIn(text: string, answer: KubernetesAnswer): string | undefined {
  const document = parseManifest(text, { form: 'plain' }).documents[0];
  const refused = document?.problems.some(({ kind }) => kind === 'syntax') ?? false;
  if (answer.error !== undefined) return refused ? undefined : `only Kubernetes refuses it: ${answer.error}`;
  if (refused)
    return `only we refuse it: ${document?.problems[0]?.message}; Kubernetes: ${JSON.stringify(answer.json)}`;
  const ours = document?.root.toJson() ?? null;
  try {
    // Key order is not compared: JSON from Go is sorted.
    assert.deepEqual(JSON.parse(JSON.stringify(ours)), answer.json);
  } catch {
    return `we read ${JSON.stringify(ours)}, Kubernetes ${JSON.stringify(answer.json)}`;
  }
  return undefined;
}

const edgeScalars = [
  ...[
    'y',
    'Y',
    'yes',
    'Yes',
    'YES',
    'yEs',
    'n',
    'N',
    'no',
    'No',
    'NO',
    'true',
    'True',
    'TRUE',
    'tRue',
    'on',
    'On',
    'ON',
  ],
  ...['off', 'Off', 'OFF', 'false', 'False', 'FALSE', '~', 'null', 'Null', 'NULL', 'nULL', '""', "''", "'yes'", '"1"'],
  ...[
    '0',
    '-0',
    '+0',
    '00',
    '007',
    '0644',
    '0o644',
    '0O644',
    '08',
    '09.5',
    '0x1F',
    '0X1f',
    '-0x1F',
    '0b1',
    '0B1',
    '-0b1',
  ],
  ...['0b-1', '0b+1', '0b2', '+0b11', '1_000', '1__0', '_1', '-_1', '1_', '0x_1F', '0_8', '0o', '0x', '0b', '+', '-1'],
  ...[
    '1.',
    '.5',
    '-.5',
    '+.5',
    '1.5e3',
    '1e3',
    '1E+3',
    '1e-3',
    '1e',
    '1e999',
    '-1e999',
    '1.e5',
    '.e5',
    '._5',
    '.5_0',
    '..',
  ],
  ...['.inf', '+.inf', '-.inf', '.Inf', '.nan', '.NaN', 'NaN', 'inf', 'Infinity', '9223372036854775807'],
  ...['9223372036854775808', '-9223372036854775808', '-9223372036854775809', '18446744073709551615'],
  ...[
    '18446744073709551616',
    '+9223372036854775808',
    '0xFFFFFFFFFFFFFFFF',
    '0x1FFFFFFFFFFFFFFFF',
    '0777777777777777777777777',
  ],
  ...[
    '9007199254740993',
    '22:22',
    '1:2:3',
    '190:20:30',
    '2001-01-01',
    '2001-12-14T21:59:43.10-05:00',
    '2001-13-45',
    '2001-1-1',
  ],
  ...[
    '1.2.3',
    '1.10',
    '10Mi',
    '500m',
    '0.1',
    '100%',
    '=',
    '<<',
    '1,000',
    '0x1p4',
    '1e3_0',
    '- -',
    'a#b',
    'a #b',
    '1 # c',
  ],
  ...[
    '!!str 5',
    '!!str',
    '!!int "5"',
    '!!int 0x10',
    '!!int x',
    '!!int 5.0',
    '!!float 5',
    '!!float "1.5"',
    '!!float x',
    '!!bool yes',
  ],
  ...[
    '!!bool "on"',
    '!!bool x',
    '!!null ""',
    '!!null x',
    '!!null ~',
    '!!binary aGVsbG8=',
    '!!binary "###"',
    '!!binary /w==',
    '!foo 5',
  ],
  ...[
    '!foo',
    '! 5',
    '!',
    '!!timestamp 2001-01-01',
    '!!timestamp x',
    '!!foo 5',
    '!<tag:yaml.org,2002:str> 5',
    '!!str ~',
    '!!int ~',
  ],
  ...[
    '!!float 18446744073709551615',
    '!!int 18446744073709551615',
    '!!str [a]',
    '!!map {}',
    '!!seq {}',
    '!!int {}',
    '"\\x41\\u0042"',
  ],
  ...[
    '"a\\\n  b"',
    "'it''s'",
    '"\\/"',
    '"\\e"',
    '"\\q"',
    '|\n  a\n  b\n',
    '>\n  a\n  b\n',
    '|-\n  a\n\n',
    '|+\n  a\n\n',
    '>-\n  a\n\n   b\n  c',
  ],
  ...[
    '@a',
    '`a`',
    '%a',
    '&a',
    '*a',
    '&a 1',
    '{a: b}',
    '[a, b]',
    '[a: b]',
    '{a}',
    '{a, b: }',
    '[ , ]',
    '[a,]',
    '{a: 1,}',
    ',',
    ']',
    '}',
  ],
  ...[
    'a: b',
    'a :b',
    'a:b',
    '- a',
    '? a',
    '?a',
    ':a',
    '-a',
    '"a" b',
    "'a'b",
    '"a"#b',
    'a\n  b',
    'a\n\n  b',
    '"a\n\n  b"',
    '\ta',
    'a\tb',
    'a\t#b',
  ],
];

const edgeDocuments = [
  '',
  '# only a comment\n',
  '~\n',
  '---\n',
  'a:\n  - b\n  -\n  - c: d\n    e:\n',
  'a:\n- b\n- c\n',
  '- - a\n  - b\n- - c\n',
  '? a\n: b\n? c\n',
  'a: &x {b: 1}\nc: *x\n',
  'a: &x 1\na2: &x 2\nb: *x\n',
  'a: *nope\n',
  'a: &a [*a]\n',
  'b: &b {x: 1, y: 2}\na:\n  <<: *b\n  x: 3\n',
  'b: &b {x: 1, y: 2}\na:\n  x: 3\n  <<: *b\n',
  'b: &b {x: 1}\nc: &c {x: 2, z: 3}\na:\n  <<: [*b, *c]\n',
  'b: &b {x: 1}\nc: &c {x: 2, z: 3}\na:\n  <<: [*c, *b]\n  w: 1\n',
  'b: &b {x: 1}\nc: &c {<<: *b, z: 3}\na:\n  <<: *c\n',
  'a:\n  <<: {x: 1}\n  <<: {x: 2}\n',
  'a:\n  <<: 5\n',
  'a:\n  <<:\n',
  'a:\n  "<<": {x: 1}\n',
  'a: &s [1]\nb:\n  <<: *s\n',
  'b: &b {x: 1}\na: {<<: *b, y: 2}\n',
  'a: 1\na: 2\n',
  'a: 1\nb: 2\na: {c: 3}\n',
  '1: a\n2.5: b\ntrue: c\nyes2: d\n',
  'yes: a\n',
  '0x10: a\n0644: b\n1_0: c\n1e3: d\n1e6: e\n1.0: f\n0.1: g\n1e-7: h\n123456789.5: i\n',
  '9007199254740993: a\n18446744073709551616: b\n',
  '18446744073709551615: a\n',
  '.inf: a\n-.inf: b\n.nan: c\n',
  '~: a\n',
  ': a\n',
  'null: a\n',
  '"null": a\n',
  '[a]: b\n',
  '{a: b}: c\n',
  '!!str 1: a\n',
  '!!binary YQ==: b\n',
  '2001-01-01: a\n',
  '&k key: 1\nother: *k\n',
  '&k key: 1\n*k : 2\n',
  'a: 1\n...\nb: 2\n',
  '%YAML 1.1\n',
  '\uFEFFa: 1\n',
  'a: 1\r\nb:\r\n  - c\r\n',
  'a: |\r\n  x\r\n  y\r\nb: 1\r\n',
  'a:\n\tb: 1\n',
  'a: b\n\t\nc: d\n',
  'a:\n  b: 1\n c: 2\n',
  'a: 1\n b: 2\n',
  'a:1\nb: 2\n',
  'a: [1, 2\nb: 3\n',
  'a: {b: 1,\n}\n',
  'a: [\nb\n]\n',
  'a: "x\n',
  "a: 'x\n",
  'a: b: c\n',
  'a: - b\n',
  'a:\n  - b\n c\n',
  '- a\n b\n',
  'a: |\n x\n  y\n',
  'a: |2\n   x\n  y\n',
  'a: >\n  x\n\n  y\n   z\n  w\n\n\n',
  'a: |+\n\n\nb: 1\n',
  'a: |\n# c\n  x\n',
  'a: "b" # c\n# d\nc: d\n',
  'key with spaces: v w\n',
  'a: {b: c, d: [e, {f: g}]}\n',
  '{"a": {"b": [1, 2.5, "x", null, true]}}\n',
  '{"a":1}\n',
  '{a: 1, a: 2}\n',
  '{a:1}\n',
  '{"a":1,"b":"c:d"}\n',
  '[a, b]: 1\n',
  'a:\n  # c\n  b: 1\n# d\n  c: 2\n',
  'a: !!set {x, z}\n',
  'a: x:y\nb: http://x:80/y?z=1&w=2\nc: a#b\n',
  '"a":b\n',
  '"a": b\n"c" : d\n',
  'a: [\n  b, # c\n  d\n]\n',
  'a: [b, c]: d\n',
  'a: {\n"b": 1, # c ]\n"d": [\n"]", "e"\n]}\nf: 1\n',
  'a: [\nb: 1\n]\nc: {\nd\n}\ne:\n- [\nf]\n',
  'a: [b\nc: [d]\n',
  'a: {b: [\n1\n}\nc: 2\n',
  'a: "\\ud83d\\ude00"\n',
  'a: b\n---\n',
];

test('every edge case reads as Kubernetes reads it, in each position', { skip }, () => {
  compare([
    ...edgeScalars,
    ...edgeScalars.map((scalar) => `a: ${scalar}\n`),
    ...edgeScalars.map((scalar) => `- ${scalar}\n`),
    ...edgeScalars.filter((scalar) => !scalar.includes('\n')).map((scalar) => `[${scalar}]\n`),
    ...edgeScalars.filter((scalar) => !scalar.includes('\n')).map((scalar) => `${scalar}: v\n`),
    ...edgeDocuments,
  ]);
});

const letters = fc.constantFrom(...'0123456789abcdefoxXObBeE+-._~yntTfFN:# ');
const scalar = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'0123456789+-._eExob'), minLength: 1, maxLength: 12 }),
  fc.string({ unit: letters, minLength: 1, maxLength: 8 }),
  fc.bigInt({ min: -(2n ** 66n), max: 2n ** 66n }).map(String),
  fc.double().map(String),
  fc.constantFrom(...edgeScalars.filter((each) => !each.includes('\n'))),
);

test(`generated scalars read as Kubernetes reads them (seed ${seed})`, { skip }, () => {
  const values = fc.sample(scalar, { seed, numRuns: 4000 });
  const keys = fc.sample(scalar, { seed: seed + 1, numRuns: 2000 });
  compare([...values.map((value) => `a: ${value}\n`), ...keys.map((key) => `${key}: v\n`)]);
});

// kubectl's reader ends every line with a line break, the last line of a file too (apimachinery, pkg/util/yaml, LineReader);
// sigs.k8s.io/yaml alone would read the text without one.
test('a block scalar at the end of a file without a line break reads as kubectl reads it', { skip }, () => {
  // Not compared: after `|+`, blanks in an unended last line, which count as an empty line only for kubectl.
  const files = ['|', '|-', '|+', '>', '>-', '>+'].flatMap((header) =>
    ['  text', '  one\n  two', '  text\n\n', ...(header.endsWith('+') ? [] : ['  text\n  '])].map(
      (body) => `a: ${header}\n${body}`,
    ),
  );
  const answers = readFiles(built, files);
  for (const [index, text] of files.entries()) {
    assert.deepEqual(parseManifest(text).documents[0]?.root.toJson(), answers[index]?.[0]?.json, JSON.stringify(text));
  }
});
