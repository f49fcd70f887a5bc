// From a finding in the cluster to the file that declares it, to the fix there, and back: what is fixed, what is deployed,
// and what the cluster says before anything is applied.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { kubeconfigFor } from '../../cluster/connectTo.ts';
import { startFakeApiServer } from '../../cluster/fakeApiServer.ts';
import { replyOf } from '../../cluster/shopCluster.ts';
import { clusterTree } from './clusterTree.mjs';
import { journeysIn, openWindow } from './window.mjs';

const workload = (name, image, securityContext, managedFields = []) => ({
  metadata: { name, namespace: 'shop', uid: name, managedFields },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, image: `registry.example.com/shop/${image}`, securityContext }] },
    },
  },
});
const hardened = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
const privileged = { privileged: true };
/** Somebody made the container privileged by hand. */
const editedByHand = {
  manager: 'kubectl-edit',
  operation: 'Update',
  time: '2026-11-03T09:12:00Z',
  fieldsType: 'FieldsV1',
  fieldsV1: {
    'f:spec': {
      'f:template': {
        'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:securityContext': { 'f:privileged': {} } } } },
      },
    },
  },
};
let deployments = [
  workload('web', 'web:2.4.0', privileged, [editedByHand]),
  workload('payment', 'payment:1.8.1', privileged),
  workload('cart', 'cart:3.1.2', hardened),
  workload('legacy-report', 'report:0.9.4', privileged),
];
const agent = workload('agent', 'agent:1.4.0', privileged);

/** What is served, and to whom: nodes and role bindings to nobody. */
const kinds = () => [
  kind('', 'namespaces', 'Namespace', false, [{ metadata: { name: 'shop' } }]),
  kind('', 'pods', 'Pod', true, []),
  kind('', 'nodes', 'Node', false, undefined),
  kind('apps', 'deployments', 'Deployment', true, deployments),
  kind('apps', 'daemonsets', 'DaemonSet', true, [agent]),
  kind('batch', 'cronjobs', 'CronJob', true, []),
  kind('networking.k8s.io', 'networkpolicies', 'NetworkPolicy', true, []),
  kind('rbac.authorization.k8s.io', 'clusterrolebindings', 'ClusterRoleBinding', false, undefined),
];
const kind = (group, resource, kind, isNamespaced, objects) => ({ group, resource, kind, isNamespaced, objects });

/** The verdicts of a cluster: of validation at a field, of Pod Security at a container, of Pod Security for a namespace. */
function reply(request) {
  const { method, path } = request;
  if (method !== 'PATCH') return replyOf(kinds(), request);
  if (/\/cronjobs\//.test(path)) {
    const message = 'Invalid value: "0 25 * * *": end of range (25) above maximum (23): 25';
    const causes = [{ reason: 'FieldValueInvalid', field: 'spec.schedule', message }];
    return status(422, 'CronJob.batch "invoices" is invalid', { causes });
  }
  if (/\/pods\//.test(path)) {
    const reasons =
      'allowPrivilegeEscalation != false (container "shell" must set securityContext.allowPrivilegeEscalation=false), runAsUser=0 (container "shell" must not set runAsUser=0)';
    return status(403, `pods "debug" is forbidden: violates PodSecurity "restricted:latest": ${reasons}`);
  }
  const warning = [
    '299 - "existing pods in namespace \\"shop\\" violate the new PodSecurity enforce level \\"restricted:latest\\""',
    '299 - "agent-x7k2p (and 2 other pods): privileged, runAsNonRoot != true, seccompProfile"',
    '299 - "payment-6d9c4b7f5-qm4zt (and 1 other pod): privileged, allowPrivilegeEscalation != false"',
  ];
  return { kind: 'json', body: {}, headers: { warning } };
}
const status = (code, message, details = {}) => ({
  kind: 'json',
  status: code,
  body: { kind: 'Status', status: 'Failure', code, message, details },
});

