// What the control plane was started with and shows of itself: certificates, protocols, plugins, replicas, etcd.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RawObject, TlsProbe } from '../../../server/src/kubernetes/index.ts';
import { configMap, evidence, type Known, metric, outcome, podGroup, seen, staticPod, table } from './evidence.ts';

const flags = (more: Readonly<Record<string, string>>): Known => ({ flags: seen(new Map(Object.entries(more))) });
const eks: Known = {
  version: seen({ gitVersion: 'v1.33.5-eks-113cf36', minor: 33, patch: 5, emulatedMinor: 33, platform: '' }),
};

const published = (data: Readonly<Record<string, string>>): Known => ({
  objects: { ConfigMap: [configMap('extension-apiserver-authentication', data)] },
});
table('api-server/client-ca-file', [
  ['published', published({ 'client-ca-file': '-----BEGIN' }), /^pass: /],
  ['none', published({ 'requestheader-client-ca-file': '-----BEGIN' }), /^fail: .*no client certificates/],
  ['not published', { objects: { ConfigMap: [] } }, /^notVerifiable: .*was not found/],
  ['forbidden', {}, /^notVerifiable: You may not read ConfigMap/],
]);

const configured = metric('apiserver_authentication_config_controller_last_config_info', { hash: 'sha256:1' });
const plugin: Known = {
  kubeconfig: { ...evidence({}).kubeconfig, authentication: 'exec', execCommand: 'kubelogin' },
};
table('api-server/identity-provider', [
  ['OIDC', flags({ 'oidc-issuer-url': 'https://id.example' }), /^pass: .*https:\/\/id\.example \(\/flagz\)/],
  ['none', flags({ 'client-ca-file': 'ca.crt' }), /^fail: .*You sign in with a client certificate\.$/],
  ['none, with a plugin', { ...plugin, ...flags({ profiling: 'true' }) }, /^fail: .*the plugin kubelogin\.$/],
  ['a file, by the flags', flags({ 'authentication-config': 'a.yaml' }), /^notVerifiable: .*written only there/],
  ['a file, by the metrics', { metrics: seen([configured]) }, /^notVerifiable: .*written only there/],
  ['a provider', eks, /^notVerifiable: Amazon EKS has a sign-in of its own/],
  ['nothing', {}, /^notVerifiable: The flags/],
]);

const tls = (more: Partial<TlsProbe>): Known => ({
  tls: seen({
    acceptedOldProtocols: [],
    certificateExpires: '2027-06-01T00:00:00.000Z',
    keyBits: 2048,
    address: '10.0.0.1',
    ...more,
  }),
});
table('api-server/tls-min-version', [
  ['new ones only', tls({}), /^pass: /],
  ['old ones too', tls({ acceptedOldProtocols: ['TLSv1', 'TLSv1.1'] }), /^fail: .*TLS 1\.0 and TLS 1\.1/],
  ['by the flags', flags({ 'tls-min-version': 'VersionTLS11' }), /^fail: .*\(\/flagz\)/],
  ['by the default of the flag', flags({ 'tls-min-version': '' }), /^pass: /],
  ['no handshake', {}, /^notVerifiable: /],
]);

table('api-server/serving-certificate', [
  ['for long', tls({}), /^pass: .*until 2027-06-01/],
  ['not for long', tls({ certificateExpires: '2026-12-10T00:00:00.000Z' }), /^fail: .*expires on 2026-12-10/],
  ['no more', tls({ certificateExpires: '2026-11-01T00:00:00.000Z' }), /^fail error: .*expired on 2026-11-01/],
  ['without an end', tls({ certificateExpires: undefined }), /^notVerifiable: /],
  ['a short key', tls({ keyBits: 1024 }), /^fail: .*a key of 1024 bits/],
  ['a key on a curve', tls({ keyBits: 256 }), /^pass: /],
  ['no handshake', {}, /^notVerifiable: /],
]);

table('api-server/public-address', [
  ['private', tls({}), /^pass: .*private address 10\.0\.0\.1/],
  ['private in IPv6', tls({ address: 'fd12::1' }), /^pass: /],
  [
    'private of a provider',
    { ...tls({ address: '172.20.0.1' }), ...eks },
    /^notVerifiable: .*whether it has a public one/,
  ],
  ['public', tls({ address: '203.0.113.7' }), /^notVerifiable: .*the public address 203\.0\.113\.7/],
  ['public in IPv6', tls({ address: '2001:db8::7' }), /^notVerifiable: .*public address/],
  ['just not private', tls({ address: '172.32.0.1' }), /^notVerifiable: .*public address/],
  ['by a port that is forwarded', tls({ address: '127.0.0.1' }), /^notVerifiable: .*through your own machine/],
  ['by a proxy', tls({ address: undefined }), /^notVerifiable: .*through a proxy/],
  ['no handshake', {}, /^notVerifiable: /],
]);

