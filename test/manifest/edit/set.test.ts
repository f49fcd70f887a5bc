import { test } from 'node:test';
import { RandomBytes } from '../../../server/src/manifest/index.ts';
import { assertFixed, assertRefused, type Fix } from './editing.ts';

const hardenContext: Fix = (root) => [
  { op: 'set', node: root.get('securityContext', 'runAsNonRoot'), value: true },
  { op: 'set', node: root.get('securityContext', 'capabilities', 'drop'), value: ['ALL'] },
];

test('two sets create one missing parent', () => {
  assertFixed(
    'name: web\n',
    hardenContext,
    `
    name: web
    securityContext:
      runAsNonRoot: true
      capabilities:
        drop:
        - ALL
    `,
  );
});

for (const empty of ['', ' {}', ' null', ' ~']) {
  test(`an empty parent "securityContext:${empty}" becomes a block map, its comment stays`, () => {
    assertFixed(
      `a:\n  securityContext:${empty} # why\n\n  name: web\n`,
      (root) => hardenContext(root.get('a'), undefined as never),
      `
      a:
        securityContext: # why
          runAsNonRoot: true
          capabilities:
            drop:
            - ALL

        name: web
      `,
    );
  });
}

test('an empty parent without a comment', () => {
  assertFixed(
    'securityContext:\nname: web\n',
    (root) => [{ op: 'set', node: root.get('securityContext', 'runAsNonRoot'), value: true }],
    'securityContext:\n  runAsNonRoot: true\nname: web\n',
  );
  assertFixed(
    'securityContext: {}',
    (root) => [{ op: 'set', node: root.get('securityContext', 'runAsNonRoot'), value: true }],
    'securityContext:\n  runAsNonRoot: true',
  );
});

test('an anchor on an empty parent stays', () => {
  assertFixed(
    'a: &ctx {}\nb: *ctx\n',
    (root) => [{ op: 'set', node: root.get('a', 'x'), value: 1 }],
    'a: &ctx\n  x: 1\nb: *ctx\n',
  );
});

test('indented lists and four columns are followed', () => {
  assertFixed(
    `
    spec:
        containers:
            -   name: web
                ports:
                    - 80
    `,
    (root) => [
      { op: 'set', node: root.get('spec', 'containers', 0, 'securityContext', 'capabilities', 'drop'), value: ['ALL'] },
      { op: 'set', node: root.get('spec', 'containers', 1), value: { name: 'b', args: ['x'] } },
    ],
    `
    spec:
        containers:
            -   name: web
                ports:
                    - 80
                securityContext:
                    capabilities:
                        drop:
                            - ALL
            -   name: b
                args:
                    - x
    `,
  );
});

test('a scalar is replaced, its comment, quotes and anchor stay', () => {
  const set =
    (value: string | number | boolean | null): Fix =>
    (root) => [{ op: 'set', node: root.get('a'), value }];
  assertFixed('a: true # why\nb: 1\n', set(false), 'a: false # why\nb: 1\n');
  assertFixed('a: "x"\n', set('w'), 'a: "w"\n');
  assertFixed("a: 'x' # c\n", set("it's"), "a: 'it''s' # c\n");
  assertFixed('a: "x"\n', set(3), 'a: 3\n');
  assertFixed('a: &name x\nb: *name\n', set('w'), 'a: &name w\nb: *name\n');
  assertFixed('a: !!str 5\n', set(6), 'a: 6\n');
  assertFixed('a: x', set(null), 'a: null');
  assertFixed('a: |\n  one\n  two\nb: 1\n', set('three'), 'a: three\nb: 1\n');
  assertFixed('a: >- # c\n  one\n\nb: 1\n', set('three'), 'a: three # c\n\nb: 1\n');
  assertFixed('a:\n  long\nb: 1\n', set('short'), 'a:\n  short\nb: 1\n');
});

test('strings are quoted where another reader would take them for something else', () => {
  const values = [
    'yes',
    '0644',
    '1e3',
    'null',
    '22:22',
    '2001-01-01',
    '',
    ' a',
    'a: b',
    'a #b',
    '- a',
    '@a',
    '~',
    '0x1F',
    '.5',
    '1_000',
    '---',
  ];
  assertFixed(
    'a: 1\n',
    (root) => [{ op: 'set', node: root.get('a'), value: values }],
    `a:\n${values.map((value) => `- "${value}"\n`).join('')}`,
  );
  const plain = [
    '--flag=false',
    'nginx:1.25',
    'a,b',
    'v1',
    '1.2.3',
    '10Mi',
    'a#b',
    'http://x/y?z',
    '*.x'.slice(1),
    '100m',
    '-v=4',
  ];
  assertFixed(
    'a: 1\n',
    (root) => [{ op: 'set', node: root.get('a'), value: plain }],
    `a:\n${plain.map((value) => `- ${value}\n`).join('')}`,
  );
});

