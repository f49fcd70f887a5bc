import type { ManifestNode } from '../../manifest/index.ts';
import type { Container } from '../pods/podSpec.ts';

/**
 * pod-security-admission, policy/check_hostPorts.go: every `ports[*].hostPort` of a container that is set to anything
 * but 0, as it is written. What the API server fills in for pods on the host network is not among them.
 */
export function hostPorts(container: Container): readonly ManifestNode[] {
  return container.node
    .get('ports')
    .items()
    .map((port) => port.get('hostPort'))
    .filter(({ number }) => number !== undefined && number !== 0);
}
