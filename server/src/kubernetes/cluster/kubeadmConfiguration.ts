import { embeddedDocuments } from '../../manifest/index.ts';
import { readResources } from '../resources/readResources.ts';
import type { Resource } from '../resources/resource.ts';
import type { ClusterEvidence } from './clusterEvidence.ts';
import { systemConfigMap } from './systemConfigMap.ts';

/** What kubeadm was told of a cluster. */
export interface KubeadmConfiguration {
  readonly configMap: Resource;
  /** A ClusterConfiguration of kubeadm.k8s.io. */
  readonly cluster: Resource;
}

/**
 * The configuration by which kubeadm made the cluster and upgrades it (cmd/kubeadm/app/constants, KubeadmConfigConfigMap).
 * It tells what was meant: what runs may have been changed on the nodes since.
 */
export function kubeadmConfiguration(evidence: ClusterEvidence): KubeadmConfiguration | undefined {
  const configMap = systemConfigMap(evidence, 'kubeadm-config');
  if (configMap === undefined) return undefined;
  const { documents } = embeddedDocuments(configMap.node.get('data', 'ClusterConfiguration'));
  const cluster = documents
    .flatMap((document) => readResources(document))
    .find(({ group, kind, node }) => group === 'kubeadm.k8s.io' && kind === 'ClusterConfiguration' && node.isComplete);
  return cluster && { configMap, cluster };
}
