// The API server and manifests that were written for use: those in examples/ and, where at hand, the real files of
// KUBEHARDEN_CORPUS. What it takes it takes after "fix all" too, and it refuses what the rules say it does.

import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { parseManifest } from '../../../server/src/manifest/index.ts';
import { repositoryRoot } from '../../support/repository.ts';
import type { Cluster } from '../apiServer/cluster.ts';
import type { KubernetesObject } from '../apiServer/resources.ts';
import { sharedCluster } from '../apiServer/sharedCluster.ts';
import { type DryRun, dryRunOn, type Verdict } from './dryRun.ts';
import { objectsIn } from './fixtureObjects.ts';
import { fixedByAll, judgeFiles } from './judgedFiles.ts';

const corpus = process.env.KUBEHARDEN_CORPUS;
const ofCorpus = corpus === undefined ? [] : globSync('*/', { cwd: corpus }).map((name) => join(corpus, name));
/** The files of each are judged together. */
const folders = [join(repositoryRoot, 'examples'), ...ofCorpus].filter((folder) => statSync(folder).isDirectory());

describe('the API server and manifests', () => {
  let cluster: Cluster;
  let dryRun: DryRun;

  before(async () => {
    cluster = await sharedCluster();
    dryRun = await dryRunOn(cluster);
  });
  after(() => cluster.close());

  for (const folder of folders) {
    test(folder === folders[0] ? 'examples' : `corpus: ${basename(folder)}`, async (context) => {
      const judged = judgeFiles(manifestsOf(folder));
      const before = new Map<string, readonly JudgedObject[]>();
      const wrongClaims: string[] = [];
      for (const path of judged.workspace.paths) {
        for (const [index, document] of judged.documentsOf(path).entries()) {
          const objects = await Promise.all(objectsIn(document).map(judgeObject));
          before.set(`${path}#${index + 1}`, objects);
          if (objects.length === 0 || !objects.every(({ verdict }) => verdict.kind === 'accepted')) continue;
          wrongClaims.push(...judged.claims(path, index).map((claim) => `${path}#${index + 1}: ${claim}`));
        }
      }
      const broken: string[] = [];
      let changed = 0;
      for (const [path, text] of fixedByAll(judged)) {
        for (const [index, document] of parseManifest(text).documents.entries()) {
          const id = `${path}#${index + 1}`;
          for (const [item, object] of objectsIn(document).entries()) {
            const was = before.get(id)?.[item];
            if (was?.verdict.kind !== 'accepted' || isDeepStrictEqual(was.object, object)) continue;
            changed++;
            const { verdict } = await judgeObject(object);
            if (verdict.kind === 'refused') broken.push(`${id}: ${verdict.message}`);
          }
        }
      }
      const taken = [...before.values()].flat().filter(({ verdict }) => verdict.kind === 'accepted').length;
      context.diagnostic(`${taken} objects taken, ${changed} of them changed by the fixes`);
      assert.deepEqual(wrongClaims, []);
      assert.deepEqual(broken, []);
      assert.ok(changed > 5, `only ${changed} objects were changed`);
    });
  }

  async function judgeObject(object: KubernetesObject): Promise<JudgedObject> {
    return { object, verdict: await dryRun.judge(object) };
  }
});

interface JudgedObject {
  readonly object: KubernetesObject;
  readonly verdict: Verdict;
}

function manifestsOf(folder: string): ReadonlyMap<string, string> {
  const names = globSync('**/*.{yaml,yml,json}', { cwd: folder }).sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
