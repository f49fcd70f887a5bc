// A live object is judged as its file is: each object of a fixture, stored and read back, has findings of the same rules.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { stripObject } from '../../../server/src/cluster/collection/stripObject.ts';
import { withoutServerDefaults } from '../../../server/src/kubernetes/index.ts';
import { type JudgedWorkspace, judge, settingsOf } from '../../support/judgedWorkspace.ts';
import { type StartedApiServer, startApiServer } from '../apiServer/apiServer.ts';
import type { KubernetesObject } from '../apiServer/resources.ts';
import { type FixtureObject, type FixtureVariant, fixtureVariants, objectsOf } from './fixtureObjects.ts';
import { type Stored, storingOn } from './storing.ts';

const noEmptyLists = 'The server does not store whether a list is absent or empty.';

/** Why rules judge an object in a cluster otherwise than in its file, by id, as it should be. */
const knownDifferences: Readonly<Record<string, string>> = {
  'pod/host-port/bad-host-network.yaml#1':
    'With hostNetwork the server sets hostPort where it is absent, so a live one tells nothing beside hostNetwork itself.',
  'network/policy-egress-ignored/bad-empty-and-symmetric.yaml#1': noEmptyLists,
  'network/policy-egress-ignored/bad-empty-and-symmetric.yaml#2': noEmptyLists,
  'secrets/last-applied-leak/bad.yaml#1':
    'The annotation is dropped on arrival, so that no value of a Secret stays in memory.',
};

/** Rules about what becomes of a manifest when it is applied, which is done with for a live object. */
const rulesOfFiles: Readonly<Record<string, string>> = {
  'pod/ephemeral-containers-in-manifest': 'A live pod is where ephemeral containers belong.',
  'pod/feature-gate-dropped-field': 'A live pod has the field only if the server keeps it.',
};

/** A fixture's objects with what became of them; a document stands for all objects of its list. */
interface StoredVariant {
  readonly variant: FixtureVariant;
  readonly objects: readonly (FixtureObject & { readonly stored: Stored })[];
}

describe('live objects and files', () => {
  let server: StartedApiServer;
  const variants: StoredVariant[] = [];

  before(async () => {
    // Of its own: objects are stored under the names that they have, and some are not taken away.
    server = await startApiServer();
    const store = await storingOn(server);
    for (const variant of fixtureVariants()) {
      const objects = [];
      for (const object of objectsOf(variant)) objects.push({ ...object, stored: await store(object.object) });
      variants.push({ variant, objects });
    }
  });
  after(() => server.stop());

  test('have findings of the same rules', () => {
    const differences = new Map<string, string>();
    let compared = 0;
    for (const stored of variants) {
      for (const { id, inFile, live } of comparisons(stored)) {
        compared++;
        const onlyInFile = inFile.filter((rule) => !live.includes(rule) && !(rule in rulesOfFiles));
        const onlyLive = live.filter((rule) => !inFile.includes(rule) && !(rule in rulesOfFiles));
        if (onlyInFile.length + onlyLive.length === 0) continue;
        differences.set(id, `only in the file [${onlyInFile}], only live [${onlyLive}]`);
      }
    }
    const unknown = [...differences].filter(([id]) => !(id in knownDifferences));
    assert.deepEqual(
      unknown.map((difference) => difference.join(': ')),
      [],
    );
    const gone = Object.keys(knownDifferences).filter((id) => !differences.has(id));
    assert.deepEqual(gone, [], 'no longer judged otherwise');
    assert.ok(compared > 250, `only ${compared} objects were compared`);
  });

  test('of the others it is written down why they cannot be compared', () => {
    const path = join(import.meta.dirname, 'liveParity.txt');
    const lines = variants
      .flatMap(({ objects }) => objects.flatMap(({ id, object, stored }) => reasonLine(id, object, stored)))
      .sort();
    if (!existsSync(path)) writeFileSync(path, [header, ...lines, ''].join('\n'));
    const written = readFileSync(path, 'utf8').split('\n');
    const known = [...new Set(written.filter((line) => line.startsWith('liveParity ')))].sort();
    assert.deepEqual(lines, known, 'Delete liveParity.txt, run this again and read what has changed');
  });
});

const header =
  '# Fixtures that cannot be judged live. Delete this file and run liveParity.apiserver.test.ts to write it anew.';

interface Comparison {
  readonly id: string;
  /** Ids of rules, sorted. */
  readonly inFile: readonly string[];
  readonly live: readonly string[];
}

/** Of the documents that were stored without loss. What surrounds them is there in either case. */
function comparisons({ variant, objects }: StoredVariant): readonly Comparison[] {
  const { version } = settingsOf(variant.fixture);
  const settings = version === undefined ? {} : { version };
  const files = judge(variant.files, { settings });
  const live = judge(new Map(), { settings });
  for (const { id, object, stored } of objects) {
    const written = isLossless(stored) ? withoutServerDefaults(stripObject(stored.object)) : object;
    live.workspace.setObject(`file:///fixture/${id}`, written);
  }
  const documents = new Set(objects.map(({ path, index }) => `${path}#${index}`));
  return [...documents].flatMap((document) => {
    const items = objects.filter(({ path, index }) => `${path}#${index}` === document);
    const [first] = items;
    if (first === undefined || !items.every(({ stored }) => isLossless(stored))) return [];
    const liveIds = items.flatMap(({ id }) => live.findings(id).map(({ ruleId }) => ruleId));
    return [{ id: first.id, inFile: idsInFile(files, first), live: sortedSet(liveIds) }];
  });
}

function idsInFile({ workspace, findings }: JudgedWorkspace, { path, index }: FixtureObject): readonly string[] {
  const found = findings(path).filter(
    ({ document, uri }) => workspace.file(uri)?.documents.indexOf(document) === index,
  );
  return sortedSet(found.map(({ ruleId }) => ruleId));
}

const sortedSet = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();

function isLossless(stored: Stored): stored is Extract<Stored, { kind: 'stored' }> {
  return stored.kind === 'stored' && stored.pruned.length === 0;
}

/** Admission sees a PriorityClass or LimitRange that was made just before now, or a moment later. */
const hangsOnTheMoment = /is forbidden: (?:no PriorityClass|maximum |minimum )/;

/** One line, or none for what was compared. */
function reasonLine(id: string, { apiVersion, kind }: KubernetesObject, stored: Stored): readonly string[] {
  const line = (reason: string) => [`liveParity ${id}: ${reason}`];
  switch (stored.kind) {
    case 'unknown':
      return line(`no object of this API server, ${apiVersion} ${kind}`);
    case 'refused':
      if (hangsOnTheMoment.test(stored.message)) return [];
      return line(`refused, ${shortened(stored.message)}`);
    case 'stored':
      return stored.pruned.length === 0 ? [] : line(`pruned of ${stored.pruned.join(', ')}`);
  }
}

/** Without the name of the object, and not all that is wrong with it. */
function shortened(message: string): string {
  const all = message.replace(/^.*? (?:is invalid|cannot be handled as a \w+): /, '').replace(/\s+/g, ' ');
  // The server walks a map of annotations in a new order each time.
  const causes = (all.startsWith('[') ? all.slice(1, -1) : all).split(/, (?=(?:metadata|spec)\.)/);
  const said = (causes.every((cause) => cause.includes('annotations[')) ? causes.sort() : causes).join(', ');
  return said.length > 120 ? `${said.slice(0, 120)}…` : said;
}
