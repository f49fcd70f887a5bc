// Polaris' fixes: for each fixture that it has a repaired form of (`failure*.yaml` -> `mutated*.yaml`), ours get as far.
//
// The rules are those that name the check among their peers; their fixes are applied until none is left. Both texts are
// parsed and compared as values, maps and lists with nothing in them left out. Where the two differ on purpose, the
// expectation below says how and why.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { rules } from '../../server/src/rules/index.ts';
import { fixEverything, judge } from '../support/judgedWorkspace.ts';
import { asWholeObjects } from './wholeObjects.ts';

const oracles = process.env.KUBEHARDEN_ORACLES;
const skip = oracles === undefined ? 'not requested: KUBEHARDEN_ORACLES is not set' : false;
const checks = join(oracles ?? '', 'polaris', 'test', 'checks');

/** What the texts are made alike in before they are compared. */
type Expectation =
  /** Our fix leaves a value to be filled in where Polaris guesses one. `at` is the path of the guess in its form. */
  | { readonly kind: 'placeholder'; readonly at: string; readonly reason: string }
  /** Written differently, but the same once the API server has filled in and handed down what is not written. */
  | { readonly kind: 'defaults'; readonly reason: string }
  /** Our rule reports it and offers no fix, because what Polaris does is not a manifest's to decide. */
  | { readonly kind: 'reported'; readonly reason: string };

const container = 'spec.containers.0';
const quantity = 'Nobody can tell from the manifest what the workload needs: a guess is killed, throttled or wasteful.';
const probe = 'Polaris copies the probe of an example, which fails in any image without a file /tmp/healthy.';
const always =
  'Without a tag Kubernetes itself sets Always (pkg/apis/core/v1/defaults.go, SetDefaults_Container), so nothing is to be fixed.';

/** Without an entry, the two have to be the same. */
const expectations: Readonly<Record<string, Expectation>> = {
  'cpuLimitsMissing/mutated.yaml': { kind: 'placeholder', at: `${container}.resources.limits.cpu`, reason: quantity },
  'cpuRequestsMissing/mutated.yaml': {
    kind: 'placeholder',
    at: `${container}.resources.requests.cpu`,
    reason: quantity,
  },
  'memoryLimitsMissing/mutated.yaml': {
    kind: 'placeholder',
    at: `${container}.resources.limits.memory`,
    reason: quantity,
  },
  'memoryLimitsMissing/mutated.cpu.yaml': {
    kind: 'placeholder',
    at: `${container}.resources.limits.memory`,
    reason: quantity,
  },
  'memoryRequestsMissing/mutated.yaml': {
    kind: 'placeholder',
    at: `${container}.resources.requests.memory`,
    reason: quantity,
  },
  'deploymentMissingReplicas/mutated.yaml': {
    kind: 'reported',
    reason: 'Whether a workload bears running three times at once (locks, volumes of one node) is not in its manifest.',
  },
  'livenessProbeMissing/mutated.yaml': { kind: 'placeholder', at: `${container}.livenessProbe`, reason: probe },
  'readinessProbeMissing/mutated.yaml': { kind: 'placeholder', at: `${container}.readinessProbe`, reason: probe },
  'pullPolicyNotAlways/mutated.yaml': { kind: 'defaults', reason: always },
  'pullPolicyNotAlways/mutated.cron-job.yaml': { kind: 'defaults', reason: always },
  'runAsRootAllowed/mutated.yaml': {
    kind: 'defaults',
    reason:
      'Ours sets runAsNonRoot for the whole pod, from where the container and every other of the pod inherits it.',
  },
};

interface Pair {
  readonly name: string;
  readonly check: string;
  readonly failure: string;
  readonly mutated: string;
}

function pairs(): readonly Pair[] {
  if (!existsSync(checks)) return [];
  return readdirSync(checks).flatMap((check) =>
    readdirSync(join(checks, check))
      .filter((name) => name.startsWith('mutated'))
      .map((name) => ({
        name: `${check}/${name}`,
        check,
        failure: readFileSync(join(checks, check, name.replace('mutated', 'failure')), 'utf8'),
        mutated: readFileSync(join(checks, check, name), 'utf8'),
      })),
  );
}

describe("Polaris' fixes", { skip }, () => {
  const all = pairs();
  test('there are 20, and each expectation is of one', () => {
    assert.equal(all.length, 20);
    const names = all.map(({ name }) => name);
    assert.deepEqual(
      Object.keys(expectations).filter((name) => !names.includes(name)),
      [],
    );
  });

  for (const { name, check, failure, mutated } of all) {
    test(name, () => {
      const mapped = rules.filter(({ references }) => references.peers?.includes(`PO:${check}`) === true);
      assert.ok(mapped.length > 0, `no rule names PO:${check}`);
      const text = asWholeObjects(failure);
      const judged = judge(new Map([['manifest.yaml', text]]), { rules: mapped });
      const reported = judged.findings('manifest.yaml').length;
      const ours = parse(fixEverything(judged).get('manifest.yaml') ?? '') as unknown;
      const theirs = parse(asWholeObjects(mutated)) as unknown;
      const expectation = expectations[name];
      if (expectation === undefined) {
        assert.deepEqual(pruned(ours), pruned(theirs));
        return;
      }
      assert.match(expectation.reason, /\w.*\.$/, 'a reason is a sentence');
      assert.notDeepEqual(pruned(ours), pruned(theirs), 'the two are the same now: take the expectation out');
      if (expectation.kind === 'placeholder') {
        const path = expectation.at.split('.');
        assert.match(JSON.stringify(valueAt(ours, path)), /REPLACE_WITH_/, 'no placeholder');
        assert.ok(valueAt(theirs, path) !== undefined);
        assert.deepEqual(pruned(without(ours, path)), pruned(without(theirs, path)));
      } else if (expectation.kind === 'defaults') {
        assert.deepEqual(pruned(asServed(ours)), pruned(asServed(theirs)));
      } else {
        assert.equal(reported, 1);
        assert.deepEqual(ours, parse(text));
      }
    });
  }
});

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Without maps and lists that hold nothing, and without null. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, pruned(each)] as const);
  return Object.fromEntries(entries.filter(([, each]) => !isNothing(each)));
}

function isNothing(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
}

function valueAt(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (Array.isArray(value)) return valueAt(value[Number(step)], rest);
  return isMap(value) ? valueAt(value[step], rest) : undefined;
}

function without(value: unknown, [step = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each, index) => (index === Number(step) ? without(each, rest) : each));
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== step || rest.length > 0);
  return Object.fromEntries(entries.map(([key, each]) => [key, key === step ? without(each, rest) : each]));
}

/** With the default of `imagePullPolicy`, and with the pod's `runAsNonRoot` where its containers inherit it. */
function asServed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asServed);
  if (!isMap(value)) return value;
  const served = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asServed(each)]));
  const { containers, securityContext, ...rest } = served;
  if (!Array.isArray(containers)) return served;
  const { runAsNonRoot, ...ofPod } = isMap(securityContext) ? securityContext : {};
  return {
    ...rest,
    securityContext: ofPod,
    containers: containers.filter(isMap).map((each) => ({
      imagePullPolicy: /:(?!latest$)[^/]*$/.test(String(each.image)) ? 'IfNotPresent' : 'Always',
      ...each,
      securityContext: { runAsNonRoot, ...(isMap(each.securityContext) ? each.securityContext : {}) },
    })),
  };
}
