// The API server takes what we offer for copying: the snippets as they are inserted, and the hardened examples.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parseManifest } from '../../../server/src/manifest/index.ts';
import { expandSnippet } from '../../snippets/expandSnippet.ts';
import { snippets } from '../../snippets/snippetFiles.ts';
import { repositoryRoot } from '../../support/repository.ts';
import type { Cluster } from '../apiServer/cluster.ts';
import { sharedCluster } from '../apiServer/sharedCluster.ts';
import { type DryRun, dryRunOn } from './dryRun.ts';
import { objectsIn } from './fixtureObjects.ts';

describe('the API server takes', () => {
  let cluster: Cluster;
  let dryRun: DryRun;

  before(async () => {
    cluster = await sharedCluster();
    dryRun = await dryRunOn(cluster);
  });
  after(() => cluster.close());

  /** What it says of the objects in texts by name, and how many it knows. */
  async function refusals(texts: ReadonlyMap<string, string>) {
    const refused: string[] = [];
    let known = 0;
    for (const [name, text] of texts) {
      for (const object of parseManifest(text).documents.flatMap(objectsIn)) {
        const verdict = await dryRun.judge(object);
        if (verdict.kind !== 'unknown') known++;
        if (verdict.kind === 'refused') refused.push(`${name}: ${verdict.message}`);
      }
    }
    return { refused, known };
  }

  test('the snippets', async () => {
    const texts = new Map(snippets.map(({ prefix, body }) => [prefix, expandSnippet(body)]));
    const { refused, known } = await refusals(texts);
    assert.deepEqual(refused, []);
    assert.ok(known >= 8, `${known} objects`);
  });

  test('the hardened examples', async () => {
    const folder = join(repositoryRoot, 'examples', 'shop-hardened');
    const names = globSync('**/*.yaml', { cwd: folder });
    const { refused, known } = await refusals(
      new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
    );
    assert.deepEqual(refused, []);
    assert.ok(known >= 8, `${known} objects`);
  });
});
