import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ManifestNode, parseManifest } from '../../server/src/manifest/index.ts';

function root(text: string): ManifestNode {
  const [document] = parseManifest(text).documents;
  assert.ok(document);
  assert.equal(document.form, 'helm-template');
  assert.deepEqual(document.problems, []);
  return document.root;
}

describe('an action among other characters', () => {
  test('makes the value unknown, whole or in part, and leaves its neighbours alone', () => {
    const node = root('a: {{ .Values.a }}\nb: "{{ .Values.b }}:latest"\nc: x-{{ .c }}-y\nd: 1\n');
    for (const key of ['a', 'b', 'c']) assert.equal(node.get(key).type, 'unknown', key);
    assert.equal(node.get('d').number, 1);
    assert.equal(node.isComplete, true);
    assert.equal(node.get('e').isMissing, true);
  });

  test('keeps offsets, so that the range is that of the original', () => {
    const text = 'a: {{ .Values.a }}\nb: "{{ .Values.b }}:latest" # {{ .c }}\n';
    const node = root(text);
    const { range } = node.get('b').place;
    assert.equal(text.slice(range?.start, range?.end), '"{{ .Values.b }}:latest"');
    assert.equal(node.document.comments[0]?.text, '# {{ .c }}');
  });

  test('in a key hides which key it is', () => {
    const node = root('{{ .Values.key }}: 1\n{{ .Values.other }}: 2\nb: 3\n');
    assert.equal(node.isComplete, false);
    assert.equal(node.get('c').isUnknown, true);
    assert.equal(node.get('b').number, 3);
    assert.deepEqual(
      node.entries().map(({ key }) => key),
      ['b'],
    );
  });

  test('in a list item', () => {
    const node = root('block:\n- {{ .a }}\n- b\nflow: [ {{ .a }}, b ]\n');
    assert.equal(node.get('block', 0).type, 'unknown');
    assert.equal(node.get('block', 1).string, 'b');
    assert.equal(node.get('block').isComplete, true);
    assert.equal(node.get('flow').isComplete, false);
    assert.equal(node.get('flow', 9).isUnknown, true);
  });

  test('that chooses between values', () => {
    assert.equal(root('a: {{ if .x }}"1"{{ else }}"2"{{ end }}\nb: 1\n').get('a').type, 'unknown');
    assert.equal(root('a: {{- if .x }} 1 {{- else }} 2 {{- end }}\n').get('a').type, 'unknown');
  });

  test('with braces and quotes in its strings, over several lines, or as a comment', () => {
    const node = root(
      'a: {{ printf "}}%s\\"" `}}` }}\nb: 1\nc: {{ include "x"\n  (dict "a: b" 1)\n}}\n{{/* }} : [\n  k: v */}}\nd: 2\n{{- /* x */ -}}\n',
    );
    assert.equal(node.get('a').type, 'unknown');
    assert.equal(node.get('b').number, 1);
    assert.equal(node.get('c').type, 'unknown');
    assert.equal(node.get('d').number, 2);
    assert.equal(node.isComplete, true);
  });
});

describe('an action on a line of its own', () => {
  test('opens the map that its indentation says', () => {
    const node = root(
      'metadata:\n  labels:\n    a: b\n    {{- include "x" . | nindent 4 }}\n  name: n\nspec:\n  {{- include "y" . | nindent 2 }}\n',
    );
    assert.equal(node.get('metadata', 'labels').isComplete, false);
    assert.equal(node.get('metadata', 'labels', 'a').string, 'b');
    assert.equal(node.get('metadata', 'labels', 'c').isUnknown, true);
    assert.equal(node.get('metadata').isComplete, true);
    assert.equal(node.get('spec').type, 'unknown');
    assert.equal(node.isComplete, true);
  });

  test('is judged by nindent, not by where it stands', () => {
    const node = root('spec:\n  a:\n    b: 1\n{{ toYaml .x | indent 4 }}\n  c: 1\n');
    assert.equal(node.get('spec', 'a').isComplete, false);
    assert.equal(node.get('spec').isComplete, true);
    const outer = root('spec:\n  a:\n    b: 1\n    {{- toYaml .x | nindent 2 }}\n');
    assert.equal(outer.get('spec').isComplete, false);
    assert.equal(outer.get('spec', 'a').isComplete, true);
  });

  test('opens a list, or the value of its last item', () => {
    const node = root(
      'spec:\n  containers:\n  - name: a\n    {{- toYaml .x | nindent 4 }}\n  {{- toYaml .y | nindent 2 }}\n',
    );
    assert.equal(node.get('spec', 'containers', 0).isComplete, false);
    assert.equal(node.get('spec', 'containers').isComplete, false);
  });

  test('under a key without value may be its value or the next key', () => {
    const node = root('spec:\n  containers:\n  {{- toYaml .y | nindent 2 }}\n');
    assert.equal(node.get('spec', 'containers').type, 'unknown');
    assert.equal(node.get('spec', 'securityContext').isUnknown, true);
  });

  test('in a block scalar makes its text unknown and no more', () => {
    const node = root(
      'data:\n  a: |\n    {{- range .x }}\n    foo: {{ . }}\n{{ include "z" . | indent 4 }}\n    {{- end }}\n  b: |\n    {{- toYaml .v | nindent 4 }}\n  c: |\n    x\nd: 1\n',
    );
    assert.equal(node.get('data', 'a').type, 'unknown');
    assert.equal(node.get('data', 'b').type, 'unknown');
    assert.equal(node.get('data', 'c').string, 'x\n');
    assert.equal(node.get('data').isComplete, true);
  });

  test('that writes nothing opens nothing', () => {
    const node = root('{{- $x := .Values.x }}\n{{/* comment */}}\na: 1\n{{- fail "no" }}\n');
    assert.equal(node.isComplete, true);
  });

  test('inside brackets', () => {
    const node = root('a: [\n  x,\n  {{ .Values.y }}\n]\nb: 1\n');
    assert.equal(node.get('a').isComplete, false);
    assert.equal(node.isComplete, true);
  });

  test('alone is a whole document that cannot be told', () => {
    const node = root('{{ include "all" . }}\n');
    assert.equal(node.type, 'unknown');
    assert.equal(node.document.isEmpty, false);
  });
});