test('text of several lines becomes a literal block', () => {
  assertFixed(
    'a:\n  b: 1\n',
    (root) => [
      { op: 'set', node: root.get('a', 'c'), value: 'one\n\n  two\n' },
      { op: 'set', node: root.get('a', 'd'), value: '  x\ny' },
      { op: 'set', node: root.get('a', 'e'), value: 'x\n\n' },
    ],
    `
    a:
      b: 1
      c: |
        one

          two
      d: |2-
          x
        y
      e: "x\\n\\n"
    `,
  );
});

test('a literal block at the end of a file without a final line break gets one', () => {
  assertFixed('a: 1', (root) => [{ op: 'set', node: root.get('b'), value: 'x\ny\n' }], 'a: 1\nb: |\n  x\n  y\n');
});

test('random bytes are filled in as base64', () => {
  assertFixed(
    'a: 1\n',
    (root) => [{ op: 'set', node: root.get('secret'), value: new RandomBytes(6) }],
    'a: 1\nsecret: BwcHBwcH\n',
  );
});

test('a map over a map changes only what differs', () => {
  assertFixed(
    `
    a:
      # one
      x: 1 # c
      y: 2
      # about z
      z: {k: v}
    `,
    (root) => [{ op: 'set', node: root.get('a'), value: { x: 1, z: { k: 'w', l: 1 }, m: [] } }],
    `
    a:
      # one
      x: 1 # c
      # about z
      z: {k: w, l: 1}
      m: []
    `,
  );
});

test('a list over a list changes only what differs', () => {
  const set =
    (value: string[]): Fix =>
    (root) => [{ op: 'set', node: root.get('a'), value }];
  assertFixed('a:\n- x # 1\n- w # 2\n- z # 3\n', set(['x', 'z']), 'a:\n- x # 1\n- z # 3\n');
  assertFixed('a:\n- x # 1\n- z # 3\n', set(['x', 'w', 'z']), 'a:\n- x # 1\n- w\n- z # 3\n');
  assertFixed('a: ["x", "y"]\n', set(['x', 'w', 'q']), 'a: ["x", "w", "q"]\n');
  assertFixed('a:\n- x\nb: 1\n', set([]), 'a: []\nb: 1\n');
});

test('blocks give way to scalars and scalars to blocks', () => {
  assertFixed(
    'a: # c\n  x: 1\n  y: 2 # d\nb: 1\n',
    (root) => [{ op: 'set', node: root.get('a'), value: 5 }],
    'a: 5 # c\nb: 1\n',
  );
  assertFixed(
    'a: 5 # c\nb: 1\n',
    (root) => [{ op: 'set', node: root.get('a'), value: { x: 1 } }],
    'a: # c\n  x: 1\nb: 1\n',
  );
  assertFixed('- x: 1\n  y: 2\n- z\n', (root) => [{ op: 'set', node: root.get(0), value: 5 }], '- 5\n- z\n');
  assertFixed(
    '- 5 # c\n- z\n',
    (root) => [{ op: 'set', node: root.get(0), value: { x: 1, w: 2 } }],
    '- # c\n  x: 1\n  w: 2\n- z\n',
  );
  assertFixed(
    '- 5\n- z\n',
    (root) => [{ op: 'set', node: root.get(0), value: { x: 1, w: 2 } }],
    '- x: 1\n  w: 2\n- z\n',
  );
});

test('flow maps stay flow maps', () => {
  const set: Fix = (root) => [{ op: 'set', node: root.get('a', 'c', 'd'), value: true }];
  assertFixed('a: {b: 1} # x\n', set, 'a: {b: 1, c: {d: true}} # x\n');
  assertFixed('a: { b: 1 }\n', set, 'a: { b: 1, c: { d: true } }\n');
  assertFixed('a: {b: 1, c: {}}\n', set, 'a: {b: 1, c: {d: true}}\n');
  assertFixed('a: {b: 1, c}\n', set, 'a: {b: 1, c: {d: true}}\n');
  assertFixed('a: {"b": 1}\n', set, 'a: {"b": 1, "c": {"d": true}}\n');
  assertFixed('a: {\n  b: 1, # x\n  e: 2 # y\n}\n', set, 'a: {\n  b: 1, # x\n  e: 2, # y\n  c: {d: true}\n}\n');
  assertFixed('a: {\n  b: 1,\n}\n', set, 'a: {\n  b: 1,\n  c: {d: true},\n}\n');
  assertFixed(
    'a: {b: [x, "y"]}\n',
    (root) => [{ op: 'set', node: root.get('a', 'b'), value: 'a, b' }],
    'a: {b: "a, b"}\n',
  );
});

