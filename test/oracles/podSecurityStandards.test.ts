// The official pods of the Pod Security Standards (kubernetes/pod-security-admission, test/testdata) and what its own
// checks say of each: our rules say the same, at the same place, in a Pod, a Deployment and a CronJob.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import type { Finding } from '../../server/src/analysis/index.ts';
import { findingPlace } from '../../server/src/kubernetes/index.ts';
import { type ManifestNode, type ManifestPath, parseManifest } from '../../server/src/manifest/index.ts';
import { skipWithout } from '../support/goProgram.ts';
import { fixEverything, judge } from '../support/judgedWorkspace.ts';
import { admissionsOf, buildAdmission } from '../support/podSecurity/admission.ts';
import { checksOf, podSecurityRules } from '../support/podSecurity/checkSets.ts';

const oracles = process.env.KUBEHARDEN_ORACLES;
const skip = oracles === undefined ? 'not requested: KUBEHARDEN_ORACLES is not set' : false;
const root = join(oracles ?? '', 'pss');

/** What Kubernetes says of a pod. */
interface Verdict {
  readonly expected: 'pass' | 'fail';
  /** Where the checks of the level that the pod was written for, by id, forbid something. */
  readonly violations: Readonly<Record<string, readonly string[]>>;
  /** Baseline checks as well as the restricted ones that override them. */
  readonly all_checks_any_level: readonly string[];
}

type Level = 'baseline' | 'restricted';

interface OfficialPod {
  readonly path: string;
  /** The folder's. */
  readonly level: Level;
  readonly text: string;
  readonly verdict: Verdict;
}

function officialPods(): readonly OfficialPod[] {
  if (oracles === undefined) return [];
  const expected = JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')) as {
    readonly files: Readonly<Record<string, Verdict>>;
  };
  return Object.entries(expected.files).map(([path, verdict]) => ({
    path,
    level: path.startsWith('restricted/') ? 'restricted' : 'baseline',
    text: readFileSync(join(root, 'test', 'testdata', path), 'utf8'),
    verdict,
  }));
}

const pods = officialPods();

interface Wrapping {
  /** Where the pod's metadata and spec come to lie. */
  readonly template: readonly string[];
  wrap(pod: { readonly metadata: unknown; readonly spec: unknown }): unknown;
}

const wrappings: Readonly<Record<string, Wrapping>> = {
  Pod: { template: [], wrap: (pod) => pod },
  Deployment: {
    template: ['spec', 'template'],
    wrap: ({ metadata, spec }) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'wrapped' },
      spec: { template: { metadata, spec } },
    }),
  },
  CronJob: {
    template: ['spec', 'jobTemplate', 'spec', 'template'],
    wrap: ({ metadata, spec }) => ({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'wrapped' },
      spec: { jobTemplate: { spec: { template: { metadata, spec } } } },
    }),
  },
};

/** Reads `spec.containers[0].name`; the key of an annotation stands in brackets as it is. */
function readPath(written: string): ManifestPath {
  return [...written.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([step, inBrackets]) => {
    if (inBrackets === undefined) return step;
    return /^\d+$/.test(inBrackets) ? Number(inBrackets) : inBrackets;
  });
}

interface Violation {
  readonly check: string;
  /** As our findings give it: for what is missing, what is written around it. */
  readonly place: ManifestPath;
  /** Of the container that it is in. */
  readonly container: string | undefined;
}

function expectedViolations({ verdict }: OfficialPod, template: ManifestNode): readonly Violation[] {
  return Object.entries(verdict.violations).flatMap(([check, places]) =>
    places.map((written) => {
      const path = readPath(written);
      const node = template.get(...path);
      const container = template.get(...path.slice(0, 3));
      return {
        check,
        place: node.isKnown ? node.path : findingPlace(node).path,
        container: path[1]?.toString().endsWith('ontainers') ? container.get('name').string : undefined,
      };
    }),
  );
}

