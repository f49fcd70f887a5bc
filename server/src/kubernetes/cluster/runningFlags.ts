import { type Argument, phrase } from '../../sentences/index.ts';
import type { ComponentName } from '../flags/component.ts';
import { componentsOf } from '../flags/componentsOf.ts';
import { podSpecsOf } from '../pods/podTemplates.ts';
import type { Resource } from '../resources/resource.ts';
import type { ClusterEvidence, FlagValues } from './clusterEvidence.ts';
import { flagsThrough, type K3sNode, k3sNodes } from './k3sArguments.ts';
import { kubeadmConfiguration } from './kubeadmConfiguration.ts';

/** What one running component was started with. */
export interface RunningFlags {
  /** In a sentence: `the static pod kube-apiserver-node-1`, `/flagz`, `the ConfigMap kube-system/kubeadm-config`. */
  readonly source: Argument;
  /** Names of the flags that are given; at /flagz of all that there are. */
  readonly names: readonly string[];
  /** The value as written, `true` for a bare flag; undefined for a flag that is absent or empty. */
  value(flag: string): string | undefined;
  /** The elements of a list; none for a flag that is absent or empty. */
  list(flag: string): readonly string[];
}

/**
 * The flags of every API server that shows them: static pods, where there are none /flagz, then what kubeadm was told, and
 * then what K3s runs within its own process; empty where nothing shows them.
 */
export function apiServerFlags(evidence: ClusterEvidence): readonly RunningFlags[] {
  const fromPods = staticPodFlags(evidence, 'kube-apiserver');
  if (fromPods.length > 0) return fromPods;
  if (evidence.flags.kind === 'seen') return [shownFlags(evidence.flags.value)];
  const fromKubeadm = kubeadmFlags(evidence, 'kube-apiserver');
  if (fromKubeadm.length > 0) return fromKubeadm;
  // The API server of RKE2 is a static pod, and its own flags are more than these.
  return k3sNodes(evidence)
    .filter(({ isServer, product }) => isServer && product === 'K3s')
    .map(k3sFlags);
}

/** The flags of every member of etcd that shows them: static pods, and where there are none what kubeadm was told. */
export function etcdFlags(evidence: ClusterEvidence): readonly RunningFlags[] {
  const fromPods = staticPodFlags(evidence, 'etcd');
  return fromPods.length > 0 ? fromPods : kubeadmFlags(evidence, 'etcd');
}

/** The flags of a component as the static pods of the control plane show them; empty where there are none. */
export function staticPodFlags(evidence: ClusterEvidence, name: ComponentName): readonly RunningFlags[] {
  const pods = evidence.pods.kind === 'seen' ? evidence.pods.value : [];
  return pods
    .filter(({ namespace }) => namespace === 'kube-system')
    .flatMap(({ pod }) => flagsIn(pod, name, phrase('the static pod {pod}', { pod: pod.name })));
}

function kubeadmFlags(evidence: ClusterEvidence, name: ComponentName): readonly RunningFlags[] {
  const kubeadm = kubeadmConfiguration(evidence);
  if (kubeadm === undefined) return [];
  const { namespace, name: configMap } = kubeadm.configMap;
  return flagsIn(
    kubeadm.cluster,
    name,
    phrase('the ConfigMap {configMap}', { configMap: `${namespace}/${configMap}` }),
  );
}

function flagsIn(resource: Resource, name: ComponentName, source: Argument): readonly RunningFlags[] {
  const component = componentsOf(resource, podSpecsOf(resource, [])).find(({ component }) => component === name);
  if (component === undefined) return [];
  return [
    {
      source,
      names: [...new Set(component.flags.map((flag) => flag.name))],
      value: (name) => {
        const flag = component.flag(name);
        return (flag === undefined ? component.defaultValue(name) : (flag.value ?? 'true')) || undefined;
      },
      list: (name) => component.list(name).filter((element) => element !== ''),
    },
  ];
}

/** pflag prints lists in brackets (spf13/pflag, string_slice.go). */
function shownFlags(flags: FlagValues): RunningFlags {
  const value = (name: string) => flags.get(name)?.replace(/^\[(.*)\]$/s, '$1') || undefined;
  return { source: '/flagz', names: [...flags.keys()], value, list: (name) => value(name)?.split(',') ?? [] };
}

/** What it sets by itself, as far as it is asked about (k3s-io/k3s, pkg/daemons/control/server.go). */
const k3sOwnFlags = {
  'anonymous-auth': 'false',
  'authorization-mode': 'Node,RBAC',
  'client-ca-file': '/var/lib/rancher/k3s/server/tls/client-ca.crt',
  'enable-admission-plugins': 'NodeRestriction',
  profiling: 'false',
};
const k3sEncryption = { 'encryption-provider-config': '/var/lib/rancher/k3s/server/cred/encryption-config.json' };

function k3sFlags(k3s: K3sNode): RunningFlags {
  const { node } = k3s;
  const encrypts =
    k3s.arguments.includes('--secrets-encryption') || node.annotations.has('k3s.io/encryption-config-hash');
  const flags = flagsThrough(k3s, '--kube-apiserver-arg', { ...k3sOwnFlags, ...(encrypts ? k3sEncryption : {}) });
  const value = (name: string) => flags.get(name) || undefined;
  return {
    source: phrase('the arguments of {product} on node {node}', { product: 'K3s', node: node.name }),
    names: [...flags.keys()],
    value,
    list: (name) => value(name)?.split(',') ?? [],
  };
}

/** `the static pod a and the static pod b` */
export function sourcesOf(servers: readonly RunningFlags[]): Argument {
  return servers.map(({ source }) => source);
}
