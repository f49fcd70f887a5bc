import type { Resource } from '../resources/resource.ts';
import type { ClusterEvidence } from './clusterEvidence.ts';

/** A ConfigMap in kube-system, where Kubernetes and its installers keep what they have to say; undefined where none was read. */
export function systemConfigMap(evidence: ClusterEvidence, wanted: string): Resource | undefined {
  const configMaps = evidence.resources('ConfigMap');
  if (configMaps.kind === 'unseen') return undefined;
  return configMaps.value.find(({ namespace, name }) => namespace === 'kube-system' && name === wanted);
}