test('where the networks are shown that reach the API server hangs on the provider', () => {
  const judged = outcome('api-server/public-address', { ...tls({ address: '203.0.113.7' }), ...eks });
  assert.ok(judged.kind === 'notVerifiable');
  assert.match(JSON.stringify(judged.unlockedBy[0]), /publicAccessCidrs/);
});

const openShift = (audit: RawObject): Known => ({
  objects: {
    'APIServer.config.openshift.io': [
      { apiVersion: 'config.openshift.io/v1', kind: 'APIServer', metadata: { name: 'cluster' }, spec: { audit } },
    ],
  },
});
table('api-server/audit-logging', [
  ['OpenShift', openShift({}), /^pass: .*profile Default/],
  ['OpenShift that audits nothing', openShift({ profile: 'None' }), /^fail: .*profile None/],
]);

const timed = (name: string, operation = 'CREATE') =>
  metric('apiserver_admission_controller_admission_duration_seconds_count', {
    name,
    operation,
    type: 'validate',
    rejected: 'false',
  });
const apiServer = (...args: readonly string[]): Known => ({ pods: seen([staticPod('kube-apiserver', args)]) });
table('api-server/admission-node-restriction', [
  ['counted', { metrics: seen([timed('NodeRestriction')]) }, /^pass: .*as its metrics count/],
  ['not counted', { metrics: seen([timed('ResourceQuota')]) }, /^fail: .*one broken node can change all others/],
  ['nothing created yet', { metrics: seen([timed('ResourceQuota', 'DELETE')]) }, /^notVerifiable: /],
  ['in the flags', apiServer('--enable-admission-plugins=NodeRestriction,AlwaysPullImages'), /^pass: /],
  ['not in the flags', apiServer('--authorization-mode=RBAC'), /^fail: .*static pod kube-apiserver-node-1/],
  ['at /flagz', flags({ 'enable-admission-plugins': '[NodeRestriction]' }), /^pass: /],
  ['nothing', {}, /^notVerifiable: /],
]);
table('api-server/admission-pod-security-disabled', [
  ['counted', { metrics: seen([timed('PodSecurity')]) }, /^pass: /],
  ['by default', apiServer('--authorization-mode=RBAC'), /^pass: /],
  ['switched off', flags({ 'disable-admission-plugins': '[PodSecurity]' }), /^fail: .*\(\/flagz\)/],
  ['nothing', {}, /^notVerifiable: /],
]);

const lease = (name: string, identity: string): RawObject => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name, namespace: 'kube-system', labels: { 'apiserver.kubernetes.io/identity': identity } },
});
const leases = (...names: readonly string[]) => ({
  'Lease.coordination.k8s.io': names.map((name) => lease(name, 'kube-apiserver')),
});
const node = (name: string): RawObject => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } });
const two = (first: readonly string[], second: readonly string[]): Known => ({
  pods: seen([staticPod('kube-apiserver', first), staticPod('kube-apiserver', second, 'node-2')]),
});
table('api-server/replicas-agree', [
  ['two alike', two(['--advertise-address=10.0.0.1'], ['--advertise-address=10.0.0.2']), /^pass: 2 API servers/],
  [
    'two that differ',
    two(['--audit-log-path=/a', '--profiling=false'], ['--profiling=true']),
    /^fail warning: .*--audit-log-path and --profiling/,
  ],
  [
    'two that differ in much',
    two(['--a=1', '--b=1', '--c=1', '--d=1'], []),
    /^fail warning: .* in --a, --b, --c and 1 more,/,
  ],
  ['by their leases', { objects: leases('a', 'b') }, /^pass: 2 API servers hold a Lease/],
  ['one alone', { objects: leases('a') }, /^fail: Only one/],
  ['one alone on one node', { objects: { ...leases('a'), Node: [node('n')] } }, /^pass: One node/],
  [
    'none',
    { objects: { 'Lease.coordination.k8s.io': [lease('x', 'other')] } },
    /^notVerifiable: No API server holds a Lease/,
  ],
  ['forbidden', {}, /^notVerifiable: You may not/],
]);

