import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FileFindings } from '../../server/src/analysis/index.ts';
import { type Rule, rules as registeredRules } from '../../server/src/rules/index.ts';
import { smallRules } from './testRules.ts';
import { pod, privilegedLines, testWorkspace, uriOf } from './testWorkspace.ts';

const role =
  'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: all}\nrules:\n  - verbs: ["*"]\n    apiGroups: [""]\n    resources: [pods]\n';
const policy =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Ingress]}\n';
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';
const list =
  'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n  spec: {containers: [{name: a, image: b, securityContext: {privileged: true}}]}\n';

const documents = [
  pod('web', ...privilegedLines),
  pod('web').replace('name: web', 'name: web\n  namespace: shop'),
  pod('{{ .name }}', '{{ if .x }}', 'tty: true', '{{ end }}'),
  `# kubeharden-ignore pod/privileged -- why\n${pod('web', ...privilegedLines)}`,
  role,
  policy,
  namespace,
  list,
  'a: 1\n',
  '',
  '{"apiVersion":"v1","kind":"Pod"}\n',
];

/** Pieces that change the meaning of what stands around them. */
const pieces = [
  '---\n',
  '\n---\n',
  '# kubeharden-ignore pod/privileged -- why\n',
  '# kubeharden-ignore-file pod/host-network -- why\n',
  'hostNetwork: true\n',
  '  ',
  '\n',
  ': ',
  '{',
  '"',
  '- ',
  'privileged: true',
  'shop',
  '{{ x }}',
  '\r\n',
  '\r',
  '...\n',
  '\uFEFF',
  ' |\n',
];

interface Edit {
  readonly file: number;
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    file: fc.nat(1),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.oneof(fc.constant(0), fc.nat(40)),
    text: fc.oneof(fc.constantFrom(...pieces, ...documents, ''), fc.string({ maxLength: 3 })),
  }),
  { minLength: 1, maxLength: 8 },
);

const text = fc
  .array(fc.constantFrom(...documents), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join('---\n'));

/** Everything of an answer that a face shows. */
function visible({ findings, suppressed, ...rest }: FileFindings) {
  const seen = (finding: FileFindings['findings'][number]) => ({
    rule: finding.ruleId,
    severity: finding.severity,
    range: finding.range,
    message: finding.message,
    resource: finding.resource,
    fingerprint: finding.fingerprint,
    related: finding.related,
    fixes: finding.fixes().map((fix) => fix.title),
  });
  return {
    ...rest,
    findings: findings.map(seen),
    suppressed: suppressed.map(({ finding, reason }) => [seen(finding), reason]),
  };
}

const paths = ['a.yaml', 'b.yaml'];

function assertIncremental(rules: readonly Rule[], texts: readonly [string, string], changes: readonly Edit[]): void {
  const settings = { profile: 'all' as const };
  const edited = testWorkspace({ rules, settings });
  for (const [index, path] of paths.entries()) edited.set(path, texts[index] ?? '');
  for (const { file, at, length, text: inserted } of changes) {
    const uri = uriOf(paths[file] ?? '');
    const current = edited.workspace.file(uri)?.text ?? '';
    const start = Math.floor(at * current.length);
    edited.workspace.change(uri, [{ start, end: Math.min(start + length, current.length), text: inserted }]);
    edited.findings(paths[file] ?? '');
  }
  const fresh = testWorkspace({ rules, settings });
  for (const path of paths.toReversed()) fresh.set(path, edited.workspace.file(uriOf(path))?.text ?? '');
  for (const path of paths) {
    assert.deepEqual(visible(edited.findings(path)), visible(fresh.findings(path)));
    for (const { range } of edited.findings(path).findings) assert.equal(range.start.line, range.end.line);
  }
}

test('after any edits the answer is that of an analysis from scratch (small rules)', () => {
  fc.assert(
    fc.property(fc.tuple(text, text), edits, (texts, changes) => assertIncremental(smallRules, texts, changes)),
    { numRuns: 300 },
  );
});

test('after any edits the answer is that of an analysis from scratch (all rules)', () => {
  fc.assert(
    fc.property(fc.tuple(text, text), edits, (texts, changes) => assertIncremental(registeredRules, texts, changes)),
    { numRuns: 150 },
  );
});

test('fixing all never fails and never fixes twice, whatever the text', () => {
  fc.assert(
    fc.property(text, edits, (before, changes) => {
      const { workspace, set } = testWorkspace({ rules: registeredRules, settings: { profile: 'all' } });
      const uri = uriOf('a.yaml');
      set('a.yaml', before);
      for (const { at, length, text: inserted } of changes) {
        const current = workspace.file(uri)?.text ?? '';
        const start = Math.floor(at * current.length);
        workspace.change(uri, [{ start, end: Math.min(start + length, current.length), text: inserted }]);
      }
      const request = { classes: ['safe', 'hardening'] as const };
      const values = { randomBytes: (count: number) => 'A'.repeat(count) };
      const once = workspace.fixAll(uri, request, values);
      set('a.yaml', once.text);
      assert.deepEqual(workspace.fixAll(uri, request, values).edits, []);
    }),
    { numRuns: 100 },
  );
});