let cluster;
let folder;
let window;
let page;
before(async () => {
  cluster = await startFakeApiServer({ reply });
  folder = mkdtempSync(join(tmpdir(), 'kubeharden-journey-'));
  const kubeconfig = join(folder, 'config');
  const { contexts, ...rest } = kubeconfigFor(cluster, {});
  const named = contexts.map(({ context }) => ({ name: 'production', context }));
  writeFileSync(kubeconfig, JSON.stringify({ ...rest, contexts: named, 'current-context': 'production' }), {
    mode: 0o600,
  });
  window = await openWindow('fleet', { env: { KUBECONFIG: kubeconfig } });
  page = window.page;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
});
after(async () => {
  await window?.close();
  await cluster?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const journey = journeysIn(() => window);
const tree = clusterTree(() => page);
const { row, expand, collapse, titleButton, menu, scrollTo, choose } = tree;

const patches = () => cluster.seen.filter(({ method }) => method === 'PATCH');

/** A picture without what the mouse brings up. */
async function screenshot(name) {
  await page.mouse.move(1150, 20);
  await page.locator('.monaco-hover:visible, .monaco-sash.hover').first().waitFor({ state: 'hidden' });
  await window.screenshot(name);
}

/** Makes the side bar so many pixels wide. */
async function widen(width) {
  const bar = await page.locator('.part.sidebar').boundingBox();
  assert.ok(bar);
  const edge = bar.x + bar.width;
  await page.mouse.move(edge, 500);
  await page.mouse.down();
  await page.mouse.move(bar.x + width, 500, { steps: 5 });
  await page.mouse.up();
}

journey('a scan says of each finding what the files have to do with it', async () => {
  await tree.open();
  await row('not scanned').waitFor();
  assert.equal(cluster.seen.length, 0);
  await widen(640);
  await titleButton('Scan Cluster').click();
  await row('Findings').waitFor();
  await expand('Pods');
  await expand('pod/privileged');
  const states = [
    ['DaemonSet shop/agent', 'ignored in agent.yaml'],
    ['Deployment shop/legacy-report', 'only live'],
    ['Deployment shop/payment', 'also in payment.yaml'],
    ['Deployment shop/web', 'fixed in web.yaml, not deployed'],
  ];
  for (const [object, state] of states) {
    await page.locator('.customview-tree .monaco-list-row', { hasText: object }).filter({ hasText: state }).waitFor();
  }
});

journey('what the next apply would bring has a branch of its own', async () => {
  await expand('Next Apply Makes Worse');
  await row('cart.yaml').waitFor();
  assert.match(await row('cart.yaml').textContent(), /Deployment shop\/cart/);
});

journey('who made it so is asked of the object', async () => {
  await menu(row('Deployment shop/web'), 'Who Set This?');
  await page.locator('.notification-toast', { hasText: 'kubectl-edit' }).waitFor();
  await window.command('Notifications: Clear All Notifications');
});

journey('a finding leads to its file and is fixed there', async () => {
  await menu(row('also in payment.yaml'), 'Open Declaration');
  await page.waitForSelector('.tab.active[data-resource-name="payment.yaml"]');
  await page.waitForSelector('.squiggly-error');
  await screenshot('cluster-files');
  await menu(row('also in payment.yaml'), 'Fix in File');
  await page.waitForSelector('.tab.active.dirty[data-resource-name="payment.yaml"]');
  await window.save();
  await window.fileMatches('payment.yaml', /^(?![\s\S]*privileged: true)/);
  await row('fixed in payment.yaml, not deployed').waitFor();
});

journey('once it is deployed, the next scan does not find it', async () => {
  const [web, , ...others] = deployments;
  deployments = [web, workload('payment', 'payment:1.8.1', hardened), ...others];
  await titleButton('Scan Cluster').click();
  await row(/^Findings\s*13$/).waitFor();
  await row('Deployment shop/payment').waitFor({ state: 'detached' });
  await row('fixed in web.yaml, not deployed').waitFor();
  assert.equal(await row('Deployment shop/payment').count(), 0);
});

journey('what is not known says what would tell it, and the role that would is copied', async () => {
  await collapse('Findings');
  await expand('Not Read');
  await row('Not Read').hover();
  await row('Not Read')
    .getByRole('button', { name: /Copy Role/ })
    .click();
  await page.locator('.notification-toast', { hasText: 'Copied a role' }).waitFor();
  await window.command('Notifications: Clear All Notifications');
  await expand('Not Verifiable');
  await scrollTo('upgrade/deprecated-apis-in-use', 1);
  await expand('upgrade/deprecated-apis-in-use');
  await scrollTo('Passed', 1);
  await row('get /metrics').waitFor();
  await row('needs: list nodes').waitFor();
  await window.open('reader.yaml');
  await page.locator('.editor-group-container.active .view-lines').click();
  await page.keyboard.press('Control+V');
  await page.waitForSelector('.tab.active.dirty[data-resource-name="reader.yaml"]');
  await window.save();
  await window.fileMatches('reader.yaml', /kind: ClusterRole\n[\s\S]+nonResourceURLs: \[\/flagz, \/metrics\]\n/);
  await screenshot('cluster-coverage');
  await scrollTo('Findings', -1);
  await collapse('Not Verifiable');
  await expand('Findings');
});

journey('a dry run says at the line what the cluster would refuse', async () => {
  await window.open('release.yaml');
  await page.keyboard.press('Control+B');
  await window.command('KubeHarden: Check Against the Cluster in a Dry Run');
  await page.locator('.notification-toast', { hasText: 'production would take 0 objects and refuse 2' }).waitFor();
  await window.command('Notifications: Clear All Notifications');
  assert.ok(patches().every(({ path }) => path.includes('dryRun=All')));
  await window.command('Problems: Focus on Problems View');
  const problem = (text) => page.locator('.markers-panel .monaco-list-row', { hasText: text }).first();
  await problem('end of range (25) above maximum (23)').filter({ hasText: 'Ln 7,' }).waitFor();
  await problem('violates PodSecurity "restricted:latest"').filter({ hasText: 'Ln 26,' }).waitFor();
  await screenshot('cluster-dry-run');
  await page.keyboard.press('Control+B');
  await scrollTo('Findings', -1);
});

/** Chooses Restricted, and looks at what would be rejected. */
async function whatIfRestricted() {
  const before = patches().length;
  await choose('Restricted');
  const list = page.locator('.quick-input-list .monaco-list-row');
  await list.filter({ hasText: 'payment-6d9c4b7f5-qm4zt (and 1 other pod)' }).waitFor();
  assert.match(await list.filter({ hasText: 'agent-x7k2p' }).textContent(), /privileged, runAsNonRoot != true/);
  const [asked, ...more] = patches().slice(before);
  assert.match(asked.path, /^\/api\/v1\/namespaces\/shop\?dryRun=All/);
  assert.match(asked.body, /"pod-security.kubernetes.io\/enforce":"restricted"/);
  assert.equal(more.length, 0);
}

journey('a namespace of the tree says what Pod Security would reject in it', async () => {
  await titleButton('Group Cluster Findings').click();
  await choose('Namespace');
  await menu(page.getByRole('treeitem', { name: /^shop\./ }), 'What Would Pod Security Reject Here?');
  await whatIfRestricted();
  await page.keyboard.press('Escape');
});

journey('so does the file that declares the namespace', async () => {
  await window.open('namespace.yaml');
  await window.command('KubeHarden: What Would Pod Security Reject Here?', { asks: true });
  await whatIfRestricted();
  await page.keyboard.press('Escape');
});
