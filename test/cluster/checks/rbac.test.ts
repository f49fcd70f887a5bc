// Who may do what in the end, and what that is worth to an intruder.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  dangersOf,
  EffectivePermissions,
  objectResource,
  type RawObject,
} from '../../../server/src/kubernetes/index.ts';
import { clusterChecks } from '../../../server/src/rules/index.ts';
import { isSentence } from '../../../server/src/sentences/index.ts';
import { configMap, evidence, type Known, podGroup, said, seen, table, tokenVolume } from './evidence.ts';

const rbac = (kind: string, name: string, more: RawObject, namespace?: string): RawObject => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  ...more,
});
const rule = (verbs: readonly string[], resources: readonly string[], apiGroups: readonly string[] = ['']) => ({
  verbs,
  resources,
  apiGroups,
});
const all = rule(['*'], ['*'], ['*']);
const bind = (
  kind: string,
  roleKind: string,
  role: string,
  subjects: readonly RawObject[],
  namespace?: string,
  name = role,
) => rbac(kind, name, { roleRef: { kind: roleKind, name: role }, subjects }, namespace);
const serviceAccount = (name: string, namespace = 'shop') => ({ kind: 'ServiceAccount', name, namespace });

interface Rbac {
  readonly roles?: readonly RawObject[];
  readonly clusterRoles?: readonly RawObject[];
  readonly roleBindings?: readonly RawObject[];
  readonly clusterRoleBindings?: readonly RawObject[];
}

const objectsOf = ({ roles = [], clusterRoles = [], roleBindings = [], clusterRoleBindings = [] }: Rbac) => ({
  'Role.rbac.authorization.k8s.io': roles,
  'ClusterRole.rbac.authorization.k8s.io': clusterRoles,
  'RoleBinding.rbac.authorization.k8s.io': roleBindings,
  'ClusterRoleBinding.rbac.authorization.k8s.io': clusterRoleBindings,
});

function dangers(objects: Rbac, namespace = 'shop', name = 'web'): readonly string[] {
  const read = (list: readonly RawObject[] = []) => list.map(objectResource);
  const permissions = new EffectivePermissions({
    roles: read(objects.roles),
    clusterRoles: read(objects.clusterRoles),
    roleBindings: read(objects.roleBindings),
    clusterRoleBindings: read(objects.clusterRoleBindings),
  });
  return dangersOf(permissions.grantsOfServiceAccount(namespace, name)).map(
    ({ id, namespace: where }) => `${id} ${where ?? '*'}`,
  );
}

