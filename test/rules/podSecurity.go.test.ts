// Random pods, judged by our rules and by Kubernetes' own Pod Security checks: the same checks forbid them, at both levels
// and in every version. KUBEHARDEN_PSS_PODS says how many, KUBEHARDEN_PSS_SEED which.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rules } from '../../server/src/rules/index.ts';
import { skipWithout } from '../support/goProgram.ts';
import { type JudgedWorkspace, judge } from '../support/judgedWorkspace.ts';
import { type Admitted, admissionsOf, buildAdmission, type JudgedPod } from '../support/podSecurity/admission.ts';
import { type CheckSets, checkSetsOf, podSecurityRules } from '../support/podSecurity/checkSets.ts';
import { type RandomPod, randomPod } from '../support/podSecurity/randomPod.ts';

const admission = buildAdmission();
const skip = skipWithout(admission);
const count = Number(process.env.KUBEHARDEN_PSS_PODS ?? 2000);
const seed = Number(process.env.KUBEHARDEN_PSS_SEED ?? Date.now() % 2 ** 31);
const batch = 2000;

const workspaces = new Map<JudgedPod['version'], JudgedWorkspace>();

function workspaceFor(version: JudgedPod['version']): JudgedWorkspace {
  const known = workspaces.get(version);
  if (known !== undefined) return known;
  const settings = version === 'latest' ? {} : { version: { minor: version } };
  const created = judge(new Map([['pod.yaml', '']]), { rules: podSecurityRules, settings });
  workspaces.set(version, created);
  return created;
}

/**
 * What our findings say. From 1.25 on Kubernetes' restricted check passes a Windows pod with a seccomp profile that its
 * baseline check forbids, for the API server refuses that pod anyway. Our one finding then speaks of the baseline alone.
 */
function ourChecks({ text, version, isForWindows }: RandomPod, restrictedChecks: readonly string[]): CheckSets {
  const workspace = workspaceFor(version);
  workspace.setText('pod.yaml', text);
  const isExempt = isForWindows && (version === 'latest' || version >= 25);
  const asked = isExempt ? restrictedChecks.filter((id) => id !== 'seccompProfile_restricted') : restrictedChecks;
  return checkSetsOf(workspace.findings('pod.yaml'), asked);
}

interface Judgement {
  readonly pod: RandomPod;
  readonly kubernetes: Admitted;
  readonly ours: CheckSets;
}

/** Of the pods that the API server can read. */
function judgements(pods: readonly RandomPod[]): readonly Judgement[] {
  const admissions = admissionsOf(admission, pods);
  return pods.flatMap((pod, index) => {
    const kubernetes = admissions[index];
    if (kubernetes === undefined || 'error' in kubernetes) return [];
    return [{ pod, kubernetes, ours: ourChecks(pod, kubernetes.checks) }];
  });
}

function agrees({ kubernetes, ours }: Judgement): boolean {
  return kubernetes.baseline.join() === ours.baseline.join() && kubernetes.restricted.join() === ours.restricted.join();
}

/** As a fixture of a rule begins, and what is to be marked in it or not. */
function described({ pod, kubernetes, ours }: Judgement): string {
  const settings = pod.version === 'latest' ? '' : `# settings: kubernetesVersion=1.${pod.version}\n`;
  const lines = (['baseline', 'restricted'] as const).map(
    (level) => `${level}: Kubernetes [${kubernetes[level].join(', ')}], we [${ours[level].join(', ')}]\n`,
  );
  return `${settings}${pod.text}\n\n${lines.join('')}`;
}

/** The pods of a batch, generated as fast-check generates them when it shrinks. */
function podsOf(parameters: fc.Parameters<[RandomPod]>): readonly RandomPod[] {
  const pods: RandomPod[] = [];
  fc.assert(
    fc.property(randomPod, (pod) => {
      pods.push(pod);
    }),
    parameters,
  );
  return pods;
}

/** Shrinks the pod of a batch on which the two disagree. */
function smallestDisagreement(parameters: fc.Parameters<[RandomPod]>, index: number): Judgement {
  const disagreement = fc.check(
    fc.property(randomPod, (pod) => judgements([pod]).every(agrees)),
    { ...parameters, path: String(index) },
  );
  const pod = disagreement.counterexample?.[0];
  const [judgement] = pod === undefined ? [] : judgements([pod]);
  assert.ok(judgement !== undefined, `the disagreement over pod ${index} is gone when judged again`);
  return judgement;
}

function countOutcome(
  outcomes: Map<string, { forbids: number; allows: number }>,
  check: string,
  { restricted }: CheckSets,
): void {
  const outcome = outcomes.get(check) ?? { forbids: 0, allows: 0 };
  outcome[restricted.includes(check) ? 'forbids' : 'allows']++;
  outcomes.set(check, outcome);
}

test(`the same checks forbid ${count} random pods (seed ${seed})`, { skip }, (context) => {
  const outcomes = new Map<string, { forbids: number; allows: number }>();
  let compared = 0;
  for (let done = 0; done < count; done += batch) {
    const parameters = { seed: seed + done, numRuns: Math.min(batch, count - done) };
    const pods = podsOf(parameters);
    const judged = judgements(pods);
    const disagreement = judged.find((each) => !agrees(each));
    if (disagreement !== undefined) {
      assert.fail(described(smallestDisagreement(parameters, pods.indexOf(disagreement.pod))));
    }
    compared += judged.length;
    for (const { kubernetes } of judged) {
      for (const check of kubernetes.checks) countOutcome(outcomes, check, kubernetes);
    }
  }
  context.diagnostic(`seed ${seed}: ${compared} pods of ${count} could be read and were judged alike`);
  assert.ok(compared > count * 0.98, `only ${compared} of ${count} pods can be read`);
  for (const [check, { forbids, allows }] of outcomes) {
    assert.ok(Math.min(forbids, allows) > count / 100, `${check} forbids ${forbids} pods and allows ${allows}`);
  }
});

test('no rule hides what a check forbids, but one that stands for the same check', () => {
  for (const { id, overrides = [], references } of rules) {
    const own = (references.pss ?? []).map(({ check }) => check);
    for (const hidden of podSecurityRules.filter((rule) => overrides.includes(rule.id))) {
      const lost = (hidden.references.pss ?? []).filter(({ check }) => !own.includes(check));
      assert.deepEqual(lost, [], `${id} overrides ${hidden.id}`);
    }
  }
});
