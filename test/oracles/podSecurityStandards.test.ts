// The official pods of the Pod Security Standards (kubernetes/pod-security-admission, test/testdata) and what its own
// checks say of each: our rules say the same, in a Pod, a Deployment and a CronJob.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { rules } from '../../server/src/rules/index.ts';
import { fixEverything, judge } from '../support/judgedWorkspace.ts';

const oracles = process.env.KUBEHARDEN_ORACLES;
const skip = oracles === undefined ? 'not requested: KUBEHARDEN_ORACLES is not set' : false;

const judged = rules.filter((rule) => rule.references.pss !== undefined);
const checks = new Set(judged.flatMap((rule) => rule.references.pss ?? []).map(({ check }) => check));

/** A finding stands for a baseline check only as an error: what restricted alone forbids is less severe. */
function checksFound(manifest: unknown): readonly string[] {
  const files = new Map([['manifest.json', JSON.stringify(manifest)]]);
  const found = judge(files, { rules: judged })
    .findings('manifest.json')
    .flatMap(({ ruleId, severity }) => {
      const checks = judged.find((rule) => rule.id === ruleId)?.references.pss ?? [];
      return checks.filter(({ level }) => level === 'restricted' || severity === 'error');
    });
  return [...new Set(found.map(({ check }) => check))].sort();
}

interface Pod {
  readonly metadata: unknown;
  readonly spec: unknown;
}

const wrappings: Readonly<Record<string, (pod: Pod) => unknown>> = {
  Pod: (pod) => pod,
  Deployment: ({ metadata, spec }) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'wrapped' },
    spec: { template: { metadata, spec } },
  }),
  CronJob: ({ metadata, spec }) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'wrapped' },
    spec: { jobTemplate: { spec: { template: { metadata, spec } } } },
  }),
};

describe('Pod Security Standards 1.37', { skip }, () => {
  const root = join(oracles ?? '', 'pss');
  const expected = oracles === undefined ? {} : readExpected(root);
  for (const [wrapping, wrap] of Object.entries(wrappings)) {
    test(wrapping, () => {
      assert.ok(Object.keys(expected).length >= 148);
      for (const [path, forbidden] of Object.entries(expected)) {
        const pod = parse(readFileSync(join(root, 'test', 'testdata', path), 'utf8')) as Pod;
        const found = checksFound(wrap(pod));
        const wanted = forbidden.filter((check) => checks.has(check));
        assert.deepEqual(found, wanted.toSorted(), path);
      }
    });
  }

  test('the fixes leave a pod that passes, but for findings that have none', () => {
    for (const path of Object.keys(expected)) {
      const text = readFileSync(join(root, 'test', 'testdata', path), 'utf8');
      const fixed = fixEverything(judge(new Map([[path, text]]), { rules: judged }));
      const left = judge(fixed, { rules: judged }).findings(path);
      assert.deepEqual(
        left.flatMap((finding) => finding.fixes()),
        [],
        path,
      );
      const hasNoFix = left.every(({ ruleId }) =>
        ['pod/privileged', 'pod/privilege-escalation', 'pod/volume-types'].includes(ruleId),
      );
      assert.ok(hasNoFix, `${path}: ${left.map(({ ruleId }) => ruleId).join(', ')}`);
    }
  });
});

function readExpected(root: string): Readonly<Record<string, readonly string[]>> {
  const { files } = JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')) as {
    readonly files: Readonly<Record<string, { readonly all_checks_any_level: readonly string[] }>>;
  };
  return Object.fromEntries(Object.entries(files).map(([path, verdict]) => [path, verdict.all_checks_any_level]));
}