test('JSON stays JSON in its own indentation', () => {
  assertFixed(
    `
    {
        "kind": "Pod",
        "spec": {
            "containers": [
                {
                    "name": "web"
                }
            ]
        },
        "status": {}
    }
    `,
    (root) => [
      { op: 'set', node: root.get('spec', 'containers', 0, 'securityContext', 'capabilities', 'drop'), value: ['ALL'] },
      { op: 'set', node: root.get('status', 'x'), value: 'yes' },
      { op: 'set', node: root.get('spec', 'hostPID'), value: false },
    ],
    `
    {
        "kind": "Pod",
        "spec": {
            "containers": [
                {
                    "name": "web",
                    "securityContext": {
                        "capabilities": {
                            "drop": [
                                "ALL"
                            ]
                        }
                    }
                }
            ],
            "hostPID": false
        },
        "status": {
            "x": "yes"
        }
    }
    `,
  );
  assertFixed(
    '{"a":{"b":1}}',
    (root) => [{ op: 'set', node: root.get('a', 'c'), value: { d: [1, 2] } }],
    '{"a":{"b":1,"c":{"d":[1,2]}}}',
  );
  assertFixed('{}\n', (root) => [{ op: 'set', node: root.get('a'), value: 1 }], '{\n  "a": 1\n}\n');
});

test('a document in the middle, a byte order mark', () => {
  assertFixed(
    '\uFEFFa: 1\n---\nb: 1\n---\nc: 1\n',
    (root, file) => [
      { op: 'set', node: root.get('x'), value: 1 },
      { op: 'set', node: file.documents[1]?.root.get('w') ?? root, value: { z: 1 } },
    ],
    '\uFEFFa: 1\nx: 1\n---\nb: 1\nw:\n  z: 1\n---\nc: 1\n',
  );
});

test('a value with kept blank lines keeps them', () => {
  assertFixed('a: |+\n  x\n\n\n', (root) => [{ op: 'set', node: root.get('b'), value: 1 }], 'a: |+\n  x\n\n\nb: 1\n');
});

test('a syntax error elsewhere, a repeated key', () => {
  assertFixed(
    'a:\n  b: 1\nc: [1\n',
    (root) => [{ op: 'set', node: root.get('a', 'b'), value: 5 }],
    'a:\n  b: 5\nc: [1\n',
  );
  assertFixed('a: 1\nb: 2\na: 3\n', (root) => [{ op: 'set', node: root.get('a'), value: 5 }], 'a: 1\nb: 2\na: 5\n');
});

test('no edit through an alias or merge key, in a template, on a broken text', () => {
  const set =
    (...path: (string | number)[]): Fix =>
    (root) => [{ op: 'set', node: root.get(...path), value: 1 }];
  assertRefused('a: &x\n  b: 1\nc: *x\n', set('c', 'b'), /alias/);
  assertRefused('a: &x\n  b: 1\nc: *x\n', set('c', 'd'), /alias/);
  assertRefused('a: &x\n  b: 1\nc:\n  <<: *x\n', set('c', 'b'), /alias/);
  assertFixed('a: &x\n  b: 1\nc:\n  <<: *x\n', set('c', 'd'), 'a: &x\n  b: 1\nc:\n  <<: *x\n  d: 1\n');
  assertRefused('a: {{ .Values.a }}\n', set('a'), /Helm/);
  assertRefused('a:\n  {{- if .Values.a }}\n  b: 1\n  {{- end }}\n', set('a', 'c'), /Helm/);
  assertFixed(
    'a:\n  {{- if .Values.a }}\n  b:\n    c: {{ .Values.c }}\n  {{- end }}\n',
    set('a', 'b', 'd'),
    'a:\n  {{- if .Values.a }}\n  b:\n    c: {{ .Values.c }}\n    d: 1\n  {{- end }}\n',
  );
  assertRefused('a: 1\nb: [1\n', set('b', 0), /syntax/);
  assertRefused('a: text\n', set('a', 'b'), /not a map/);
  assertRefused('a: [x]\n', set('a', 3), /items|not a map/);
});
