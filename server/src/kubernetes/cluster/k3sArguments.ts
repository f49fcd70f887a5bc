import type { Resource } from '../resources/resource.ts';
import type { ClusterEvidence } from './clusterEvidence.ts';

/** What K3s or RKE2 was started with on a node, its configuration files included. */
export interface K3sNode {
  readonly node: Resource;
  readonly product: 'K3s' | 'RKE2';
  /** Runs the control plane, an API server among it. */
  readonly isServer: boolean;
  readonly arguments: readonly string[];
}

/**
 * K3s writes down in an annotation of each node what it was started with, without secrets and with `--flag=value` in two
 * (k3s-io/k3s, pkg/nodeconfig/nodeconfig.go).
 */
export function k3sNodes(evidence: ClusterEvidence): readonly K3sNode[] {
  const nodes = evidence.resources('Node');
  return (nodes.kind === 'seen' ? nodes.value : []).flatMap((node): readonly K3sNode[] => {
    const written = node.annotations.get('k3s.io/node-args');
    const args = listIn(written ?? node.annotations.get('rke2.io/node-args'));
    if (args === undefined) return [];
    const isServer = args[0] === 'server' && !args.includes('--disable-apiserver');
    return [{ node, product: written === undefined ? 'RKE2' : 'K3s', isServer, arguments: args }];
  });
}

/**
 * The flags that a component gets: its distribution's own, and over them those of the user.
 *
 * @param option hands flags on: `--kubelet-arg`
 * @param own flags that the distribution sets by itself
 */
export function flagsThrough(
  { arguments: args }: K3sNode,
  option: string,
  own: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const flags = new Map(Object.entries(own));
  for (const [index, argument] of args.entries()) {
    const given = argument === option ? args[index + 1] : undefined;
    const handed = given ?? (argument.startsWith(`${option}=`) ? argument.slice(option.length + 1) : undefined);
    if (handed === undefined) continue;
    const [, name = '', adds, value = 'true'] = /^(?:--)?([^=]*?)(\+)?(?:=(.*))?$/s.exec(handed) ?? [];
    const before = adds === undefined ? undefined : flags.get(name);
    flags.set(name, before === undefined ? value : `${before},${value}`);
  }
  return flags;
}

function listIn(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : undefined;
  } catch {
    return undefined;
  }
}
