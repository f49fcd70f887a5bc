import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type ManifestFile, type ManifestNode, parseManifest } from '../../server/src/manifest/index.ts';

/**
 * Milliseconds of this process's own time, so that what else the machine does is no matter. Far more than the second that
 * a user is promised, for slow machines; what goes wrong here takes minutes.
 */
const patience = 10_000;

function promptly(name: string, run: () => void): void {
  test(name, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    const taken = Math.round((user + system) / 1000);
    assert.ok(taken < patience, `took ${taken} ms`);
  });
}

function repeat(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('');
}

function assertSound(file: ManifestFile): void {
  const inBounds = (start: number, end: number, length: number) => start >= 0 && start <= end && end <= length;
  const visit = (node: ManifestNode): void => {
    const { text } = node.document;
    for (const { range } of [node.place, node.keyPlace, node.get('x').place, node.get(7).place]) {
      assert.ok(range !== undefined && inBounds(range.start, range.end, text.length));
    }
    if (node.string !== undefined) {
      const { range } = node.span(0, node.string.length);
      assert.ok(range !== undefined && inBounds(range.start, range.end, text.length));
    }
    for (const { value } of node.entries()) visit(value);
    for (const item of node.items()) visit(item);
  };
  for (const document of file.documents) {
    visit(document.root);
    for (const { start, end } of [...document.problems, ...document.comments]) {
      assert.ok(inBounds(start, end, document.text.length));
    }
    document.root.toJson();
  }
}

describe('answers at once, or says why there is none', () => {
  const reasons: readonly [name: string, text: string, reason: string][] = [
    [
      'an alias bomb',
      `a0: &a0 [x, x]\n${repeat(40, (index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]\n`)}`,
      'too-many-aliases',
    ],
    ['brackets', `a: ${'['.repeat(20_000)}`, 'too-deep'],
    ['brackets of JSON', '{"a":'.repeat(20_000), 'too-deep'],
    ['dashes', '- '.repeat(3_000), 'too-deep'],
    ['indentation', repeat(1_500, (index) => `${' '.repeat(index)}a:\n`), 'too-deep'],
    ['NUL bytes', 'a: 1\n\0', 'binary'],
    ['more than 10 MiB', 'a: 1\n---\n'.repeat(1_200_000), 'too-large'],
    ['many documents with anchors', 'a: &a 1\nb: *a\n---\n'.repeat(200_000), 'too-large'],
    ['a document that no cluster stores', '- &a a: 1\n'.repeat(400_000), 'too-large'],
  ];
  for (const [name, text, reason] of reasons) {
    promptly(name, () => {
      const file = parseManifest(text);
      assert.equal(file.notChecked?.reason, reason);
      assert.match(file.notChecked?.message ?? '', /^This file was not checked because .*\.$/);
      if (file.documents.length === 1) assert.equal(file.documents[0]?.root.isKnown, false);
    });
  }

  promptly('a map of 50,000 keys, each looked up', () => {
    const { root } = parseManifest(repeat(50_000, (index) => `key${index}: ${index}\n`)).documents[0] ?? {};
    for (let index = 0; index < 50_000; index++) assert.equal(root?.get(`key${index}`).number, index);
  });

  promptly('a key repeated 20,000 times', () => {
    assert.equal(parseManifest('a: 1\n'.repeat(20_000)).documents[0]?.problems.length, 19_999);
  });

  promptly('20,000 Helm actions', () => {
    const text = repeat(10_000, (index) => `k${index}: {{ .x }}\n{{ include "y" . }}\n`);
    assert.equal(parseManifest(text).documents[0]?.root.entries().length, 10_000);
  });

  promptly('a block scalar of 1.9 MB, and JSON of 9 MB', () => {
    assert.equal(
      parseManifest(`a: |\n${'  0123456789\n'.repeat(150_000)}`).documents[0]?.root.get('a').string?.length,
      1_650_000,
    );
    assert.equal(
      parseManifest(`{"a": "${'x'.repeat(9_000_000)}"}`).documents[0]?.root.get('a').string?.length,
      9_000_000,
    );
  });

  promptly('10 MB of ordinary documents, and one of them alone', () => {
    const pod = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  labels: {app: "x"}\nspec:\n  containers:\n  - name: c\n    image: nginx:1.27 # c\n`;
    const file = parseManifest(`${pod}---\n`.repeat(Math.floor(10_000_000 / (pod.length + 4))));
    assert.equal(file.notChecked, undefined);
    const named = file.documents.filter(({ root }) => root.get('spec', 'containers', 0, 'name').string === 'c');
    assert.equal(named.length, file.documents.length - 1);
    const items = parseManifest(`items:\n${'- a: 1\n  b: [x, "y"]\n'.repeat(450_000)}`);
    assert.equal(items.notChecked, undefined);
    assert.equal(items.documents[0]?.root.get('items').items().length, 450_000);
  });

  test('maxBytes counts bytes, not characters', () => {
    assert.equal(parseManifest('é'.repeat(6), { maxBytes: 11 }).notChecked?.reason, 'too-large');
    assert.equal(parseManifest('é'.repeat(6), { maxBytes: 12 }).notChecked, undefined);
  });

  test('aliases within reason are read', () => {
    const file = parseManifest(`a: &a {b: 1}\n${repeat(300, (index) => `k${index}: *a\n`)}`);
    assert.equal(file.notChecked, undefined);
    assert.equal(file.documents[0]?.root.get('k299', 'b').number, 1);
  });
});

const sample = `# Source: chart/templates/x.yaml
apiVersion: v1
kind: Pod
metadata: {name: "a\\tb", labels: {app: 'it''s'}}
spec: &spec
  containers:
  - name: c
    command: ["sh", '-c', "x"]
    args:
    - |
      one
      two
    - >-
      three
      four
  - &second
    name: d # comment
    <<: *spec
    securityContext:
---
{{- if .Values.x }}
data:
  key: {{ .Values.y | quote }}
  {{- include "z" . | nindent 2 }}
{{- end }}
---
{"json": [1, {"a": null}], "b": "\\u0041"}
`;
const seed = 3;

test(`cuts, inserts and repetitions never throw and keep ranges in bounds (seed ${seed})`, () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '{{',
      '}}',
      '---\n',
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
      '<<: ',
      '!!',
      '#',
      '\t',
      '\n',
      '\r\n',
      '? ',
      '%',
      '@',
      '\uFEFF',
      '\\',
      ',',
      '{{/*',
      '{{ end }}',
      '{{ if x }}',
    ),
    fc.string({ maxLength: 4 }),
  );
  const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 40 }), text: piece });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
      let file = parseManifest(sample);
      for (const { at, length, text } of edits) {
        const start = at % (file.text.length + 1);
        file = file.edit([{ start, end: Math.min(file.text.length, start + length), text }]);
        assertSound(file);
      }
    }),
    { seed, numRuns: 600 },
  );
});