/** Whether a finding speaks of a violation: within its place, or about the pod's value that the container inherits. */
function isAbout(finding: Finding, { check, place, container }: Violation): boolean {
  if (!checksOf(finding).some((each) => each.check === check)) return false;
  const { path } = finding.place;
  if (place.every((step, index) => step === path[index])) return true;
  return container !== undefined && finding.messageKey === 'heirs' && finding.message.includes(`"${container}"`);
}

/** Checks that the restricted level overrides speak only in pods of the baseline. */
function isJudgedBy(check: string, { level }: OfficialPod): boolean {
  const levels = podSecurityRules
    .flatMap(({ references }) => references.pss ?? [])
    .filter((reference) => reference.check === check)
    .map((reference) => reference.level);
  if (level === 'baseline') return levels.includes('baseline');
  return !['capabilities_baseline', 'hostPathVolumes', 'procMount', 'seccompProfile_baseline'].includes(check);
}

function judgeAlone(text: string): readonly Finding[] {
  return judge(new Map([['manifest.yaml', text]]), { rules: podSecurityRules }).findings('manifest.yaml');
}

describe('Pod Security Standards 1.37', { skip }, () => {
  for (const [name, { wrap, template }] of Object.entries(wrappings)) {
    test(`verdict, checks and places in a ${name}`, () => {
      assert.equal(pods.length, 148);
      for (const pod of pods) {
        const manifest = name === 'Pod' ? pod.text : JSON.stringify(wrap(parse(pod.text)));
        const findings = judgeAlone(manifest);
        const checks = new Set(findings.flatMap(checksOf).map(({ check }) => check));
        assert.deepEqual([...checks].sort(), pod.verdict.all_checks_any_level.toSorted(), pod.path);
        const [document] = parseManifest(manifest).documents;
        assert.ok(document !== undefined);
        const violations = expectedViolations(pod, document.root.get(...template));
        const ofLevel = findings.filter((finding) => checksOf(finding).some(({ check }) => isJudgedBy(check, pod)));
        assert.deepEqual(
          violations.filter((violation) => !ofLevel.some((finding) => isAbout(finding, violation))),
          [],
          `${pod.path}: not found`,
        );
        assert.deepEqual(
          ofLevel
            .filter((finding) => !violations.some((violation) => isAbout(finding, violation)))
            .map(({ message }) => message),
          [],
          `${pod.path}: nothing to be found there`,
        );
        assert.equal(ofLevel.length === 0 ? 'pass' : 'fail', pod.verdict.expected, pod.path);
      }
    });
  }
});

/**
 * Pods that no fix makes pass, and why. The list may only shrink.
 *
 * `pod/volume-types`: what stands in for a disk or a server of the pod's own is a PersistentVolumeClaim, and the volume
 * behind it is for an administrator to make.
 */
const withoutFix: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 19 }, (_, index) => [
    `restricted/v1.37/fail/restrictedvolumes${index}.yaml`,
    'pod/volume-types',
  ]),
);

describe('Pod Security Standards 1.37, after the fixes', { skip }, () => {
  const fixed = pods.map(({ path, text }) => {
    const texts = fixEverything(judge(new Map([['manifest.yaml', text]]), { rules: podSecurityRules }));
    return { path, text: texts.get('manifest.yaml') ?? '' };
  });

  test('our rules are content with every pod that has fixes', () => {
    for (const { path, text } of fixed) {
      const left = new Set(judgeAlone(text).map(({ ruleId }) => ruleId));
      assert.deepEqual([...left].join(), withoutFix.get(path) ?? '', path);
    }
  });

  const admission = buildAdmission();
  test("so are Kubernetes' own checks", { skip: skipWithout(admission) }, () => {
    const admissions = admissionsOf(
      admission,
      fixed.map(({ text }) => ({ text, version: 37 })),
    );
    for (const [index, { path }] of fixed.entries()) {
      const judged = admissions[index];
      assert.ok(judged !== undefined && 'restricted' in judged, path);
      assert.equal(judged.restricted.join(), withoutFix.has(path) ? 'restrictedVolumes' : '', path);
    }
  });
});
