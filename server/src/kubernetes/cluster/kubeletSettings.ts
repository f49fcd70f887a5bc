import { embeddedDocuments } from '../../manifest/index.ts';
import { type Argument, phrase } from '../../sentences/index.ts';
import type { ResourceIdentity } from '../resources/resource.ts';
import { resourceIdentity } from '../resources/resourceIdentity.ts';
import type { ClusterEvidence } from './clusterEvidence.ts';
import { flagsThrough, k3sNodes } from './k3sArguments.ts';
import { systemConfigMap } from './systemConfigMap.ts';

/** What kubelets are told, as far as the cluster shows it. */
export interface KubeletSettings {
  /** In a sentence: `the ConfigMap kube-system/kubelet-config`, `the arguments of K3s on node a`. */
  readonly source: Argument;
  readonly object: ResourceIdentity;
  /** `true`, `0`, `Webhook`; undefined where nothing is written, so that the default of KubeletConfiguration holds. */
  value(setting: KubeletSetting): string | undefined;
}

export interface KubeletSetting {
  /** In a KubeletConfiguration. */
  readonly path: readonly string[];
  /** Without dashes. */
  readonly flag: string;
}

/**
 * The configuration that kubeadm hands to every node that joins or is upgraded (cmd/kubeadm/app/constants,
 * KubeletBaseConfigurationConfigMap), and what K3s and RKE2 start their kubelets with. The kubelets themselves are not
 * asked: their answers need the right nodes/proxy, which reaches into every pod.
 */
export function kubeletSettings(evidence: ClusterEvidence): readonly KubeletSettings[] {
  return [...ofKubeadm(evidence), ...ofK3s(evidence)];
}

function ofKubeadm(evidence: ClusterEvidence): readonly KubeletSettings[] {
  const found = systemConfigMap(evidence, 'kubelet-config');
  if (found === undefined) return [];
  const [document] = embeddedDocuments(found.node.get('data', 'kubelet')).documents;
  if (document?.root.get('kind').string !== 'KubeletConfiguration') return [];
  return [
    {
      source: phrase('the ConfigMap {configMap}', { configMap: `${found.namespace}/${found.name}` }),
      object: resourceIdentity(found),
      value({ path }) {
        const { string, number, boolean } = document.root.get(...path);
        return (string ?? number ?? boolean)?.toString();
      },
    },
  ];
}

/** k3s-io/k3s, pkg/daemons/agent/agent_linux.go. */
const ownFlags = {
  'anonymous-auth': 'false',
  'authentication-token-webhook': 'true',
  'authorization-mode': 'Webhook',
  'client-ca-file': '/var/lib/rancher/k3s/agent/client-ca.crt',
  'read-only-port': '0',
  // It writes new certificates at every start.
  'rotate-certificates': 'true',
};

function ofK3s(evidence: ClusterEvidence): readonly KubeletSettings[] {
  return k3sNodes(evidence).map((k3s) => {
    const flags = flagsThrough(k3s, '--kubelet-arg', ownFlags);
    return {
      source: phrase('the arguments of {product} on node {node}', { product: k3s.product, node: k3s.node.name }),
      object: resourceIdentity(k3s.node),
      value: ({ flag }) => flags.get(flag),
    };
  });
}