describe('a block', () => {
  test('around a whole document leaves its maps but the outermost complete', () => {
    const node = root('{{- if .x }}\nkind: Pod\nspec:\n  a: 1\n{{- end }}\n');
    assert.equal(node.get('kind').string, 'Pod');
    assert.equal(node.isComplete, false);
    assert.equal(node.get('spec').isComplete, true);
  });

  test('opens the map and the list in which its content stands', () => {
    const node = root(
      'spec:\n  {{- if .x }}\n  a: {b: 1}\n  {{- end }}\n  l:\n  {{- range .y }}\n  - name: 1\n  {{- end }}\n  m:\n    {{- with .z }}\n    k: 1\n    {{- end }}\n',
    );
    assert.equal(node.get('spec').isComplete, false);
    assert.equal(node.get('spec', 'a', 'b').number, 1);
    assert.equal(node.get('spec', 'a').isComplete, true);
    assert.equal(node.get('spec', 'l').isComplete, false);
    assert.equal(node.get('spec', 'l', 0, 'name').number, 1);
    assert.equal(node.get('spec', 'm').isComplete, false);
    assert.equal(node.isComplete, true);
  });

  test('the same key in two branches is no repetition, and its value cannot be told', () => {
    const node = root('{{ if .x }}\na: 1\n{{ else if .y }}\na: 2\n{{ else }}\na: 3\n{{ end }}\nb: 1\n');
    assert.equal(node.get('a').type, 'unknown');
    assert.deepEqual(
      node.entries().map(({ key, value }) => [key, value.type]),
      [
        ['a', 'unknown'],
        ['b', 'number'],
      ],
    );
  });

  test('the same key twice in one branch is a repetition', () => {
    const [document] = parseManifest('{{ if .x }}\na: 1\na: 2\n{{ end }}\nb: {{ .b }}\n').documents;
    assert.deepEqual(
      document?.problems.map(({ kind }) => kind),
      ['duplicate-key'],
    );
  });

  test('opened after a key', () => {
    const node = root('spec: {{- if .x }}\n  a: 1\n{{- end }}\n');
    assert.equal(node.get('spec', 'a').number, 1);
    assert.equal(node.get('spec').isComplete, false);
  });
});

describe('a template that is not YAML once it is masked', () => {
  for (const text of [
    'a: {{ .x\nb: 1\n',
    '{{ if .x }}a:\n- b\n c{{ end }}: [\n',
    '{{- define "x" -}}\nfoo\n{{- end -}}\nbar: 1\n  baz: {{ .y }}\n',
  ]) {
    test(JSON.stringify(text), () => assert.equal(root(text).type, 'unknown'));
  }
});

test('only documents with actions are templates', () => {
  const file = parseManifest('a: 1\n---\nb: {{ .x }}\n---\n{"c": "{{ x }}"}\n');
  assert.deepEqual(
    file.documents.map(({ form }) => form),
    ['plain', 'helm-template', 'json'],
  );
  const plain = parseManifest('a: {{ .x }}\n', { form: 'plain' }).documents[0];
  assert.equal(plain?.form, 'plain');
  assert.deepEqual(plain.problems.map(({ kind }) => kind).includes('syntax'), true);
});

test('expressions of a GitHub workflow are text, and no Helm actions', () => {
  const formOf = (bracketed: string) => parseManifest(`run: echo $${bracketed}\n`).documents[0]?.form;
  for (const expression of [
    '{{ github.sha }}',
    "{{ hashFiles('a') }}",
    '{{!cancelled()}}',
    '{{ matrix }}',
    "{{ inputs['a'] }}",
    '{{ always() && (success() || failure()) }}',
  ]) {
    assert.equal(formOf(expression), 'plain', expression);
  }
  for (const action of ['{{ .Values.price }}', '{{ include "a" . }}', '{{- $price }}', '{{ github.sha }} {{ .Id }}']) {
    assert.equal(formOf(action), 'helm-template', action);
  }
});
