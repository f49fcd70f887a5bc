// The fixes of the rules about policy code, judged by the engines that read such policies: Gatekeeper's own driver and OPA.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { isNewSyntax, readResources, regoSourcesOf, wrongInputsOf } from '../../../server/src/kubernetes/index.ts';
import { parseManifest } from '../../../server/src/manifest/index.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { fixturesOf } from '../../support/fixtures.ts';
import { askGoProgram, buildGoProgram, skipWithout } from '../../support/goProgram.ts';
import { applyEdits, chosenFix, fixedValues, judge } from '../../support/judgedWorkspace.ts';
import { repositoryRoot } from '../../support/repository.ts';

const program = buildGoProgram(join(import.meta.dirname, 'policies-go'));
const skip = skipWithout(program);

interface Answer {
  readonly denials?: readonly (readonly string[])[];
  readonly error?: string;
}

const policyRules = rules.filter(({ id }) => id.startsWith('image/rego-'));
const trusted = { name: 'web', image: 'mysecure-registry.com/team/web:1.2' };

/** Pods by whether a policy that works lets them in. */
const pods: Readonly<Record<'admitted' | 'denied', readonly object[]>> = {
  admitted: [
    { containers: [trusted] },
    { containers: [trusted, { ...trusted, name: 'more' }], initContainers: [{ ...trusted, name: 'init' }] },
    { containers: [trusted], volumes: [{ name: 'cache', emptyDir: {} }, volumeOf(trusted.image)] },
  ],
  denied: [
    { containers: [{ name: 'web', image: 'docker.io/library/nginx:1.27' }] },
    { containers: [{ name: 'web', image: 'mysecure-registry.com.evil.io/x' }] },
    { containers: [{ name: 'web', image: 'nginx' }] },
    { containers: [trusted, { name: 'web', image: 'evil.io/mysecure-registry.com/x' }] },
    { containers: [trusted], initContainers: [{ name: 'init', image: 'evil.io/x' }] },
    { containers: [trusted], ephemeralContainers: [{ name: 'debug', image: 'busybox' }] },
    { containers: [trusted], volumes: [volumeOf('evil.io/models')] },
  ],
};

function volumeOf(reference: string): object {
  return { name: 'models', image: { reference } };
}

function requestFor(spec: object): object {
  return {
    uid: '1',
    kind: { group: '', version: 'v1', kind: 'Pod' },
    operation: 'CREATE',
    object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec },
  };
}

const requests = [...pods.admitted, ...pods.denied].map(requestFor);

function assertWorks(question: { readonly engine: string; readonly rego: string; readonly version: string }): void {
  const [answer] = askGoProgram<Answer>(program, [{ ...question, requests }]);
  assert.equal(answer?.error, undefined, question.rego);
  assert.deepEqual(
    answer?.denials?.map((messages) => messages.length > 0),
    [...pods.admitted.map(() => false), ...pods.denied.map(() => true)],
    question.rego,
  );
}

/** Applies the fixes of the rules in their order, each wherever it is offered. */
function fixedIn(order: readonly string[], text: string): string {
  let result = text;
  for (const id of order) {
    for (let round = 0; round < 10; round++) {
      const judged = judge(new Map([['policy.yaml', result]]), { rules: policyRules });
      const finding = judged.findings('policy.yaml').find(({ ruleId }) => ruleId === id);
      const fix = finding === undefined ? undefined : chosenFix(finding);
      if (finding === undefined || fix === undefined) break;
      const plan = judged.workspace.planFix(finding.uri, fix, fixedValues);
      assert.equal(plan.kind, 'edits');
      if (plan.kind === 'edits') result = applyEdits(result, plan.edits);
    }
  }
  return result;
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

const sample = readFileSync(join(repositoryRoot, 'examples/guide/5-registry-policy.yaml'), 'utf8');
const sampleRules = [
  'image/rego-literal-wildcard',
  'image/rego-misses-init-containers',
  'image/rego-wrong-input',
  'image/rego-v0-syntax',
];

function regoOf(text: string): string {
  return parseManifest(text).documents[0]?.root.get('spec', 'targets', 0, 'rego').string ?? '';
}

/** The same policy as OPA gets it, from a ConfigMap. */
const configMap = [
  'apiVersion: v1',
  'kind: ConfigMap',
  'metadata:',
  '  name: policy',
  '  namespace: opa',
  'data:',
  '  policy.rego: |',
  ...regoOf(sample)
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`.trimEnd()),
  '',
].join('\n');

describe("the guide's policy", { skip }, () => {
  test('is refused by Gatekeeper, and as it stands denies nothing in OPA', () => {
    const rego = regoOf(sample);
    const [gatekeeper, opa] = askGoProgram<Answer>(program, [
      { engine: 'gatekeeper', rego, version: 'v0', requests },
      { engine: 'opa', rego, version: 'v0', requests },
    ]);
    assert.match(gatekeeper?.error ?? '', /missing required rules: \[violation\]/);
    assert.deepEqual(opa?.denials?.flat(), []);
  });

  test('works in Gatekeeper once it is fixed, in whatever order', () => {
    for (const order of permutations(sampleRules)) {
      const rego = regoOf(fixedIn(order, sample));
      assertWorks({ engine: 'gatekeeper', rego, version: 'v0' });
      assertWorks({ engine: 'gatekeeper', rego, version: 'v1' });
    }
  });

  test('works in Gatekeeper without the newer syntax too', () => {
    const order = sampleRules.filter((id) => id !== 'image/rego-v0-syntax');
    assertWorks({ engine: 'gatekeeper', rego: regoOf(fixedIn(order, sample)), version: 'v0' });
  });

  test('works in OPA before and from 1.0 once it is fixed in a ConfigMap, in whatever order', () => {
    for (const order of permutations(sampleRules)) {
      const fixed = parseManifest(fixedIn(order, configMap)).documents[0]?.root.get('data', 'policy.rego').string ?? '';
      assertWorks({ engine: 'opa', rego: fixed, version: 'v0' });
      assertWorks({ engine: 'opa', rego: fixed, version: 'v1' });
    }
  });
});

test('every fixed fixture holds Rego that its engine loads', { skip }, () => {
  const texts = policyRules.flatMap(({ id }) => fixturesOf(id).flatMap(({ fixed }) => [...(fixed?.values() ?? [])]));
  const sources = texts
    .flatMap((text) => parseManifest(text).documents)
    .flatMap((document) => readResources(document))
    .flatMap(regoSourcesOf)
    // Left to its author: Gatekeeper refuses it, as the rule says.
    .filter((source) => !wrongInputsOf(source).some(({ kind }) => kind === 'deny'));
  assert.ok(sources.length > 20, `${sources.length} modules`);
  const questions = sources.map((source) => ({
    engine: source.engine,
    rego: source.module.code,
    version: source.version ?? (isNewSyntax(source) ? 'v1' : 'v0'),
    requests: [],
  }));
  for (const [index, { error }] of askGoProgram<Answer>(program, questions).entries())
    assert.equal(error, undefined, questions[index]?.rego);
});
