// Pod Security admission as it runs in an API server, and our rules: both forbid the same pods at both levels. The single
// checks are compared in test/rules/podSecurity.go.test.ts; this is about the whole: labels, versions, validation.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parseManifest } from '../../../server/src/manifest/index.ts';
import { judge, settingsOf } from '../../support/judgedWorkspace.ts';
import { checksOf, podSecurityRules } from '../../support/podSecurity/checkSets.ts';
import { messageOf } from '../apiServer/apiClient.ts';
import type { Cluster } from '../apiServer/cluster.ts';
import { sharedCluster } from '../apiServer/sharedCluster.ts';
import { fixtureVariants, objectsOf } from './fixtureObjects.ts';

const levels = ['baseline', 'restricted'] as const;
type Level = (typeof levels)[number];

interface Case {
  readonly name: string;
  readonly pod: unknown;
  /** Minor version of the standards; undefined for the newest. */
  readonly version?: number;
}

/** Of the server: `undefined` where it refuses the pod for another reason, or cannot read it. */
type Allowed = boolean | undefined;

describe('Pod Security admission and the rules', () => {
  let cluster: Cluster;
  const namespaces = new Map<string, Promise<void>>();

  before(async () => {
    cluster = await sharedCluster();
  });
  after(() => cluster.close());

  async function isAdmitted(pod: unknown, level: Level, version: number | undefined): Promise<Allowed> {
    const namespace = `pss-${level}-${version ?? 'latest'}`;
    const prefix = 'pod-security.kubernetes.io';
    const labels = {
      [`${prefix}/enforce`]: level,
      [`${prefix}/enforce-version`]: version === undefined ? 'latest' : `v1.${version}`,
    };
    const created = namespaces.get(namespace) ?? cluster.createNamespace(namespace, labels);
    namespaces.set(namespace, created);
    await created;
    const path = `/api/v1/namespaces/${namespace}/pods?dryRun=All`;
    const { metadata, ...rest } = pod as { readonly metadata?: { readonly annotations?: unknown } };
    const moved = { ...rest, metadata: { name: 'pod', annotations: metadata?.annotations } };
    const answer = await cluster.admin.send('POST', path, moved);
    if (answer.status === 201) return true;
    return messageOf(answer).includes(`violates PodSecurity "${level}:`) ? false : undefined;
  }

  /** How many pods the server judged, having compared each of its verdicts with ours. */
  async function compare(cases: readonly Case[]): Promise<Readonly<Record<'allowed' | 'forbidden', number>>> {
    const counts = { allowed: 0, forbidden: 0 };
    const differences: string[] = [];
    const judged = cases.flatMap((each) =>
      levels.map(async (level) => {
        const theirs = await isAdmitted(each.pod, level, each.version);
        if (theirs === undefined) return;
        counts[theirs ? 'allowed' : 'forbidden']++;
        const checks = ourChecks(each, level);
        if ((checks.length === 0) === theirs) return;
        const verdict = theirs ? 'allows' : 'forbids';
        differences.push(
          `${each.name}: ${level} ${verdict} it, we find [${checks.join(', ')}]\n${JSON.stringify(each.pod)}`,
        );
      }),
    );
    await Promise.all(judged);
    assert.deepEqual(differences, []);
    return counts;
  }

  test('forbid the same pods', async (context) => {
    const official = officialPods();
    const { allowed, forbidden } = await compare([...fixturePods(), ...official]);
    context.diagnostic(`${allowed} allowed, ${forbidden} forbidden, with ${official.length} pods of Kubernetes itself`);
    assert.ok(allowed > 50 && forbidden > 50, `${allowed} allowed, ${forbidden} forbidden`);
  });
});

/** Those in the fixtures of the rules that stand for a check. */
function fixturePods(): readonly Case[] {
  return fixtureVariants()
    .filter(({ fixture }) => podSecurityRules.some(({ id }) => id === fixture.ruleId))
    .flatMap((variant) => {
      const { version } = settingsOf(variant.fixture);
      return objectsOf(variant)
        .filter(({ object }) => object.kind === 'Pod')
        .map(({ id, object }): Case => ({ name: id, pod: object, ...(version && { version: version.minor }) }));
    });
}

/** Those that Kubernetes itself tests with (pod-security-admission, test/testdata), where they are at hand. */
function officialPods(): readonly Case[] {
  const oracles = process.env.KUBEHARDEN_ORACLES;
  if (oracles === undefined) return [];
  const folder = join(oracles, 'pss', 'test', 'testdata');
  return globSync('**/*.yaml', { cwd: folder }).map((name) => ({
    name,
    pod: parseManifest(readFileSync(join(folder, name), 'utf8')).documents[0]?.root.toJson(),
  }));
}

/** The checks of a level that our findings stand for. */
function ourChecks({ pod, version }: Case, level: Level): readonly string[] {
  const files = new Map([['pod.json', JSON.stringify(pod)]]);
  const settings = version === undefined ? {} : { version: { minor: version } };
  const found = judge(files, { rules: podSecurityRules, settings }).findings('pod.json').flatMap(checksOf);
  return found.filter((check) => level === 'restricted' || check.level === 'baseline').map(({ check }) => check);
}
