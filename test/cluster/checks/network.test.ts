// Which running pods are covered by policies, and whether anybody carries the policies out.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RawObject } from '../../../server/src/kubernetes/index.ts';
import { configMap, outcome, podGroup, said, seen } from './evidence.ts';

const policy = (name: string, spec: RawObject, namespace = 'shop'): RawObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec,
});
const denyAll = policy('deny-all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const web = podGroup('web', { count: 3 });
const db = podGroup('db', { count: 2 });

const coverage = (groups: readonly ReturnType<typeof podGroup>[], ...policies: readonly RawObject[]) => {
  const objects = {
    'NetworkPolicy.networking.k8s.io': policies,
    ...Object.fromEntries(vendorKinds.map((kind) => [kind, []])),
  };
  return said('network/pod-coverage', { pods: seen(groups), objects });
};
const vendorKinds = [
  'CiliumNetworkPolicy.cilium.io',
  'CiliumClusterwideNetworkPolicy.cilium.io',
  'NetworkPolicy.crd.projectcalico.org',
  'GlobalNetworkPolicy.crd.projectcalico.org',
  'NetworkPolicy.projectcalico.org',
  'GlobalNetworkPolicy.projectcalico.org',
  'NetworkPolicy.crd.antrea.io',
  'ClusterNetworkPolicy.crd.antrea.io',
  'ApplicationNetworkPolicy.networking.k8s.aws',
  'ClusterNetworkPolicy.networking.k8s.aws',
  'AdminNetworkPolicy.policy.networking.k8s.io',
  'BaselineAdminNetworkPolicy.policy.networking.k8s.io',
  'ClusterNetworkPolicy.policy.networking.k8s.io',
];

describe('coverage', () => {
  test('is whole under a policy that denies everything', () => {
    assert.match(coverage([web, db], denyAll), /^pass: /);
  });

  test('counts pods, not workloads, by direction', () => {
    const ofWeb = policy('web', {
      podSelector: { matchLabels: { app: 'web' } },
      ingress: [{ from: [{ podSelector: {} }] }],
    });
    assert.equal(
      coverage([web, db], ofWeb),
      'fail warning: 3 of 5 pods in namespace shop are protected from whatever connects to them.\n' +
        'fail info: 0 of 5 pods in namespace shop are protected from connecting to wherever they like.',
    );
  });

  test('is undone by a policy that allows everything', () => {
    const allowAll = policy('allow', { podSelector: { matchLabels: { app: 'web' } }, ingress: [{}] });
    assert.match(coverage([web], denyAll, allowAll), /^fail warning: 0 of 3 .*undoes the others for Deployment web/);
  });

  test('of the parts of the system itself is told in a lower voice', () => {
    assert.match(coverage([podGroup('dns', { namespace: 'kube-system' })]), /^fail info: .*\nfail info: /);
  });

  test('of another namespace does not count, nor do pods on the node network', () => {
    assert.match(coverage([web], policy('other', { podSelector: {} }, 'other')), /^fail warning: 0 of 3/);
    assert.match(coverage([podGroup('agent', { hostNetwork: true })]), /^pass: /);
  });

  test('cannot be told where another plugin has policies of its own, or policies may not be read', () => {
    const cilium = {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'c', namespace: 'shop' },
    };
    const objects = { 'NetworkPolicy.networking.k8s.io': [], 'CiliumNetworkPolicy.cilium.io': [cilium] };
    assert.match(said('network/pod-coverage', { pods: seen([web]), objects }), /^notVerifiable: .*Cilium/);
    const judged = outcome('network/pod-coverage', { pods: seen([web]) });
    assert.equal(judged.kind, 'notVerifiable');
  });
});

const daemonSet = (name: string, args: readonly string[] = []): RawObject => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name, namespace: 'kube-system' },
  spec: { template: { spec: { containers: [{ name: 'aws-eks-nodeagent', image: 'a', args }] } } },
});
const node = (annotations: Readonly<Record<string, string>>): RawObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n', annotations },
});