describe('effective permissions', () => {
  const secrets = rbac('ClusterRole', 'secrets', { rules: [rule(['get'], ['secrets'])] });

  test('hold where the binding holds', () => {
    const subjects = [serviceAccount('web')];
    assert.deepEqual(
      dangers({
        clusterRoles: [secrets],
        clusterRoleBindings: [bind('ClusterRoleBinding', 'ClusterRole', 'secrets', subjects)],
      }),
      ['secrets *'],
    );
    assert.deepEqual(
      dangers({
        clusterRoles: [secrets],
        roleBindings: [bind('RoleBinding', 'ClusterRole', 'secrets', subjects, 'other')],
      }),
      ['secrets other'],
    );
    assert.deepEqual(
      dangers({ roleBindings: [bind('RoleBinding', 'Role', 'secrets', subjects, 'shop')] }),
      [],
      'a role that is not there',
    );
  });

  test('come by groups and by the user name as well', () => {
    for (const name of ['system:serviceaccounts', 'system:serviceaccounts:shop', 'system:authenticated']) {
      const clusterRoleBindings = [bind('ClusterRoleBinding', 'ClusterRole', 'secrets', [{ kind: 'Group', name }])];
      assert.deepEqual(dangers({ clusterRoles: [secrets], clusterRoleBindings }), ['secrets *'], name);
    }
    const user = { kind: 'User', name: 'system:serviceaccount:shop:web' };
    assert.deepEqual(
      dangers({
        clusterRoles: [secrets],
        clusterRoleBindings: [bind('ClusterRoleBinding', 'ClusterRole', 'secrets', [user])],
      }),
      ['secrets *'],
    );
    const other = { kind: 'Group', name: 'system:serviceaccounts:other' };
    assert.deepEqual(
      dangers({
        clusterRoles: [secrets],
        clusterRoleBindings: [bind('ClusterRoleBinding', 'ClusterRole', 'secrets', [other])],
      }),
      [],
    );
  });

  test('of one name, or cluster-wide rights in one namespace, lead nowhere', () => {
    const named = rbac('ClusterRole', 'r', { rules: [{ ...rule(['get'], ['secrets']), resourceNames: ['one'] }] });
    const nodes = rbac('Role', 'r', { rules: [rule(['get'], ['nodes/proxy'])] }, 'shop');
    const subjects = [serviceAccount('web')];
    assert.deepEqual(
      dangers({
        clusterRoles: [named],
        clusterRoleBindings: [bind('ClusterRoleBinding', 'ClusterRole', 'r', subjects)],
      }),
      [],
    );
    assert.deepEqual(
      dangers({ roles: [nodes], roleBindings: [bind('RoleBinding', 'Role', 'r', subjects, 'shop')] }),
      [],
    );
  });

  test('see through wildcards and subresources', () => {
    const of = (...rules: readonly RawObject[]) =>
      dangers({
        clusterRoles: [rbac('ClusterRole', 'r', { rules })],
        clusterRoleBindings: [bind('ClusterRoleBinding', 'ClusterRole', 'r', [serviceAccount('web')])],
      });
    assert.deepEqual(of(all), ['everything *']);
    assert.deepEqual(of(rule(['create'], ['*/exec'])), ['exec *']);
    assert.deepEqual(of(rule(['*'], ['pods'])), ['createPods *']);
    assert.deepEqual(of(rule(['patch'], ['deployments'], ['apps'])), ['createPods *']);
    assert.deepEqual(of(rule(['get'], ['pods', 'configmaps'])), []);
  });
});

describe('rbac/cluster-admins', () => {
  const clusterAdmin = rbac('ClusterRole', 'cluster-admin', { rules: [all] });
  const judged = (...subjects: readonly RawObject[]) =>
    said('rbac/cluster-admins', {
      objects: objectsOf({
        clusterRoles: [clusterAdmin],
        clusterRoleBindings: [bind('ClusterRoleBinding', 'ClusterRole', 'cluster-admin', subjects)],
      }),
    });

  test('names everybody but Kubernetes itself', () => {
    assert.match(judged({ kind: 'Group', name: 'system:masters' }), /^pass: /);
    assert.equal(
      judged(serviceAccount('deployer', 'ci')),
      'fail: ServiceAccount ci/deployer may do everything in the cluster, by ClusterRole cluster-admin.',
    );
    assert.match(judged({ kind: 'Group', name: 'system:authenticated' }), /^fail error: /);
  });

  test('cannot tell whom a provider gives rights to by itself', () => {
    const known: Known = {
      objects: objectsOf({}),
      version: seen({ gitVersion: 'v1.35.5-eks-1', minor: 35, patch: 5, emulatedMinor: 35, platform: '' }),
    };
    assert.match(
      said('rbac/cluster-admins', known),
      /^notVerifiable: No binding .* Amazon EKS gives rights to by itself/,
    );
  });

  test('cannot tell without the bindings, and asks for all four lists', () => {
    const outcome = said('rbac/cluster-admins', { objects: { 'ClusterRole.rbac.authorization.k8s.io': [] } });
    assert.match(outcome, /^notVerifiable: /);
  });
});

test('rbac/workload-privileged-sa: only where a token is mounted', () => {
  const objects = objectsOf({
    clusterRoles: [rbac('ClusterRole', 'r', { rules: [rule(['list'], ['secrets']), rule(['create'], ['pods'])] })],
    clusterRoleBindings: [bind('ClusterRoleBinding', 'ClusterRole', 'r', [serviceAccount('web')])],
  });
  const withToken = podGroup('web', { spec: { serviceAccountName: 'web', volumes: [tokenVolume], containers: [] } });
  const without = podGroup('web', { spec: { serviceAccountName: 'web', containers: [] } });
  const id = 'rbac/workload-privileged-sa';
  assert.equal(
    said(id, { pods: seen([withToken]), objects }),
    'fail error: A token in Deployment shop/web (service account "web") can read Secrets and run pods of its own making.',
  );
  assert.match(said(id, { pods: seen([without]), objects }), /^pass: /);
  const ofNamespaces = objectsOf({
    clusterRoles: [rbac('ClusterRole', 'r', { rules: [rule(['patch'], ['namespaces'])] })],
    clusterRoleBindings: [bind('ClusterRoleBinding', 'ClusterRole', 'r', [serviceAccount('web')])],
  });
  assert.match(
    said(id, { pods: seen([withToken]), objects: ofNamespaces }),
    /^fail warning: .* can take the Pod Security level off any namespace\.$/,
  );
});

