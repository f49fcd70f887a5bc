// What a user does with a live cluster and the files that declare it: filter, look who says what, fix where it is declared.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { kubeconfigFor } from '../../cluster/connectTo.ts';
import { startShopCluster } from '../../cluster/shopCluster.ts';
import { clusterTree } from './clusterTree.mjs';
import { journeysIn, openWindow } from './window.mjs';

const deployment = (name, podSpec, container = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
${podSpec}      containers:
        - name: web
          image: registry.example.com/web:1.4.2
${container}`;
const privileged = '          securityContext:\n            privileged: true\n';

/** Web would get the processes of its node with the next apply; payment is declared twice, as bad as it runs. */
const files = {
  'deployment.yaml': deployment('web', '      hostPID: true\n'),
  'payment.yaml': deployment('payment', '', privileged),
  'copy/payment.yaml': deployment('payment', '', privileged),
  'namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
};

let cluster;
let folder;
let window;
let page;
before(async () => {
  cluster = await startShopCluster();
  folder = mkdtempSync(join(tmpdir(), 'kubeharden-journey-'));
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(cluster, {})), { mode: 0o600 });
  window = await openWindow('shop', { env: { KUBECONFIG: kubeconfig }, files });
  page = window.page;
});
after(async () => {
  await window?.close();
  await cluster?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const journey = journeysIn(() => window);
const tree = clusterTree(() => page);
const { row, expand, titleButton, menu } = tree;

async function scanWithKeys() {
  await row('not scanned').click();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Scan Cluster' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

journey('a context is scanned without the mouse', async () => {
  await tree.open();
  await scanWithKeys();
  await row('Next Apply Makes Worse').waitFor();
});

journey('a filter holds for every branch, and says how much it leaves out', async () => {
  await row(/Next Apply Makes Worse\s*1$/).waitFor();
  await titleButton('Filter Cluster Findings').click();
  await page.waitForSelector('.quick-input-list .monaco-list-row.focused:has-text("Text")');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.quick-input-widget:has-text("all must occur") input:focus');
  await window.type('payment privileged');
  await page.keyboard.press('Enter');
  await row(/Findings\s*1 of \d+/).waitFor();
  await row(/Next Apply Makes Worse\s*0 of 1/).waitFor();
  await row(/Not Verifiable\s*0 of \d+/).waitFor();
  await row(/Passed\s*0 of \d+/).waitFor();
});

journey('a finding that several files have names them, and is fixed in the one that the user says', async () => {
  await expand('Pods');
  await expand(/Container is privileged\s*1 · pod\/privileged/);
  await row(/also in .*payment\.yaml and 1 more/).waitFor();
  await menu(row('Deployment shop/payment'), 'Fix in File');
  await page.waitForSelector('.quick-input-list .monaco-list-row:has-text("copy/payment.yaml")');
  await page.keyboard.type('copy/payment');
  await page.waitForSelector('.quick-input-list .monaco-list-row.focused:has-text("copy/payment.yaml")');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.tab.active.dirty[data-resource-name="payment.yaml"]');
  await window.save();
  await window.fileMatches('copy/payment.yaml', /privileged: false/);
  await window.fileMatches('payment.yaml', /privileged: true/);
});

journey('the filter is still there in the next window, until it is cleared', async () => {
  // The next window shows the view that this one showed.
  await page.reload();
  // Everything starts anew.
  await row('not scanned').waitFor({ timeout: 60_000 });
  await scanWithKeys();
  await row(/Findings\s*1 of \d+/).waitFor();
  await titleButton('Clear Filter of Cluster Findings').click();
  await row(/Findings\s*\d+$/).waitFor();
});

journey('a fix that adds a file shows it first', async () => {
  await expand('Network');
  await expand('network/default-deny-missing');
  await row('also in namespace.yaml').waitFor();
  await menu(row('Namespace shop'), 'Fix in File');
  // VS Code leaves it to the user to tick what is to be confirmed.
  await page
    .locator('.bulk-edit-panel .monaco-list-row', { hasText: 'default-deny-shop.yaml' })
    .locator('.edit-checkbox')
    .click();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await page.locator('.tab[data-resource-name="default-deny-shop.yaml"]').click();
  await page.waitForSelector('.tab.active[data-resource-name="default-deny-shop.yaml"]');
  await window.save();
  await window.fileMatches('default-deny-shop.yaml', /kind: NetworkPolicy/);
  await row('fixed in namespace.yaml, not deployed').waitFor();
});
