import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingPlace } from '../../../server/src/kubernetes/index.ts';
import { componentIn, componentsIn, textAt } from '../reading.ts';

function kubeadm(version: string, body: string, kind = 'ClusterConfiguration'): string {
  return `apiVersion: kubeadm.k8s.io/${version}\nkind: ${kind}\n${body}`;
}

const argumentShapes: readonly (readonly [string, string, string])[] = [
  ['v1beta3', 'kubeadm-v1beta3', '{authorization-mode: RBAC, profiling: false}'],
  ['v1beta1', 'kubeadm-v1beta3', '{authorization-mode: RBAC, profiling: "false"}'],
  ['v1beta4', 'kubeadm-v1beta4', '[{name: authorization-mode, value: RBAC}, {name: profiling, value: "false"}]'],
  ['v1', 'kubeadm-v1beta4', '[{name: authorization-mode, value: RBAC}, {name: profiling, value: "false"}]'],
];

for (const [version, source, extraArgs] of argumentShapes) {
  test(`reads extraArgs of kubeadm ${version} over kubeadm's own arguments`, () => {
    const components = componentsIn(kubeadm(version, `apiServer:\n  extraArgs: ${extraArgs}\n`));
    assert.deepEqual(
      components.map(({ component }) => component),
      ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'],
    );
    const [apiServer, controllerManager] = components;
    assert.ok(apiServer && controllerManager);
    assert.equal(apiServer.source, source);
    assert.equal(apiServer.isOpen, false);
    assert.equal(apiServer.flag('authorization-mode')?.value, 'RBAC');
    assert.deepEqual(apiServer.list('authorization-mode'), ['RBAC']);
    assert.equal(apiServer.flag('profiling')?.value, 'false');
    assert.equal(apiServer.flag('client-ca-file'), undefined);
    assert.equal(apiServer.defaultValue('client-ca-file'), '/etc/kubernetes/pki/ca.crt');
    assert.deepEqual(apiServer.list('enable-admission-plugins'), ['NodeRestriction']);
    assert.equal(apiServer.flags[0] && textAt(apiServer.flags[0].place), 'RBAC');
    assert.equal(controllerManager.defaultValue('bind-address'), '127.0.0.1');
  });
}

test('a missing extraArgs is reported at the section, else at the kind', () => {
  const [apiServer, controllerManager] = componentsIn(kubeadm('v1beta4', 'apiServer:\n  certSANs: [a]\n'));
  assert.ok(apiServer && controllerManager);
  assert.equal(textAt(findingPlace(apiServer.anchor)), 'apiServer');
  assert.equal(textAt(findingPlace(controllerManager.anchor)), 'ClusterConfiguration');
  assert.deepEqual(controllerManager.argumentsNode.path, ['controllerManager', 'extraArgs']);
});

test("kubeadm's defaults follow the configuration", () => {
  const [apiServer] = componentsIn(
    kubeadm(
      'v1beta4',
      `certificatesDir: /pki
networking: {dnsDomain: example.org}
etcd: {external: {endpoints: [https://a:2379, https://b:2379], caFile: /ca}}
apiServer: {extraArgs: [{name: authorization-config, value: /authz.yaml}]}
`,
    ),
  );
  assert.equal(apiServer?.defaultValue('tls-cert-file'), '/pki/apiserver.crt');
  assert.equal(apiServer?.defaultValue('service-account-issuer'), 'https://kubernetes.default.svc.example.org');
  assert.deepEqual(apiServer?.list('etcd-servers'), ['https://a:2379', 'https://b:2379']);
  assert.equal(apiServer?.defaultValue('etcd-cafile'), '/ca');
  assert.equal(apiServer?.defaultValue('etcd-certfile'), undefined);
  assert.equal(apiServer?.defaultValue('authorization-mode'), undefined);
});

test('an external etcd is not started by kubeadm', () => {
  const components = componentsIn(kubeadm('v1beta4', 'etcd: {external: {endpoints: [https://a:2379]}}\n'));
  assert.deepEqual(
    components.map(({ component }) => component),
    ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'],
  );
});

test('kubeadm v1 may put an argument behind or before its own', () => {
  const [apiServer] = componentsIn(
    kubeadm('v1', 'apiServer: {extraArgs: [{name: enable-admission-plugins, value: ",X", mergeMethod: append}]}\n'),
  );
  assert.deepEqual(apiServer?.list('enable-admission-plugins'), ['NodeRestriction', 'X']);
});

