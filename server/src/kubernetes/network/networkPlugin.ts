import type { ClusterEvidence } from '../cluster/clusterEvidence.ts';
import type { Resource } from '../resources/resource.ts';

/** The network plugin of a cluster and whether it carries out NetworkPolicies. */
export interface NetworkPlugin {
  readonly name: string;
  readonly enforces: 'yes' | 'no' | 'unknown';
  /** What it was told from, or what its answer hangs on: a sentence. */
  readonly because: string;
}

/** DaemonSets by which a plugin is known. First match wins; who enforces beside another comes before it. */
const byDaemonSet: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^(?:calico-node|canal)$/, 'Calico'],
  [/^(?:cilium|anetd)$/, 'Cilium'],
  [/^antrea-agent$/, 'Antrea'],
  [/^ovnkube-node/, 'OVN-Kubernetes'],
  [/^kube-router$/, 'kube-router'],
  [/^azure-npm/, 'Azure Network Policy Manager'],
  [/^weave-net$/, 'Weave Net'],
];

/**
 * Which plugin a cluster runs, told from DaemonSets, API groups and annotations of nodes. Kubernetes itself does not know
 * it, so none may be found: then nothing is claimed.
 */
export function networkPluginOf(evidence: ClusterEvidence): NetworkPlugin | undefined {
  const seen = evidence.resources('DaemonSet.apps');
  const daemonSets = seen.kind === 'seen' ? seen.value : [];
  for (const [pattern, name] of byDaemonSet) {
    const found = daemonSets.find((daemonSet) => pattern.test(daemonSet.name));
    if (found === undefined) continue;
    const off = name === 'Cilium' ? ciliumSwitchedOff(evidence, found.namespace) : undefined;
    if (off !== undefined) return { name, enforces: 'no', because: `Its configuration says ${off}.` };
    return { name, enforces: 'yes', because: `The DaemonSet ${found.namespace}/${found.name} runs.` };
  }
  const awsNode = daemonSets.find(({ name }) => name === 'aws-node');
  if (awsNode !== undefined) return amazonVpc(awsNode);
  const kindnet = daemonSets.find(({ name }) => name === 'kindnet');
  if (kindnet !== undefined) {
    return {
      name: 'kindnet',
      enforces: 'unknown',
      because: 'kindnet enforces policies since kind 0.24, and does not say its version.',
    };
  }
  if (daemonSets.some(({ name }) => name.startsWith('kube-flannel'))) return flannel('The DaemonSet of Flannel runs.');
  return fromNodes(evidence);
}

/** docs.cilium.io, "Policy Enforcement Modes"; cilium/cilium, pkg/option/config.go. */
function ciliumSwitchedOff(evidence: ClusterEvidence, namespace: string): string | undefined {
  const configMaps = evidence.resources('ConfigMap');
  if (configMaps.kind === 'unseen') return undefined;
  const data = configMaps.value
    .find((configMap) => configMap.namespace === namespace && configMap.name === 'cilium-config')
    ?.node.get('data');
  if (data?.get('enable-policy').string === 'never') return 'enable-policy: never';
  return data?.get('enable-k8s-networkpolicy').string === 'false' ? 'enable-k8s-networkpolicy: false' : undefined;
}

/** The node agent enforces, when told so (github.com/aws/amazon-vpc-cni-k8s, README). */
function amazonVpc(daemonSet: Resource): NetworkPlugin {
  const containers = daemonSet.spec.get('template', 'spec', 'containers').items();
  const agent = containers.find((container) => container.get('name').string === 'aws-eks-nodeagent');
  const isOn =
    agent
      ?.get('args')
      .items()
      .some((arg) => arg.string === '--enable-network-policy=true') === true;
  return {
    name: 'Amazon VPC CNI',
    enforces: isOn ? 'yes' : 'no',
    because: isOn
      ? 'Its node agent runs with --enable-network-policy=true.'
      : 'Its node agent does not run with --enable-network-policy=true.',
  };
}

function fromNodes(evidence: ClusterEvidence): NetworkPlugin | undefined {
  const nodes = evidence.resources('Node');
  const annotations = (nodes.kind === 'seen' ? nodes.value : []).flatMap((node) => [...node.annotations]);
  const keys = new Set(annotations.map(([key]) => key));
  const k3sArguments = annotations.find(([key]) => key === 'k3s.io/node-args' || key === 'rke2.io/node-args')?.[1];
  if (k3sArguments !== undefined) {
    // K3s runs kube-router's policy controller beside Flannel (docs.k3s.io, Networking Services).
    const isOff = k3sArguments.includes('--disable-network-policy');
    const because = isOff ? 'It is started with --disable-network-policy.' : 'It runs a policy controller of its own.';
    return { name: 'K3s', enforces: isOff ? 'no' : 'yes', because };
  }
  if (keys.has('projectcalico.org/IPv4Address')) {
    return { name: 'Calico', enforces: 'yes', because: 'The nodes carry annotations of Calico.' };
  }
  if ([...keys].some((key) => key.startsWith('flannel.alpha.coreos.com/'))) {
    return flannel('The nodes carry annotations of Flannel.');
  }
  return undefined;
}

function flannel(because: string): NetworkPlugin {
  return { name: 'Flannel', enforces: 'no', because: `${because} Flannel carries out no policies.` };
}
