// With a language pack that translates everything, nothing of the tree is left in English but names and what others said.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ClusterModel } from '../../../client/src/clusterFindings/clusterModel.ts';
import { type ClusterNode, childrenOf, rootsOf } from '../../../client/src/clusterFindings/clusterTree.ts';
import { noFilter } from '../../../client/src/clusterFindings/findingFilter.ts';
import { type Grouping, groupings } from '../../../client/src/clusterFindings/findingGroups.ts';
import type * as treeItems from '../../../client/src/clusterFindings/treeItems.ts';
import { ClusterSessions } from '../../../server/src/cluster/index.ts';
import { clusterChecks, rules } from '../../../server/src/rules/index.ts';
import { createLocalizer, sayAll } from '../../../server/src/sentences/index.ts';
import { kubeconfigFor, scratchFolder } from '../../cluster/connectTo.ts';
import { startShopCluster } from '../../cluster/shopCluster.ts';
import { repositoryRoot } from '../../support/repository.ts';
import { assertTranslatable, looksEnglish, pseudoTranslations, untranslated } from '../../support/translations.ts';
import { clusterReport, contextList, liveFinding, scanned } from './sampleReport.ts';

const localize = createLocalizer(pseudoTranslations);

const entry = "export * from './client/src/clusterFindings/treeItems.ts'; export { speak } from 'vscode';";

/** The client's own code for a line of the tree, with a VS Code that speaks the made-up language. */
async function loadTreeItems(test: TestContext): Promise<typeof treeItems> {
  const outfile = join(scratchFolder(test), 'treeItems.mjs');
  await build({
    absWorkingDir: repositoryRoot,
    stdin: { contents: entry, resolveDir: repositoryRoot },
    alias: { vscode: './test/client/clusterFindings/fakeVscode.ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
  });
  const { speak, ...loaded } = await import(pathToFileURL(outfile).href);
  speak(localize);
  return loaded;
}

/** Everything that the lines of the tree say, and where. */
function textsOf(model: ClusterModel, grouping: Grouping, { treeItem }: typeof treeItems): readonly string[] {
  const options = { grouping, filter: noFilter, showsSystemObjects: true };
  const walk = (node: ClusterNode): readonly string[] => {
    const { label, description, tooltip, accessibilityInformation } = treeItem(node, model, grouping);
    const texts = [label, description, tooltip, accessibilityInformation?.label];
    return [
      ...texts.filter((text) => typeof text === 'string'),
      ...childrenOf(node, model, options).flatMap((child) => walk(child)),
    ];
  };
  return rootsOf(model).flatMap(walk);
}

describe('a report in another language', () => {
  test('has nothing in English but names', async (t) => {
    const cluster = await startShopCluster();
    const kubeconfig = join(scratchFolder(t), 'config');
    const broken = join(scratchFolder(t), 'broken');
    writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(cluster, { user: { token: 'of-the-kubeconfig' } })));
    writeFileSync(broken, 'clusters: {');
    const sessions = new ClusterSessions(
      { KUBECONFIG: `${kubeconfig}:${broken}` },
      { mayRun: async () => false, progress() {}, changed() {} },
    );
    t.after(async () => {
      sessions.close();
      await cluster.close();
    });
    sessions.use({ userAgent: 'kubeharden/test', isTrusted: true, workspaceFolders: [] });
    const list = await sessions.contexts();
    const result = await sessions.scan(
      { contextName: 'test', readsSecretMetadata: false, profile: 'all' },
      new AbortController().signal,
    );
    assert.ok(result.kind === 'report');
    assertTranslatable({ list, result });
    assert.equal(list.problems.length, 1);
    for (const problem of sayAll(list, localize).problems) assert.deepEqual(untranslated(problem), [broken]);

    const model = new ClusterModel();
    model.listed(sayAll(list, localize));
    model.scanEnded('test', sayAll(result, localize));
    const client = await loadTreeItems(t);
    const names = JSON.stringify({ list, result });
    for (const grouping of groupings) {
      const texts = textsOf(model, grouping, client);
      assert.ok(texts.length > 300);
      const left = texts.flatMap(untranslated);
      assert.deepEqual(left.filter(looksEnglish), []);
      const words = left.flatMap((text) => text.split(/[\s·/.,:]+/).filter((word) => /[a-z]/i.test(word)));
      assert.deepEqual(
        words.filter((word) => !names.includes(word)),
        [],
      );
    }
  });

  test('names its chapters', async (t) => {
    const chapters = new Set([...rules, ...clusterChecks].map(({ id }) => id.split('/')[0]));
    const findings = [...chapters].map((chapter) => liveFinding({ ruleId: `${chapter}/some` }));
    const model = new ClusterModel();
    model.listed(contextList('prod'));
    model.scanEnded('prod', scanned(clusterReport({ findings })));
    const client = await loadTreeItems(t);
    const [context] = rootsOf(model);
    assert.ok(context);
    const options = { grouping: 'chapter', filter: noFilter, showsSystemObjects: true } as const;
    const [branch] = childrenOf(context, model, options);
    assert.ok(branch);
    const titles = childrenOf(branch, model, options).map((group) => client.treeItem(group, model, 'chapter').label);
    assert.equal(titles.length, chapters.size);
    assert.deepEqual(
      titles.flatMap((title) => untranslated(String(title))),
      [],
    );
  });
});
