import type { Resource } from '../resources/resource.ts';
import type { ClusterEvidence } from './clusterEvidence.ts';

/** OpenShift's own configuration of the API server (openshift/api, config/v1/types_apiserver.go); undefined elsewhere. */
export function openShiftCluster(evidence: ClusterEvidence): Resource | undefined {
  const servers = evidence.resources('APIServer.config.openshift.io');
  return servers.kind === 'seen' ? servers.value.find(({ name }) => name === 'cluster') : undefined;
}
