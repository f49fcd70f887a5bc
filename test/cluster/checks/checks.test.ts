// Each check in its three outcomes, and what holds for all of them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RawObject } from '../../../server/src/kubernetes/index.ts';
import { clusterChecks } from '../../../server/src/rules/index.ts';
import { evidence, type Known, metric, outcome, seen, table } from './evidence.ts';

describe('all checks', () => {
  test('say without any evidence that they cannot tell, or judge what needs none', () => {
    for (const check of clusterChecks) {
      const judged = check.judge(evidence({}));
      if (check.id === 'kubeconfig/safe-access') continue;
      assert.equal(judged.kind, 'notVerifiable', check.id);
    }
  });

  test('have an id of their own, and sentences', () => {
    assert.equal(new Set(clusterChecks.map(({ id }) => id)).size, clusterChecks.length);
    for (const { id, summary, why } of clusterChecks) {
      assert.match(id, /^[a-z-]+\/[a-z-]+$/);
      assert.match(summary, /^[A-Z](?:[^.]|\.\d)*$/, `${id}: a statement`);
      assert.match(why, /\.$/, `${id}: sentences`);
    }
  });
});

const status = (version: number | undefined, api: number | undefined, healthz: number | undefined) => ({
  anonymous: seen({ version, api, healthz }),
});

table('api-server/anonymous-auth', [
  ['refused', status(401, 401, 401), /^pass: .*\(401\)/],
  ['only health checks', status(401, 401, 200), /^pass: .*health checks/],
  ['the default of a cluster', status(200, 403, 200), /^fail info: /],
  ['discovery for everybody', status(200, 200, 200), /^fail error: Anybody/],
  ['no answer', status(undefined, 403, undefined), /^notVerifiable: /],
]);

const encryption = (prefix: string, value = 3) =>
  metric(
    'apiserver_storage_transformation_operations_total',
    { resource: 'secrets', transformation_type: 'to_storage', transformer_prefix: prefix, status: 'OK' },
    value,
  );
const eks = seen({ gitVersion: 'v1.33.5-eks-113cf36', minor: 33, patch: 5, emulatedMinor: 33, platform: '' });

