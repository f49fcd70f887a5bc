// The API server as a judge of the rules: it takes what they leave alone and what their fixes leave behind, and it
// refuses what they say it does.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { settingsOf } from '../../support/judgedWorkspace.ts';
import type { Cluster } from '../apiServer/cluster.ts';
import { sharedCluster } from '../apiServer/sharedCluster.ts';
import { type DryRun, dryRunOn, type Verdict } from './dryRun.ts';
import { type FixtureObject, type FixtureVariant, fixtureVariants, objectsOf } from './fixtureObjects.ts';
import { fixedByAll, type JudgedFiles, judgeFiles } from './judgedFiles.ts';
import { refusedFixtures } from './refusedFixtures.ts';

interface JudgedObject extends FixtureObject {
  readonly variant: FixtureVariant;
  readonly verdict: Verdict;
  /** The messages of all rules that say the API server refuses this document. */
  readonly claims: readonly string[];
}

describe('the API server and the fixtures', () => {
  let cluster: Cluster;
  let dryRun: DryRun;
  const judged: JudgedObject[] = [];

  before(async () => {
    cluster = await sharedCluster();
    dryRun = await dryRunOn(cluster);
    for (const variant of fixtureVariants()) {
      const claims = claimsIn(variant);
      const verdicts = objectsOf(variant).map(async (object) => ({
        ...object,
        variant,
        verdict: await dryRun.judge(object.object),
        claims: claims(object),
      }));
      judged.push(...(await Promise.all(verdicts)));
    }
  });
  after(() => cluster.close());

  const refused = () =>
    judged.flatMap(({ id, variant, verdict, claims, object }) =>
      verdict.kind === 'refused'
        ? [{ id, variant: variant.variant, message: verdict.message, claims, isUnfinished: isUnfinished(object) }]
        : [],
    );

  test('most fixtures are of kinds that it knows', () => {
    const known = judged.filter(({ verdict }) => verdict.kind !== 'unknown');
    assert.ok(known.length > judged.length / 2, `${known.length} of ${judged.length}`);
  });

  test('it takes every good object and every fixed one, but where a rule says that it does not or a list says why', () => {
    const isListed = ({ id, message }: { readonly id: string; readonly message: string }) =>
      refusedFixtures.some((group) => group.message.test(message) && (group.objects?.includes(id) ?? true));
    const unlisted = refused().filter(
      (object) => object.variant !== 'bad' && object.claims.length === 0 && !object.isUnfinished && !isListed(object),
    );
    assert.deepEqual(
      unlisted.map(({ id, message }) => `${id}: ${message}`),
      [],
      'Mend the fixture or the fix, or say in refusedFixtures.ts why it is refused',
    );
  });

  test('what is listed is still refused, and for the reason given', () => {
    for (const { objects = [], message } of refusedFixtures) {
      for (const id of objects) {
        const found = refused().find((object) => object.id === id);
        assert.match(found?.message ?? `${id} is not refused`, message, id);
      }
    }
  });

  test('no fix makes it refuse what it took before', () => {
    const wasAccepted = new Set(
      judged.flatMap(({ id, variant, verdict }) =>
        variant.variant === 'bad' && verdict.kind === 'accepted' ? [id] : [],
      ),
    );
    const idBefore = (object: JudgedObject) =>
      object.id.replace(`${object.variant.fixture.name}.fixed`, object.variant.fixture.name);
    const broken = judged.flatMap((object) =>
      object.variant.variant === 'fixed' &&
      object.verdict.kind === 'refused' &&
      !isUnfinished(object.object) &&
      wasAccepted.has(idBefore(object))
        ? [`${object.id}: ${object.verdict.message}`]
        : [],
    );
    assert.deepEqual(broken, []);
  });

  test('all fixes of all rules together make it refuse nothing that it took before', async () => {
    let changed = 0;
    const broken: string[] = [];
    for (const variant of fixtureVariants()) {
      const files = fixedByAll(judgeVariant(variant));
      for (const { id, object } of objectsOf({ ...variant, files })) {
        const before = judged.find((each) => each.id === id);
        if (before?.verdict.kind !== 'accepted' || isDeepStrictEqual(before.object, object)) continue;
        changed++;
        const after = await dryRun.judge(object);
        if (after.kind === 'refused') broken.push(`${id}: ${after.message}`);
      }
    }
    assert.deepEqual(broken, []);
    assert.ok(changed > 200, `only ${changed} objects were changed`);
  });

  test('it refuses each object of which a finding says so', () => {
    const claimed = judged.filter(({ verdict, claims }) => verdict.kind !== 'unknown' && claims.length > 0);
    const wrong = claimed.filter(({ verdict }) => verdict.kind !== 'refused');
    assert.deepEqual(
      wrong.map(({ id, claims }) => `${id}: ${claims.join(' ')}`),
      [],
    );
    assert.ok(claimed.length > 50, `only ${claimed.length} objects`);
  });
});

/** Somebody has to put a value for a placeholder; where it can be one that the server refuses, it is. */
function isUnfinished(object: unknown): boolean {
  return JSON.stringify(object).includes('REPLACE_WITH_');
}

/** Judged without the fixture's options, which are for its own rule. */
function judgeVariant({ fixture, files }: FixtureVariant): JudgedFiles {
  const { version } = settingsOf(fixture);
  return judgeFiles(files, version === undefined ? {} : { version });
}

/** What the rules say of a document's being refused by the API server; by that of the newest version, as ours is. */
function claimsIn(variant: FixtureVariant): (object: FixtureObject) => readonly string[] {
  if (settingsOf(variant.fixture).version !== undefined) return () => [];
  const { claims } = judgeVariant(variant);
  return ({ path, index }) => claims(path, index);
}
