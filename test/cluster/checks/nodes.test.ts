// What nodes are told: kubelets by kubeadm and K3s, the API server inside of K3s by its arguments.
import type { RawObject } from '../../../server/src/kubernetes/index.ts';
import { configMap, type Known, seen, table } from './evidence.ts';

const kubeadm = (yaml: string): Known => ({
  objects: { Node: [], ConfigMap: [configMap('kubelet-config', { kubelet: yaml })] },
});
const header = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n';
const asKubeadmWrites = kubeadm(`${header}authentication:
  anonymous: {enabled: false}
  webhook: {cacheTTL: 0s, enabled: true}
  x509: {clientCAFile: /etc/kubernetes/pki/ca.crt}
authorization: {mode: Webhook}
rotateCertificates: true
`);
const k3s = (...args: readonly string[]): Known => ({ objects: { Node: [k3sNode('a', args)], ConfigMap: [] } });
const k3sNode = (name: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): RawObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, annotations: { 'k3s.io/node-args': JSON.stringify(args), ...more } },
});
const eks = seen({ gitVersion: 'v1.35.5-eks-113cf36', minor: 35, patch: 5, emulatedMinor: 35, platform: '' });
const nothingKept: Known = { objects: { Node: [], ConfigMap: [] } };

table('kubelet/anonymous-auth', [
  ['kubeadm’s own', asKubeadmWrites, /^pass: .*the ConfigMap kube-system\/kubelet-config/],
  ['nothing written', kubeadm(header), /^pass: /],
  ['anonymous', kubeadm(`${header}authentication: {anonymous: {enabled: true}}`), /^fail: Kubelets take requests/],
  ['another kind', kubeadm('kind: Nothing'), /^notVerifiable: No configuration/],
  ['no YAML', kubeadm('{'), /^notVerifiable: No configuration/],
  ['K3s', k3s('agent'), /^pass: .*the arguments of K3s on node a/],
  ['K3s told otherwise', k3s('agent', '--kubelet-arg', 'anonymous-auth=true'), /^fail: .*K3s on node a/],
  ['K3s told in one', k3s('agent', '--kubelet-arg=--anonymous-auth'), /^fail: /],
  [
    'one node of K3s',
    { objects: { Node: [k3sNode('a', ['server']), k3sNode('b', ['agent', '--kubelet-arg', 'anonymous-auth=true'])] } },
    /^fail: .*\(the arguments of K3s on node b\)/,
  ],
  [
    'arguments that are no list',
    { objects: { Node: [{ ...k3sNode('a', []), metadata: { name: 'a', annotations: { 'k3s.io/node-args': '[' } } }] } },
    /^notVerifiable: /,
  ],
  ['a provider', { ...nothingKept, version: eks }, /^notVerifiable: Amazon EKS configures kubelets out of sight/],
  ['nothing kept', nothingKept, /^notVerifiable: No configuration of kubelets/],
  ['nothing to be seen', {}, /^notVerifiable: You may not read ConfigMap and Node\./],
]);

table('kubelet/authorization-mode', [
  ['kubeadm’s own', asKubeadmWrites, /^pass: /],
  ['nothing written', kubeadm(header), /^pass: /],
  ['everything allowed', kubeadm(`${header}authorization: {mode: AlwaysAllow}`), /^fail: .*AlwaysAllow/],
  ['K3s', k3s('server'), /^pass: /],
  ['nothing to be seen', {}, /^notVerifiable: /],
]);

table('kubelet/webhook-authn-off', [
  ['kubeadm’s own', asKubeadmWrites, /^pass: /],
  ['off', kubeadm(`${header}authentication: {webhook: {enabled: false}}`), /^fail: .*bearer tokens/],
  ['nothing to be seen', {}, /^notVerifiable: /],
]);

table('kubelet/client-ca-file', [
  ['kubeadm’s own', asKubeadmWrites, /^pass: /],
  ['none', kubeadm(header), /^fail: .*no client certificates/],
  ['K3s', k3s('server'), /^pass: /],
  ['nothing to be seen', {}, /^notVerifiable: /],
]);

table('kubelet/read-only-port', [
  ['kubeadm’s own', asKubeadmWrites, /^pass: /],
  ['open', kubeadm(`${header}readOnlyPort: 10255`), /^fail: .*read-only port/],
  ['opened on K3s', k3s('agent', '--kubelet-arg', 'read-only-port=10255'), /^fail: /],
  ['nothing to be seen', {}, /^notVerifiable: /],
]);

table('kubelet/rotate-certificates', [
  ['kubeadm’s own', asKubeadmWrites, /^pass: /],
  ['not written, which is off', kubeadm(header), /^fail: .*do not renew/],
  ['K3s', k3s('server'), /^pass: /],
  ['nothing to be seen', {}, /^notVerifiable: /],
]);

// K3s has no static pods; what its API server is started with stands in the annotation.
table('api-server/audit-logging', [
  ['K3s', k3s('server'), /^fail: .*\(the arguments of K3s on node a\)/],
  [
    'K3s with a policy',
    k3s(
      ...['server', '--kube-apiserver-arg', 'audit-log-path=/var/log/audit'],
      ...['--kube-apiserver-arg', 'audit-policy-file=/etc/audit.yaml'],
    ),
    /^pass: /,
  ],
  ['an agent says nothing of it', k3s('agent'), /^notVerifiable: /],
  ['nor does a server without an API server', k3s('server', '--disable-apiserver'), /^notVerifiable: /],
]);
table('api-server/authorization', [
  ['K3s', k3s('server'), /^pass: Requests are authorized by Node, RBAC/],
  ['K3s told otherwise', k3s('server', '--kube-apiserver-arg', 'authorization-mode=AlwaysAllow'), /^fail: .*K3s/],
]);
table('api-server/admission-node-restriction', [
  ['K3s', k3s('server'), /^pass: /],
  ['K3s and one more', k3s('server', '--kube-apiserver-arg', 'enable-admission-plugins+=EventRateLimit'), /^pass: /],
  ['K3s with another', k3s('server', '--kube-apiserver-arg', 'enable-admission-plugins=EventRateLimit'), /^fail: /],
]);
table('etcd/encryption-at-rest', [
  ['K3s', k3s('server'), /^fail: .*the arguments of K3s on node a/],
  ['K3s that may encrypt', k3s('server', '--secrets-encryption'), /^notVerifiable: An encryption configuration/],
  [
    'K3s that says so',
    { objects: { Node: [k3sNode('a', ['server'], { 'k3s.io/encryption-config-hash': 'start-1' })] } },
    /^notVerifiable: K3s has an encryption configuration/,
  ],
]);
