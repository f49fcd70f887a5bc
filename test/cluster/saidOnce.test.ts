// A rule and a check may share an id; what both find is said once, by whoever knows more of it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { saidOnce } from '../../server/src/cluster/judging/saidOnce.ts';
import type { CheckResult, LiveFinding } from '../../server/src/cluster/protocol/index.ts';
import type { ResourceIdentity } from '../../server/src/kubernetes/index.ts';
import { type CheckFailure, clusterChecks, rules } from '../../server/src/rules/index.ts';
import { sentence } from '../../server/src/sentences/index.ts';

const id = 'made/up';
const service = (name: string, namespace = 'shop'): ResourceIdentity => ({
  group: '',
  version: 'v1',
  kind: 'Service',
  namespace,
  name,
});
const finding = (object: ResourceIdentity, more: Partial<LiveFinding> = {}): LiveFinding => ({
  ruleId: id,
  severity: 'warning',
  message: { text: 'By the rule.' },
  messageKey: 'found',
  args: {},
  object,
  path: ['spec', 'type'],
  isSystem: object.namespace === 'kube-system',
  fingerprint: object.name,
  ...more,
});
const check = (...failures: readonly CheckFailure[]): CheckResult => ({
  id,
  summary: { text: 'Nothing is open' },
  why: { text: 'It matters.' },
  severity: 'warning',
  outcome: { kind: 'fail', failures },
});
const failure = (object: ResourceIdentity, more: Partial<CheckFailure> = {}): CheckFailure => ({
  message: { text: 'By the check.' },
  object,
  ...more,
});

const never = () => false;

/** Who speaks of what: `rule a`, `check b`. */
function speakers(
  subject: (typeof rules)[number]['subject'],
  findings: readonly LiveFinding[],
  failures: readonly CheckFailure[],
  controlPlane: readonly ResourceIdentity[] = [],
): readonly string[] {
  const known = { rules: [{ id, subject }], checks: [{ id }] } as const;
  const said = saidOnce({ findings, checks: [check(...failures)], controlPlane, isIgnored: never }, known);
  const ofChecks = said.checks.flatMap(({ outcome }) => {
    assert.equal(outcome.kind, 'fail', 'what fails goes on failing, whoever says so');
    return outcome.kind === 'fail' ? outcome.failures : [];
  });
  return [
    ...said.findings.map(({ object }) => `rule ${object.name}`),
    ...ofChecks.map(({ object }) => `check ${object?.name}`),
  ];
}

describe('a rule and a check of one id', () => {
  test('say of an object what the rule says of it', () => {
    assert.deepEqual(speakers('resource', [finding(service('a'))], [failure(service('a')), failure(service('b'))]), [
      'rule a',
      'check b',
    ]);
  });

  test('read in another version, it is the same object', () => {
    assert.deepEqual(speakers('resource', [finding(service('a'))], [failure({ ...service('a'), version: 'v2' })]), [
      'rule a',
    ]);
  });

  test('both speak where the check knows of something graver', () => {
    assert.deepEqual(speakers('resource', [finding(service('a'))], [failure(service('a'), { severity: 'error' })]), [
      'rule a',
      'check a',
    ]);
  });

  test('a sum is left out once the rule has named every part of it', () => {
    const sum = failure(service('shop'), { sumsUp: [service('a'), service('b')] });
    assert.deepEqual(speakers('podSpec', [finding(service('a')), finding(service('b'))], [sum]), ['rule a', 'rule b']);
    assert.deepEqual(speakers('podSpec', [finding(service('a'))], [sum]), ['rule a', 'check shop']);
  });

  test('what pods got at admission is said of their workload', () => {
    const pod = { ...service('a-1'), kind: 'Pod' };
    assert.deepEqual(speakers('podSpec', [finding(pod, { addedToPodsOf: service('a') })], [failure(service('a'))]), [
      'rule a-1',
    ]);
  });

  test('the check speaks of objects of the system, where findings are hidden', () => {
    const system = service('a', 'kube-system');
    assert.deepEqual(speakers('resource', [finding(system)], [failure(system)]), ['check a']);
    assert.deepEqual(speakers('resource', [finding(system)], [failure(service('b'))]), ['rule a', 'check b']);
  });

  test('the check answers for a rule that judges a folder', () => {
    const whole: CheckFailure = { message: { text: 'Nothing collects metrics.' } };
    assert.deepEqual(speakers('namespace', [finding(service('a'))], [whole]), ['check undefined']);
  });

  test('the check answers for the flags of the control plane, and for no others', () => {
    const pod = { ...service('kube-apiserver-1', 'kube-system'), kind: 'Pod' };
    const hosted = { ...service('kube-apiserver', 'tenant'), kind: 'Deployment' };
    const whole: CheckFailure = { message: { text: 'Everybody may ask.' } };
    assert.deepEqual(speakers('component', [finding(pod), finding(hosted)], [whole], [pod]), [
      'rule kube-apiserver',
      'check undefined',
    ]);
  });
});