describe('enforcement', () => {
  const id = 'network/cni-no-netpol';
  const with_ = (
    daemonSets: readonly RawObject[],
    nodes: readonly RawObject[] = [],
    policies: readonly RawObject[] = [],
  ) =>
    said(id, { objects: { 'DaemonSet.apps': daemonSets, Node: nodes, 'NetworkPolicy.networking.k8s.io': policies } });

  test('is told from the plugin', () => {
    assert.match(with_([daemonSet('cilium')]), /^pass: Cilium/);
    assert.match(with_([daemonSet('kube-flannel-ds'), daemonSet('calico-node')]), /^pass: Calico/);
    assert.match(with_([daemonSet('kindnet')]), /^notVerifiable: kindnet/);
    assert.match(with_([daemonSet('kube-proxy')]), /^notVerifiable: No network plugin/);
  });

  test('that is missing makes policies a decoration', () => {
    assert.match(
      with_([daemonSet('kube-flannel-ds')], [], [denyAll]),
      /^fail error: .*the network policies of this cluster \(1\) have no effect/,
    );
    assert.match(with_([], [node({ 'flannel.alpha.coreos.com/backend-type': 'vxlan' })]), /^fail warning: Flannel/);
  });

  test('of a plugin whose project has ended is a finding all the same', () => {
    assert.match(with_([daemonSet('weave-net')]), /^fail warning: Weave Net enforces .* ended in 2024/);
  });

  test('of kind is told from the date of its image', () => {
    const kindnet = (tag: string) => {
      const spec = { template: { spec: { containers: [{ image: `docker.io/kindest/kindnetd:${tag}` }] } } };
      return with_([{ ...daemonSet('kindnet'), spec }]);
    };
    assert.match(kindnet('v20241212-9f82dd49'), /^pass: kindnet/);
    assert.match(kindnet('v20240202-8f1494ea'), /^fail warning: kindnet does not/);
    assert.match(kindnet('v20240726'), /^notVerifiable: /);
    assert.match(kindnet('latest'), /^notVerifiable: /);
  });

  test('that is missing names the DaemonSet', () => {
    const judged = outcome(id, { objects: { 'DaemonSet.apps': [daemonSet('kube-flannel-ds')] } });
    assert.ok(judged.kind === 'fail');
    assert.equal(judged.failures[0]?.object?.name, 'kube-flannel-ds');
  });

  test('of Cilium may be switched off in its configuration', () => {
    const configured = (data: Readonly<Record<string, string>>) =>
      said(id, {
        objects: { 'DaemonSet.apps': [daemonSet('cilium')], ConfigMap: [configMap('cilium-config', data)] },
      });
    assert.match(configured({ 'enable-policy': 'default' }), /^pass: Cilium/);
    assert.match(configured({ 'enable-policy': 'never' }), /^fail warning: Cilium does not enforce/);
    assert.match(configured({ 'enable-k8s-networkpolicy': 'false' }), /^fail warning: /);
  });

  test('of Amazon and K3s hangs on an argument', () => {
    assert.match(with_([daemonSet('aws-node', ['--enable-network-policy=true'])]), /^pass: Amazon VPC CNI/);
    assert.match(with_([daemonSet('aws-node')]), /^fail /);
    assert.match(
      with_([], [node({ 'k3s.io/node-args': '["server"]', 'flannel.alpha.coreos.com/x': '' })]),
      /^pass: K3s/,
    );
    assert.match(with_([], [node({ 'k3s.io/node-args': '["server","--disable-network-policy"]' })]), /^fail /);
  });
});

test('a policy that selects nothing', () => {
  const id = 'network/policy-dangling';
  const judged = (...policies: readonly RawObject[]) =>
    said(id, { pods: seen([web]), objects: { 'NetworkPolicy.networking.k8s.io': policies } });
  const select = (matchLabels: Readonly<Record<string, string>>, namespace?: string) =>
    policy('p', { podSelector: { matchLabels } }, namespace);
  assert.match(judged(select({ app: 'web' })), /^pass: /);
  assert.match(judged(select({ app: 'wbe' })), /^fail: NetworkPolicy shop\/p selects none/);
  assert.match(judged(select({ app: 'x' }, 'empty')), /^pass: /);
  assert.match(judged(select({ 'statefulset.kubernetes.io/pod-name': 'web-2' })), /^pass: /);
});
