// The role that is copied: everything that was missing, nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wholeClusterRole } from '../../scripts/generate/clusterPage.ts';
import { createWorkspace } from '../../server/src/analysis/index.ts';
import { askingForMissing, minimalClusterRole, missingPermissions } from '../../server/src/cluster/index.ts';
import type { Permission } from '../../server/src/kubernetes/index.ts';
import { parseManifest } from '../../server/src/manifest/index.ts';

const list = (group: string, resource: string, namespace?: string): Permission => ({
  kind: 'resource',
  group,
  resource,
  verbs: ['list'],
  ...(namespace === undefined ? {} : { namespace }),
});
const metrics: Permission = { kind: 'url', path: '/metrics' };

test('asks for every resource and address once, by group, and says how to grant it', () => {
  const permissions = [
    list('apps', 'deployments'),
    metrics,
    list('', 'pods'),
    list('', 'nodes'),
    list('', 'pods'),
    metrics,
  ];
  assert.equal(
    minimalClusterRole(permissions, { name: 'jane@example.com', groups: [] }),
    `# What a scan by KubeHarden could not read. To grant it:
#   kubectl create clusterrolebinding kubeharden-reader --clusterrole=kubeharden-reader --user=jane@example.com
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: kubeharden-reader
rules:
  - apiGroups: [""]
    resources: [nodes, pods]
    verbs: [get, list, watch]
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get, list, watch]
  - nonResourceURLs: [/metrics]
    verbs: [get]
`,
  );
});

test('is a Role where only single namespaces are asked for, and leaves out what the ClusterRole gives already', () => {
  const text = minimalClusterRole([list('', 'pods', 'shop'), list('', 'nodes'), list('', 'nodes', 'shop')]) ?? '';
  const file = parseManifest(text);
  assert.deepEqual(
    file.documents.map(({ root }) => [root.get('kind').string, root.get('metadata', 'namespace').string]),
    [
      ['ClusterRole', undefined],
      ['Role', 'shop'],
    ],
  );
  assert.deepEqual(file.documents[1]?.root.get('rules').toJson(), [
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
  ]);
  assert.match(text, /--namespace=shop --role=kubeharden-reader --user=<your user name>/);
});

test('names a service account as kubectl wants it, and no name that could be more than a name', () => {
  const account = { name: 'system:serviceaccount:ci:scanner', groups: [] };
  assert.match(minimalClusterRole([metrics], account) ?? '', /--serviceaccount=ci:scanner$/m);
  const odd = minimalClusterRole([metrics], { name: 'x\nrules: $(rm)', groups: [] }) ?? '';
  assert.match(odd, /--user=<your user name>$/m);
});

test('says what listing Secrets means', () => {
  assert.match(
    minimalClusterRole([list('', 'secrets'), list('', 'pods')]) ?? '',
    /# .*Secrets.*\n {2}- apiGroups: \[""\]\n {4}resources: \[secrets\]/,
  );
});

test('is not there where nothing is missing, and does not ask for what the user chose not to read', () => {
  assert.equal(minimalClusterRole([]), undefined);
  const secrets = {
    what: 'secrets',
    cause: 'notAsked',
    reason: { text: 'Off.' },
    permission: list('', 'secrets'),
  } as const;
  const nodes = { what: 'nodes', cause: 'forbidden', reason: { text: 'No.' }, permission: list('', 'nodes') } as const;
  const pods = {
    what: 'pods',
    cause: 'incomplete',
    reason: { text: 'Some.' },
    permission: list('', 'pods', 'shop'),
  } as const;
  assert.deepEqual(missingPermissions([secrets, nodes, pods]), [list('', 'nodes'), list('', 'pods', 'shop')]);
});

test('of everything that is read is no finding of our own', () => {
  const workspace = createWorkspace({
    readText: () => undefined,
    settingsFor: () => ({ profile: 'restricted' }),
    folderOf: () => undefined,
    today: () => '2026-11-25',
  });
  workspace.setText('file:///role.yaml', wholeClusterRole());
  assert.deepEqual(
    workspace.findings('file:///role.yaml').findings.map(({ ruleId, message }) => `${ruleId}: ${message}`),
    [],
  );
});

test('a check asks for what is missing only, of all that it could use', () => {
  const gap = {
    what: 'pods',
    cause: 'forbidden',
    reason: { text: 'No.' },
    permission: list('', 'pods', 'shop'),
  } as const;
  const outcome = {
    kind: 'notVerifiable',
    because: { text: 'Nobody may see it.' },
    unlockedBy: [metrics, list('', 'pods'), list('', 'nodes'), { text: 'Ask your provider.' }],
  } as const;
  assert.deepEqual(askingForMissing(outcome, [gap]), {
    ...outcome,
    unlockedBy: [list('', 'pods'), { text: 'Ask your provider.' }],
  });
  const passed = { kind: 'pass', because: { text: 'It was seen.' } } as const;
  assert.equal(askingForMissing(passed, []), passed);
});
