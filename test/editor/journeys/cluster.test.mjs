// What a user does with a live cluster: connect, scan, look, filter, open an object.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { kubeconfigFor } from '../../cluster/connectTo.ts';
import { startFakeApiServer } from '../../cluster/fakeApiServer.ts';
import { shopReply, startShopCluster } from '../../cluster/shopCluster.ts';
import { clusterTree } from './clusterTree.mjs';
import { journeysIn, openWindow } from './window.mjs';

let cluster;
let slowCluster;
let folder;
let window;
let page;
before(async () => {
  cluster = await startShopCluster();
  const reply = (request) => (request.path.startsWith('/apis/apps/v1') ? { kind: 'hang' } : shopReply(request));
  slowCluster = await startFakeApiServer({ reply });
  folder = mkdtempSync(join(tmpdir(), 'kubeharden-journey-'));
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, JSON.stringify(contexts(kubeconfigFor(cluster, {}), kubeconfigFor(slowCluster, {}))), {
    mode: 0o600,
  });
  window = await openWindow('shop', { env: { KUBECONFIG: kubeconfig } });
  page = window.page;
});
/** Beside the current context one whose user has a credential plugin, one that hangs, and one whose server nobody is. */
function contexts(kubeconfig, slow) {
  const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: 'b' } };
  const exec = {
    apiVersion: credential.apiVersion,
    command: process.execPath,
    args: ['-e', `console.log(${JSON.stringify(JSON.stringify(credential))})`],
    interactiveMode: 'Never',
  };
  return {
    ...kubeconfig,
    'current-context': 'production',
    clusters: [
      ...kubeconfig.clusters,
      { name: 'nobody', cluster: { server: 'https://127.0.0.1:9' } },
      { ...slow.clusters[0], name: 'slow' },
    ],
    users: [...kubeconfig.users, { name: 'plugin', user: { exec } }],
    contexts: [
      { name: 'production', context: { cluster: 'fake', user: 'tester' } },
      { name: 'staging', context: { cluster: 'fake', user: 'plugin' } },
      { name: 'overloaded', context: { cluster: 'slow', user: 'tester' } },
      { name: 'laptop', context: { cluster: 'nobody', user: 'tester' } },
    ],
  };
}