test('what an object says is to be ignored, the check ignores', () => {
  const outcomeOf = (...failures: readonly CheckFailure[]) =>
    saidOnce({
      findings: [],
      checks: [check(...failures)],
      controlPlane: [],
      isIgnored: (ruleId, { name }) => ruleId === id && name === 'a',
    }).checks[0]?.outcome;
  assert.equal(outcomeOf(failure(service('a')))?.kind, 'pass');
  const both = outcomeOf(failure(service('a')), failure(service('b')));
  assert.deepEqual(both?.kind === 'fail' ? both.failures.map(({ object }) => object?.name) : [], ['b']);
  assert.equal(outcomeOf(failure(service('shop'), { sumsUp: [service('a'), service('b')] }))?.kind, 'fail');
  assert.equal(outcomeOf({ message: sentence('Of the cluster.') })?.kind, 'fail');
});

test('a check answers for rules of other ids that ask the same of a folder, if it is asked', () => {
  const findings = [finding(service('a')), finding(service('a'), { ruleId: 'other/one' })];
  const ofCluster = { ...check({ message: sentence('Of the cluster.') }), id: 'made/of-cluster' } as const;
  const known = { rules: [], checks: [{ id: 'made/of-cluster', answersFor: [id] }] } as const;
  const idsOf = (...checks: readonly CheckResult[]) =>
    saidOnce({ findings, checks, controlPlane: [], isIgnored: never }, known).findings.map(({ ruleId }) => ruleId);
  assert.deepEqual(idsOf(ofCluster), ['other/one']);
  assert.deepEqual(idsOf(), [id, 'other/one']);
});

test('checks answer for rules that exist and judge a folder', () => {
  for (const { id: ofCheck, answersFor = [] } of clusterChecks) {
    for (const ruleId of answersFor) {
      assert.equal(rules.find((rule) => rule.id === ruleId)?.subject, 'namespace', `${ofCheck}: ${ruleId}`);
    }
  }
});

test('a failure gives way to a rule of another id that says all of it, in objects of the system too', () => {
  const other = 'made/other';
  const said = (object: ResourceIdentity) => {
    const failures = [failure(object, { saidBy: other }), failure(object)];
    const findings = [
      finding(service('web'), { ruleId: other }),
      finding(service('dns', 'kube-system'), { ruleId: other }),
    ];
    const { checks } = saidOnce({ findings, checks: [check(...failures)], controlPlane: [], isIgnored: never });
    return checks.flatMap(({ outcome }) => (outcome.kind === 'fail' ? outcome.failures.length : []));
  };
  assert.deepEqual(said(service('web')), [1]);
  assert.deepEqual(said(service('dns', 'kube-system')), [1]);
  assert.deepEqual(said(service('api')), [2]);
});
