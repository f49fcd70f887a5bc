import { type Sentence, sentence, together } from '../../sentences/index.ts';
import type { ClusterEvidence } from '../cluster/clusterEvidence.ts';
import { k3sNodes } from '../cluster/k3sArguments.ts';
import { parseImageReference } from '../images/imageReference.ts';
import type { Resource } from '../resources/resource.ts';

/** The network plugin of a cluster and whether it carries out NetworkPolicies. */
export interface NetworkPlugin {
  readonly name: string;
  readonly enforces: 'yes' | 'no' | 'unknown';
  /** What it was told from, or what its answer hangs on: a sentence. */
  readonly because: Sentence;
  /** The DaemonSet by which it is known; undefined where nodes or their annotations told. */
  readonly daemonSet?: Resource;
  /** The year in which its project ended, where it has. */
  readonly ended?: string;
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
    if (off !== undefined) {
      const because = sentence('Its configuration says {setting}.', { setting: off });
      return { name, enforces: 'no', because, daemonSet: found };
    }
    const because = sentence('The DaemonSet {namespace}/{name} runs.', {
      namespace: found.namespace,
      name: found.name,
    });
    return { name, enforces: 'yes', because, daemonSet: found, ...(name === 'Weave Net' ? weaveEnded : {}) };
  }
  const awsNode = daemonSets.find(({ name }) => name === 'aws-node');
  if (awsNode !== undefined) return amazonVpc(awsNode);
  const kindnet = daemonSets.find(({ name }) => name === 'kindnet');
  if (kindnet !== undefined) return kindNetwork(kindnet);
  const flannelSet = daemonSets.find(({ name }) => name.startsWith('kube-flannel'));
  if (flannelSet !== undefined)
    return { ...flannel(sentence('The DaemonSet of Flannel runs.')), daemonSet: flannelSet };
  return fromNodes(evidence);
}

/** github.com/weaveworks/weave is archived. */
const weaveEnded = { ended: '2024' } as const;

/** kind 0.24 brings kindnetd v20240813, the first to carry policies out; 0.23 has v20240513 (kind's release notes). */
function kindNetwork(daemonSet: Resource): NetworkPlugin {
  const [container] = daemonSet.spec.get('template', 'spec', 'containers').items();
  const tag = parseImageReference(container?.get('image').string ?? '')?.tag ?? '';
  const date = Number(/^v(\d{8})\b/.exec(tag)?.[1]);
  const name = 'kindnet';
  if (date >= 20240813) {
    return { name, enforces: 'yes', because: sentence('It is {tag}, of kind 0.24 or newer.', { tag }), daemonSet };
  }
  if (date <= 20240513) {
    return { name, enforces: 'no', because: sentence('It is {tag}, older than kind 0.24.', { tag }), daemonSet };
  }
  const because = sentence('kindnet enforces policies since kind 0.24, and does not say its version.');
  return { name, enforces: 'unknown', because, daemonSet };
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
      ? sentence('Its node agent runs with --enable-network-policy=true.')
      : sentence('Its node agent does not run with --enable-network-policy=true.'),
    daemonSet,
  };
}

function fromNodes(evidence: ClusterEvidence): NetworkPlugin | undefined {
  const nodes = evidence.resources('Node');
  const annotations = (nodes.kind === 'seen' ? nodes.value : []).flatMap((node) => [...node.annotations]);
  const keys = new Set(annotations.map(([key]) => key));
  const k3s = k3sNodes(evidence);
  if (k3s.length > 0) {
    // K3s runs kube-router's policy controller beside Flannel (docs.k3s.io, Networking Services).
    const isOff = k3s.some((node) => node.arguments.includes('--disable-network-policy'));
    const because = isOff
      ? sentence('It is started with --disable-network-policy.')
      : sentence('It runs a policy controller of its own.');
    return { name: 'K3s', enforces: isOff ? 'no' : 'yes', because };
  }
  if (keys.has('projectcalico.org/IPv4Address')) {
    return { name: 'Calico', enforces: 'yes', because: sentence('The nodes carry annotations of Calico.') };
  }
  if ([...keys].some((key) => key.startsWith('flannel.alpha.coreos.com/'))) {
    return flannel(sentence('The nodes carry annotations of Flannel.'));
  }
  return undefined;
}

function flannel(because: Sentence): NetworkPlugin {
  return { name: 'Flannel', enforces: 'no', because: together(because, sentence('Flannel carries out no policies.')) };
}