const openShift = (spec: RawObject): Known => ({
  objects: {
    'APIServer.config.openshift.io': [
      { apiVersion: 'config.openshift.io/v1', kind: 'APIServer', metadata: { name: 'cluster' }, spec },
    ],
  },
});
const annotations = { 'k3s.io/encryption-config-hash': 'start-0123' };
const k3s: Known = { objects: { Node: [{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', annotations } }] } };

table('etcd/encryption-at-rest', [
  ['proved by metrics', { metrics: seen([encryption('k8s:enc:kms:v2:')]) }, /^pass: .*kms v2/],
  ['plain in spite of its configuration', { metrics: seen([encryption('')]) }, /^fail: .*identity/],
  [
    'changed meanwhile',
    { metrics: seen([encryption(''), encryption('k8s:enc:kms:v2:')]) },
    /^notVerifiable: .*both encrypted and as plain text/,
  ],
  ['weak', { metrics: seen([encryption('k8s:enc:aescbc:v1:')]) }, /^fail info: .*aescbc/],
  [
    'configured, nothing written',
    { metrics: seen([encryption('k8s:enc:secretbox:v1:', 0)]) },
    /^notVerifiable: The metrics count no/,
  ],
  ['no flag', { flags: seen(new Map([['profiling', 'true']])) }, /^fail: .*\(\/flagz\)/],
  [
    'a flag alone',
    { flags: seen(new Map([['encryption-provider-config', '/etc/enc.yaml']])) },
    /^notVerifiable: .*whether it covers Secrets/,
  ],
  ['a provider', { version: eks }, /^notVerifiable: Amazon EKS documents/],
  ['OpenShift that encrypts', openShift({ encryption: { type: 'aesgcm' } }), /^pass: .*\(aesgcm\)/],
  ['OpenShift that does not', openShift({}), /^fail: OpenShift is not told/],
  ['K3s', k3s, /^notVerifiable: K3s has an encryption configuration/],
  ['nothing', {}, /^notVerifiable: Neither/],
]);

table('api-server/audit-logging', [
  ['counted', { metrics: seen([metric('apiserver_audit_event_total', {}, 12)]) }, /^pass: .*12 audit events/],
  [
    'counted by a provider',
    { metrics: seen([metric('apiserver_audit_event_total', {}, 12)]), version: eks },
    /^notVerifiable: .*whether Amazon EKS keeps them/,
  ],
  ['counted none', { metrics: seen([metric('apiserver_audit_event_total', {}, 0)]) }, /^fail: .*no audit event/],
  ['no policy', { flags: seen(new Map([['audit-log-path', '/var/log/audit']])) }, /^fail: .*\(\/flagz\)/],
  [
    'in the flags',
    {
      flags: seen(
        new Map([
          ['audit-log-path', '-'],
          ['audit-policy-file', '/etc/audit.yaml'],
        ]),
      ),
    },
    /^pass: An audit policy/,
  ],
  ['nothing', {}, /^notVerifiable: /],
]);

const decided = (type: string) =>
  seen([metric('apiserver_authorization_decisions_total', { type, decision: 'allowed' })]);
const modes = (value: string) => ({ flags: seen(new Map([['authorization-mode', value]])) });
table('api-server/authorization', [
  ['RBAC', { metrics: decided('RBAC') }, /^pass: /],
  ['everything allowed', { metrics: decided('AlwaysAllow') }, /^fail: /],
  ['in the flags', modes('[Node,RBAC]'), /^pass: Requests are authorized by Node, RBAC\./],
  ['everything allowed by the flags', modes('[Node,AlwaysAllow]'), /^fail: .*\(\/flagz\)/],
  ['no mode', { flags: seen(new Map([['profiling', 'true']])) }, /^fail: /],
  [
    'in a file',
    {
      flags: seen(new Map([['authorization-config', '/etc/authz.yaml']])),
      apiGroups: seen(new Set(['rbac.authorization.k8s.io'])),
    },
    /^notVerifiable: RBAC is served/,
  ],
  ['no RBAC served', { apiGroups: seen(new Set(['', 'apps'])) }, /^fail: /],
  ['RBAC served', { apiGroups: seen(new Set(['rbac.authorization.k8s.io'])) }, /^notVerifiable: RBAC is served/],
]);

const version = (minor: number, gitVersion = `v1.${minor}.0`) =>
  ({ version: seen({ gitVersion, minor, patch: 0, emulatedMinor: minor, platform: '' }) }) satisfies Known;
table('upgrade/kubernetes-version-eol', [
  ['supported', version(36), /^pass: v1\.36\.0 is supported until 2027-06-28\./],
  ['ended', version(34), /^fail: v1\.34\.0 has had no security patches since 2026-10-27\./],
  ['ended long ago', version(29), /^fail error: /],
  ['older than the table', version(19), /^fail error: /],
  ['newer than the table', version(40), /^notVerifiable: /],
  ['EKS for a fee', { version: eks }, /^fail info: .*ended on 2026-07-29; until 2027-07-29/],
  ['EKS', version(35, 'v1.35.1-eks-1'), /^pass: Amazon EKS supports v1\.35\.1-eks-1 until 2027-03-27/],
  [
    'EKS no more',
    { ...version(32, 'v1.32.1-eks-1'), scannedAt: '2027-04-01T00:00:00.000Z' },
    /^fail: The support of Amazon EKS .* ended on 2027-03-23/,
  ],
  ['EKS long ago', version(28, 'v1.28.1-eks-1'), /^notVerifiable: .*Amazon EKS has dates of its own/],
  ['a provider has its own dates', version(33, 'v1.33.1-gke.1'), /^notVerifiable: .*Google GKE has dates of its own/],
  [
    'the table is old',
    { ...version(37), scannedAt: '2027-05-01T00:00:00.000Z' },
    /^notVerifiable: .*read on 2026-11-23/,
  ],
]);

const own = (more: object) => ({ kubeconfig: { ...evidence({}).kubeconfig, ...more } });
table('kubeconfig/safe-access', [
  ['good', own({}), /^pass: /],
  ['no TLS', own({ server: 'http://cluster' }), /^fail error: .*without TLS/],
  ['unchecked', own({ skipsTlsVerification: true }), /^fail error: .*insecure-skip-tls-verify/],
  ['a token in the file', own({ authentication: 'token' }), /^fail info: .*token/],
  [
    'certificate at its end',
    own({ clientCertificateExpires: '2026-12-01T00:00:00Z' }),
    /^fail: .*expires on 2026-12-01/,
  ],
  ['expired', own({ clientCertificateExpires: '2026-11-01T00:00:00Z' }), /^fail: .*expired on/],
  ['readable by all', own({ fileMode: 0o644 }), /^fail: .*mode 644/],
  [
    'system:masters',
    { user: seen({ name: 'kubernetes-admin', groups: ['system:masters'] }) },
    /^fail: You are "kubernetes-admin"/,
  ],
]);

test('what would make it verifiable is named', () => {
  const judged = outcome('etcd/encryption-at-rest', {});
  assert.ok(judged.kind === 'notVerifiable');
  assert.deepEqual(judged.unlockedBy, [
    { kind: 'url', path: '/metrics' },
    { kind: 'url', path: '/flagz' },
  ]);
});
