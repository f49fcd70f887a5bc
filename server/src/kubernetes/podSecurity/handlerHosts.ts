import type { ManifestNode } from '../../manifest/index.ts';
import type { Container } from '../pods/podSpec.ts';
import type { KubernetesVersion } from '../releases/version.ts';

/** Names the host of one probe or lifecycle handler of a container. */
export interface HandlerHost {
  /** The `host` field, a text that is not empty. */
  readonly node: ManifestNode;
  /** `livenessProbe`, `preStop`, ... */
  readonly handler: string;
}

const handlerPaths = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;

/**
 * pod-security-admission, policy/check_hostProbesAndhostLifecycle.go: the hosts that probes and lifecycle handlers of a
 * container name. From 1.34 on the baseline allows none, the container's own loopback address neither.
 */
export function forbiddenHandlerHosts(container: Container, version: KubernetesVersion): readonly HandlerHost[] {
  if (version.minor < 34) return [];
  return handlerPaths.flatMap((path) =>
    ['httpGet', 'tcpSocket']
      .map((action) => ({ node: container.node.get(...path, action, 'host'), handler: path.at(-1) ?? '' }))
      .filter(({ node }) => node.string !== undefined && node.string !== ''),
  );
}