after(async () => {
  await window?.close();
  await cluster?.close();
  await slowCluster?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const journey = journeysIn(() => window);
const tree = clusterTree(() => page);
const { row, expand, titleButton, choose, menu } = tree;

journey('the view shows the contexts and contacts nobody', async () => {
  await tree.open();
  await row('not scanned').waitFor();
  await page.getByText('No cluster is contacted until you scan a context.').waitFor();
  assert.equal(cluster.seen.length, 0);
});

journey('a scan fills the tree: findings first, then what is not known', async () => {
  await scan('not scanned');
  await row('Findings').waitFor();
  await row('Not Verifiable').waitFor();
  await row('Passed').waitFor();
  await page.locator('.activitybar .badge-content', { hasText: /^\d+$/ }).first().waitFor();
});

journey('what is forbidden says which permission it needs, and the role is copied', async () => {
  await expand('Not Read');
  await row('needs: list nodes').waitFor();
  await row('Not Read').hover();
  await row('Not Read')
    .getByRole('button', { name: /Copy Role/ })
    .click();
  await page.locator('.notification-toast', { hasText: 'Copied a role' }).waitFor();
  await window.command('Notifications: Clear All Notifications');
});

journey('a line says to a screen reader what it shows to the eye', async () => {
  const said = (start) => page.locator(`.customview-tree .monaco-list-row[aria-label^="${start}"]`).first();
  await said('production. scanned at ').waitFor();
  await said('nodes. ').waitFor();
  await said('Findings: ').waitFor();
});

journey('a finding says who set its field, as soon as somebody asks', async () => {
  await expand('Pods');
  await expand('pod/privileged');
  await row('Deployment shop/web').hover();
  await page.locator('.monaco-hover:visible').getByText('Set by kubectl-edit (update) on 2026-11-03.').waitFor();
});

journey('a finding opens the live object at its place, read-only and with the same diagnostics', async () => {
  await row('Deployment shop/web').click();
  await page.waitForSelector('.tab.active[data-resource-name="Deployment web.yaml"]');
  await page.waitForSelector('.squiggly-error');
  const value = page.locator('.view-line span', { hasText: /^true$/ }).first();
  await value.hover();
  await page.locator('.monaco-hover:visible').first().getByText('pod/privileged').first().waitFor();
  await window.screenshot('cluster');
  await page.keyboard.press('Escape');
});

journey('a finding says what the files of the workspace have to do with it', async () => {
  await row('fixed in deployment.yaml, not deployed').waitFor();
  await menu(row('Deployment shop/web'), 'Open Declaration');
  await page.waitForSelector('.tab.active[data-resource-name="deployment.yaml"]');
});

journey('findings are seen by another profile, and as set once the filter is cleared', async () => {
  const requests = () => cluster.seen.filter(({ path }) => !path.includes('watch=true')).length;
  const before = requests();
  await filterByText('run-as-non-root');
  await row('pod/run-as-non-root').waitFor();
  await titleButton('Filter Cluster Findings').click();
  await choose('Profile');
  await choose('guide');
  await page.getByText(/Filter: profile guide, run-as-non-root\./).waitFor();
  await row('pod/run-as-non-root').waitFor({ state: 'detached' });
  await window.command('KubeHarden: Clear Filter of Cluster Findings');
  await page.getByText(/Filter: /).waitFor({ state: 'detached' });
  await filterByText('run-as-non-root');
  await row('Pods').waitFor();
  await window.command('KubeHarden: Clear Filter of Cluster Findings');
  assert.equal(requests(), before, 'the cluster is not asked');
});

journey('findings are grouped by workload, and filtered by text', async () => {
  await titleButton('Group Cluster Findings').click();
  await choose('Workload');
  await row('Deployment shop/payment').waitFor();
  await filterByText('shop/web privileged');
  await row('Deployment shop/payment').waitFor({ state: 'detached' });
  await row('Deployment shop/web').waitFor();
});

journey('a command of the kubeconfig runs once the user allowed it, and is asked for once', async () => {
  const question = page.locator('.notification-toast', { hasText: 'gets its credentials from a command' });
  // The context that was scanned before goes on being watched.
  const asked = () => cluster.seen.filter(({ path }) => !path.includes('watch=true')).length;
  const before = asked();
  await scan('staging');
  await question.getByRole('button', { name: 'Do Not Run' }).click();
  await row('not allowed to run').waitFor();
  assert.equal(asked(), before);
  await scan('staging');
  await question.getByRole('button', { name: 'Run', exact: true }).click();
  await row('not allowed to run').waitFor({ state: 'detached' });
  await scan('staging');
  await row(/staging.*scanned at/).waitFor();
  assert.equal(await question.count(), 0);
  assert.ok(cluster.seen.some(({ headers }) => headers.authorization === 'Bearer b'));
});

journey('what changes in the cluster while somebody looks is counted, until the next scan', async () => {
  const changed = page.getByText(/Objects changed since the scan: 1\./);
  await changed.waitFor();
  // It is gone for half a second: somebody has to look at every frame.
  const isGone = () =>
    !/Objects changed/.test(document.querySelector('.customview-tree')?.parentElement?.textContent ?? '');
  const gone = page.waitForFunction(isGone, undefined, { polling: 'raf' });
  await titleButton('Scan Cluster').click();
  await gone;
  await changed.waitFor();
});

journey('a cluster that does not answer is a line of the tree', async () => {
  await scan('laptop');
  await row(/127\.0\.0\.1:9\b/).waitFor();
  assert.equal(await page.locator('.notification-toast').count(), 0);
});

journey('a scan that takes too long is cancelled', async () => {
  await scan('overloaded');
  await page.getByText(/^Scanning overloaded: \d+ % \(\w+\)/).waitFor();
  await titleButton('Cancel Scan of the Cluster').click();
  await row(/overloaded.*not scanned/).waitFor();
});

/** Clicks the button of a context's line. A line that is drawn anew forgets the mouse above it until the mouse moves. */
async function scan(text) {
  const button = row(text).getByRole('button', { name: 'Scan Cluster' });
  for (let attempts = 10; attempts > 0; attempts--) {
    await page.mouse.move(640, 400);
    await row(text).hover();
    try {
      await button.click({ timeout: attempts === 1 ? 20_000 : 1_000 });
      return;
    } catch (error) {
      if (attempts === 1) throw error;
    }
  }
}

async function filterByText(text) {
  await titleButton('Filter Cluster Findings').click();
  await choose('Text');
  await page.waitForSelector('.quick-input-widget input:focus');
  await window.type(text);
  await page.keyboard.press('Enter');
}