test('a Helm action in extraArgs leaves it open', () => {
  const [apiServer] = componentsIn(
    kubeadm('v1beta3', 'apiServer:\n  extraArgs:\n    {{ toYaml .Values.args }}\n    a: b\n'),
  );
  assert.equal(apiServer?.isOpen, true);
});

test('reads the kubelet of InitConfiguration and JoinConfiguration', () => {
  for (const kind of ['InitConfiguration', 'JoinConfiguration']) {
    const kubelet = componentIn(
      kubeadm('v1beta3', 'nodeRegistration: {kubeletExtraArgs: {read-only-port: 10255}}\n', kind),
    );
    assert.equal(kubelet.component, 'kubelet');
    assert.equal(kubelet.flag('read-only-port')?.value, '10255');
    assert.equal(kubelet.defaultValue('config'), '/var/lib/kubelet/config.yaml');
    assert.deepEqual(componentsIn(kubeadm('v1beta3', 'nodeRegistration: {name: a}\n', kind)), []);
  }
});

test('reads kOps sections: fields are flags, and nothing is absent', () => {
  const components = componentsIn(`apiVersion: kops.k8s.io/v1alpha2
kind: Cluster
metadata: {name: k}
spec:
  kubeAPIServer:
    anonymousAuth: true
    auditLogMaxAge: 10
    auditLogMaxBackups: 1
    clientCAFile: /ca
    insecureBindAddress: 0.0.0.0
    enableAdmissionPlugins: [NodeRestriction, AlwaysPullImages]
    runtimeConfig: {batch/v2alpha1: "true"}
  kubelet: {readOnlyPort: 0, anonymousAuth: false}
  kubeControllerManager: {enableProfiling: false}
  etcdClusters:
  - name: main
    manager: {env: [{name: ETCD_LISTEN_METRICS_URLS, value: "http://0.0.0.0:8081"}]}
  - name: events
`);
  assert.deepEqual(
    components.map(({ component, isOpen }) => [component, isOpen]),
    [
      ['kube-apiserver', true],
      ['kube-controller-manager', true],
      ['kubelet', true],
      ['etcd', true],
    ],
  );
  const [apiServer, controllerManager, kubelet, etcd] = components;
  assert.deepEqual(
    apiServer?.flags.map(({ name, value }) => `${name}=${value}`),
    [
      'anonymous-auth=true',
      'audit-log-maxage=10',
      'audit-log-maxbackup=1',
      'client-ca-file=/ca',
      'insecure-bind-address=0.0.0.0',
      'enable-admission-plugins=NodeRestriction,AlwaysPullImages',
      'runtime-config=batch/v2alpha1=true',
    ],
  );
  assert.equal(controllerManager?.flag('profiling')?.value, 'false');
  assert.equal(kubelet?.flag('read-only-port')?.value, '0');
  assert.equal(etcd?.flag('listen-metrics-urls')?.value, 'http://0.0.0.0:8081');
});

test('reads k3s and RKE2 configuration files, which have no kind', () => {
  const [apiServer, kubelet] = componentsIn(`write-kubeconfig-mode: "0644"
kube-apiserver-arg:
- anonymous-auth=false
- "--audit_log_path=/x"
- profiling
kubelet-arg: read-only-port=0
`);
  assert.ok(apiServer && kubelet);
  assert.deepEqual(
    apiServer.flags.map(({ name, value, place }) => [name, value, textAt(place)]),
    [
      ['anonymous-auth', 'false', 'anonymous-auth=false'],
      ['audit-log-path', '/x', '--audit_log_path=/x'],
      ['profiling', undefined, 'profiling'],
    ],
  );
  const [first] = apiServer.flags;
  assert.ok(first?.valueSpan);
  assert.equal(textAt(first.node.span(first.nameSpan.from, first.nameSpan.to)), 'anonymous-auth');
  assert.equal(textAt(first.node.span(first.valueSpan.from, first.valueSpan.to)), 'false');
  assert.equal(kubelet.flag('read-only-port')?.value, '0');
  assert.equal(apiServer.isOpen, true);
});

test('an object with a kind is no such file', () => {
  assert.deepEqual(componentsIn('apiVersion: v1\nkind: X\nkubelet-arg: [a=b]\n'), []);
});
