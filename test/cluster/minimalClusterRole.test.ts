// The role that is copied: everything that was missing, nothing else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createWorkspace } from '../../server/src/analysis/index.ts';
import { collectedKinds } from '../../server/src/cluster/collection/collectedKinds.ts';
import { permissionFor } from '../../server/src/cluster/collection/collectKind.ts';
import { minimalClusterRole, missingPermissions } from '../../server/src/cluster/index.ts';
import type { Permission } from '../../server/src/kubernetes/index.ts';
import { parseManifest } from '../../server/src/manifest/index.ts';
import { repositoryRoot } from '../support/repository.ts';

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
  const secrets = { what: 'secrets', cause: 'notAsked', reason: 'Off.', permission: list('', 'secrets') } as const;
  const nodes = { what: 'nodes', cause: 'forbidden', reason: 'No.', permission: list('', 'nodes') } as const;
  const check = {
    id: 'api-server/audit-logging',
    summary: '',
    why: '',
    severity: 'warning',
    outcome: { kind: 'notVerifiable', because: '', unlockedBy: [metrics, 'Ask your provider.'] },
  } as const;
  assert.deepEqual(missingPermissions([secrets, nodes], [check]), [list('', 'nodes'), metrics]);
});

/** Of everything that a scan reads unless the user wants more. */
const wholeRole = minimalClusterRole([
  ...collectedKinds.filter(({ isOptIn }) => isOptIn !== true).map((kind) => permissionFor(kind, kind.namespace)),
  metrics,
  { kind: 'url', path: '/flagz' },
]);

test('of everything that is read stands in the documentation', () => {
  const documented = readFileSync(join(repositoryRoot, 'docs/cluster.md'), 'utf8');
  assert.ok(documented.includes(wholeRole?.replaceAll(/^#.*\n/gm, '') ?? 'no role'));
});

test('of everything that is read is no finding of our own', () => {
  const workspace = createWorkspace({
    readText: () => undefined,
    settingsFor: () => ({ profile: 'restricted' }),
    folderOf: () => undefined,
    today: () => '2026-11-25',
  });
  workspace.setText('file:///role.yaml', wholeRole ?? '');
  assert.deepEqual(
    workspace.findings('file:///role.yaml').findings.map(({ ruleId, message }) => `${ruleId}: ${message}`),
    [],
  );
});
