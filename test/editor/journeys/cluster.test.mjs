// What a user does with a live cluster: connect, scan, look, filter, open an object.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { kubeconfigFor } from '../../cluster/connectTo.ts';
import { startShopCluster } from '../../cluster/shopCluster.ts';
import { openWindow } from './window.mjs';

let cluster;
let folder;
let window;
let page;
before(async () => {
  cluster = await startShopCluster();
  folder = mkdtempSync(join(tmpdir(), 'kubeharden-journey-'));
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(cluster, {})), { mode: 0o600 });
  window = await openWindow('shop', { env: { KUBECONFIG: kubeconfig } });
  page = window.page;
});
after(async () => {
  await window?.close();
  await cluster?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A test that leaves a picture of the window in out/journeys when it fails. */
const journey = (name, steps) =>
  test(name, async () => {
    try {
      await steps();
    } catch (error) {
      await window.picture(`out/journeys/${name.replaceAll(/[^a-z]+/g, '-')}.png`);
      throw error;
    }
  });

const row = (text) => page.locator('.customview-tree .monaco-list-row', { hasText: text }).first();
/** Clicks the arrow of a line. */
const expand = (text) => row(text).locator('.monaco-tl-twistie').click();
const titleButton = (name) => page.locator('.pane-header, .title-actions').getByRole('button', { name }).first();

journey('the view shows the contexts and contacts nobody', async () => {
  await page.locator('.activitybar [aria-label^="KubeHarden"]').first().click();
  await row('not scanned').waitFor();
  assert.equal(cluster.seen.length, 0);
});

journey('a scan fills the tree: findings first, then what is not known', async () => {
  await row('test').hover();
  await row('test').getByRole('button', { name: 'Scan Cluster' }).click();
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
  await page.keyboard.press('Escape');
  await expand('Not Read');
});

journey('findings are grouped by workload, and filtered by text', async () => {
  await titleButton('Group Cluster Findings').click();
  await choose('Workload');
  await row('Deployment shop/payment').waitFor();
  await titleButton('Filter Cluster Findings').click();
  await choose('Text');
  await page.waitForSelector('.quick-input-widget input:focus');
  await window.type('shop/web privileged');
  await page.keyboard.press('Enter');
  await row('Deployment shop/payment').waitFor({ state: 'detached' });
  await row('Deployment shop/web').waitFor();
});

journey('a finding opens the live object at its place, read-only and with the same diagnostics', async () => {
  await expand('Deployment shop/web');
  await row('is privileged').click();
  await page.waitForSelector('.tab.active[data-resource-name="Deployment web.yaml"]');
  await page.waitForSelector('.squiggly-error');
  const value = page.locator('.view-line span', { hasText: /^true$/ }).first();
  await value.hover();
  await page.locator('.monaco-hover:visible').first().getByText('pod/privileged').first().waitFor();
  await window.screenshot('cluster');
  await page.keyboard.press('Escape');
});

/** Takes the item of the open quick pick. */
async function choose(label) {
  const item = page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
  await item.waitFor();
  await item.click();
}