test('rbac/anonymous-grants: but for what Kubernetes itself grants', () => {
  const anonymous = [{ kind: 'User', name: 'system:anonymous' }];
  const everybody = [{ kind: 'Group', name: 'system:unauthenticated' }];
  const id = 'rbac/anonymous-grants';
  const builtIn = objectsOf({
    clusterRoleBindings: [bind('ClusterRoleBinding', 'ClusterRole', 'system:public-info-viewer', everybody)],
    roleBindings: [bind('RoleBinding', 'Role', 'x', anonymous, 'kube-public', 'kubeadm:bootstrap-signer-clusterinfo')],
  });
  assert.match(said(id, { objects: builtIn }), /^pass: /);
  const careless = objectsOf({ roleBindings: [bind('RoleBinding', 'ClusterRole', 'view', anonymous, 'shop')] });
  assert.match(
    said(id, { objects: careless }),
    /^fail: RoleBinding view gives callers without credentials the role view in namespace shop\./,
  );
});

const holder = (name: string, more: RawObject = {}) =>
  podGroup(name, { spec: { volumes: [tokenVolume], containers: [], ...more } });
const mayReadSecrets = objectsOf({
  clusterRoles: [rbac('ClusterRole', 'r', { rules: [rule(['list'], ['secrets'])] })],
  clusterRoleBindings: [bind('ClusterRoleBinding', 'ClusterRole', 'r', [serviceAccount('default')])],
});
table('rbac/default-service-account', [
  ['none', { pods: seen([holder('web', { serviceAccountName: 'web' })]) }, /^pass: /],
  ['without a token', { pods: seen([holder('web', { volumes: [] })]) }, /^pass: /],
  [
    'some',
    { pods: seen([holder('web'), holder('db')]) },
    /^fail: Pods in namespace shop .*\(Deployment web and Deployment db\), so whatever/,
  ],
  ['with rights', { pods: seen([holder('web')]), objects: mayReadSecrets }, /^fail error: .*which can read Secrets\.$/],
  ['forbidden', {}, /^notVerifiable: /],
]);

const secret = (annotations: RawObject, labels: RawObject = {}): RawObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's', namespace: 'shop', annotations, labels },
});
const token = { 'kubernetes.io/service-account.name': 'deployer' };
const secrets = (...list: readonly RawObject[]): Known => ({ objects: { Secret: list } });
const tracking = configMap('kube-apiserver-legacy-service-account-token-tracking', { since: '2026-01-02' });
table('secrets/long-lived-sa-token', [
  ['none', secrets(secret({})), /^pass: /],
  ['one', secrets(secret(token)), /^fail: .*"deployer" that never expires; no use of it is recorded/],
  [
    'in use',
    secrets(secret(token, { 'kubernetes.io/legacy-token-last-used': '2026-11-20' })),
    /^fail: .*last used on 2026-11-20/,
  ],
  ['taken back', secrets(secret(token, { 'kubernetes.io/legacy-token-invalid-since': '2026-11-20' })), /^pass: /],
  ['not asked', { objects: { ConfigMap: [tracking] } }, /^notVerifiable: .*written down since 2026-01-02/],
  ['nothing', {}, /^notVerifiable: /],
]);

test('a right to list Secrets is not asked for where the settings leave them out', () => {
  const reason = { text: 'Secrets are read only where the settings allow it.' };
  const check = clusterChecks.find(({ id }) => id === 'secrets/long-lived-sa-token');
  const judged = check?.judge({ ...evidence({}), resources: () => ({ kind: 'unseen', cause: 'notAsked', reason }) });
  assert.ok(judged?.kind === 'notVerifiable' && judged.unlockedBy.every(isSentence));
});