const etcd = (...args: readonly string[]): Known => ({ pods: seen([staticPod('etcd', args)]) });
const peers = '--listen-peer-urls=https://10.0.0.1:2380';
table('etcd/mutual-tls', [
  [
    'asks both',
    etcd('--client-cert-auth=true', '--peer-client-cert-auth=true', peers),
    /^pass: .* by the static pod etcd-node-1\./,
  ],
  ['a bare flag', etcd('--client-cert-auth', '--peer-client-cert-auth', peers), /^pass: /],
  ['asks neither', etcd(peers), /^fail: .*its clients.*\nfail: .*its peers/],
  ['alone', etcd('--client-cert-auth=true', '--listen-peer-urls=http://127.0.0.1:2380'), /^pass: /],
  [
    'certificates of its own making',
    etcd('--client-cert-auth=true', '--peer-client-cert-auth=true', '--auto-tls=true', peers),
    /^fail warning: .*--auto-tls/,
  ],
  ['in clear', apiServer('--etcd-servers=http://10.0.0.9:2379'), /^fail: The API server speaks to etcd without TLS/],
  ['elsewhere', flags({ 'etcd-certfile': 'a.crt' }), /^notVerifiable: .*it runs elsewhere/],
  ['a provider', eks, /^notVerifiable: Amazon EKS runs etcd out of sight/],
  ['nothing', {}, /^notVerifiable: No static pod/],
]);

const service = (spec: RawObject): RawObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 's', namespace: 'db' },
  spec,
});
const publishing = (spec: RawObject, pods = [podGroup('web')]): Known => ({
  pods: seen(pods),
  objects: { Service: [service(spec)] },
});
const hostPort = podGroup('etcd', { spec: { containers: [{ name: 'etcd', ports: [{ hostPort: 2380 }] }] } });
table('etcd/exposed-service', [
  ['inside', publishing({ ports: [{ port: 2379 }] }), /^pass: /],
  ['another port', publishing({ type: 'LoadBalancer', ports: [{ port: 443, targetPort: 8443 }] }), /^pass: /],
  ['outside', publishing({ type: 'NodePort', ports: [{ port: 80, targetPort: 2379 }] }), /^fail: Service db\/s/],
  ['at an address', publishing({ externalIPs: ['192.0.2.1'], ports: [{ port: 2379 }] }), /^fail: /],
  ['on the nodes', publishing({ ports: [] }, [hostPort]), /^fail: Deployment shop\/etcd opens port 2380/],
  ['on the network of the node', publishing({ ports: [] }, [staticPod('etcd', [])]), /^pass: /],
  ['forbidden', {}, /^notVerifiable: /],
]);

const kubeadm = (version: string, more: string): Known => ({
  objects: {
    ConfigMap: [
      configMap('kubeadm-config', {
        ClusterConfiguration: `apiVersion: kubeadm.k8s.io/${version}\nkind: ClusterConfiguration\n${more}`,
      }),
    ],
  },
});
const encrypting = 'apiServer: {extraArgs: [{name: encryption-provider-config, value: /etc/kubernetes/enc.yaml}]}';

table('api-server/admission-node-restriction', [
  ['kubeadm’s own', kubeadm('v1beta4', ''), /^pass: .*kubeadm-config/],
  [
    'kubeadm told otherwise, as a map',
    kubeadm('v1beta3', 'apiServer: {extraArgs: {enable-admission-plugins: AlwaysPullImages}}'),
    /^fail: .*\(the ConfigMap kube-system\/kubeadm-config\)/,
  ],
  [
    'kubeadm told otherwise, as a list',
    kubeadm('v1beta4', 'apiServer: {extraArgs: [{name: enable-admission-plugins, value: AlwaysPullImages}]}'),
    /^fail: .*\(the ConfigMap kube-system\/kubeadm-config\)/,
  ],
  [
    'what is shown, whatever kubeadm was told',
    { ...kubeadm('v1beta4', ''), ...flags({ profiling: 'true' }) },
    /^fail: .*\/flagz/,
  ],
  ['another kind', kubeadm('v1beta4', 'kind: InitConfiguration'), /^notVerifiable: /],
  ['no YAML', kubeadm('v1beta4', '{'), /^notVerifiable: /],
]);

table('etcd/encryption-at-rest', [
  ['kubeadm told nothing', kubeadm('v1beta4', ''), /^fail: .*kubeadm-config/],
  ['kubeadm told a file', kubeadm('v1beta4', encrypting), /^notVerifiable: An encryption configuration is in use/],
]);

table('etcd/mutual-tls', [
  ['kubeadm’s own', kubeadm('v1beta4', ''), /^pass: .*the ConfigMap kube-system\/kubeadm-config/],
  [
    'kubeadm told otherwise',
    kubeadm('v1beta4', 'etcd: {local: {extraArgs: [{name: client-cert-auth, value: "false"}]}}'),
    /^fail: .*asks its clients for no certificate \(the ConfigMap/,
  ],
]);
