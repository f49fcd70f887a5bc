import type { ClusterEvidence } from './clusterEvidence.ts';

/** Who runs the control plane. `selfManaged` covers kubeadm, kind, k3s and whatever gives nothing away. */
export type ClusterProvider = 'eks' | 'gke' | 'aks' | 'openshift' | 'selfManaged';

/** Told from the version, the nodes and the address of the API server; any one will do. */
export function providerOf(evidence: ClusterEvidence): ClusterProvider {
  const version = evidence.version.kind === 'seen' ? evidence.version.value.gitVersion : '';
  if (version.includes('-eks-')) return 'eks';
  if (version.includes('-gke.')) return 'gke';
  const nodes = evidence.resources('Node');
  for (const { labels } of nodes.kind === 'seen' ? nodes.value : []) {
    for (const label of labels.keys()) {
      if (label.startsWith('eks.amazonaws.com/')) return 'eks';
      if (label === 'cloud.google.com/gke-nodepool') return 'gke';
      if (label === 'kubernetes.azure.com/cluster') return 'aks';
    }
  }
  const host = URL.canParse(evidence.kubeconfig.server) ? new URL(evidence.kubeconfig.server).hostname : '';
  if (host.endsWith('.eks.amazonaws.com')) return 'eks';
  if (host.endsWith('.azmk8s.io')) return 'aks';
  const groups = evidence.apiGroups.kind === 'seen' ? evidence.apiGroups.value : new Set<string>();
  return groups.has('config.openshift.io') ? 'openshift' : 'selfManaged';
}

/** For sentences. */
export const providerNames: Readonly<Record<Exclude<ClusterProvider, 'selfManaged'>, string>> = {
  eks: 'Amazon EKS',
  gke: 'Google GKE',
  aks: 'Azure AKS',
  openshift: 'OpenShift',
};
