import type { ComponentName } from './component.ts';
import table from './flagTable.json' with { type: 'json' };

/**
 * How a flag takes values.
 * - `boolean`: `--flag` alone is true, a value needs `=` (so do `--version` and its like);
 * - `scalar`: the last occurrence counts;
 * - `list`: occurrences add up, commas separate;
 * - `array`: occurrences add up, commas are text;
 * - `map`: `key=value` pairs of all occurrences merge.
 */
export type FlagType = 'boolean' | 'scalar' | 'list' | 'array' | 'map';

/** The releases the table was read from. */
export const flagTableVersions: { readonly kubernetes: string; readonly etcd: string } = table.versions;

/**
 * Boolean flags of earlier releases that the newest no longer has, by hand from the releases' CHANGELOGs: without them
 * the argument after one would be taken for its value.
 */
const removedBooleanFlags: Readonly<Record<ComponentName, readonly string[]>> = {
  'kube-apiserver': [
    'enable-inflight-quota-handler',
    'enable-swagger-ui',
    'etcd-quorum-read',
    'insecure-allow-any-token',
    'kubelet-https',
    'repair-malformed-updates',
  ],
  'kube-controller-manager': ['enable-taint-manager', 'insecure-experimental-approve-all-kubelet-csrs-for-group'],
  'kube-scheduler': ['use-legacy-policy-config'],
  'kube-proxy': ['cleanup-iptables', 'cleanup-ipvs'],
  kubelet: [
    'allow-privileged',
    'enable-custom-metrics',
    'experimental-fail-swap-on',
    'register-schedulable',
    'require-kubeconfig',
  ],
  etcd: ['debug', 'enable-v2', 'experimental-initial-corrupt-check'],
};

/** Of klog, in every Kubernetes component until 1.26 (KEP-2845). */
const removedLoggingFlags = [
  'add-dir-header',
  'alsologtostderr',
  'logtostderr',
  'one-output',
  'skip-headers',
  'skip-log-headers',
];

const flagTypes: ReadonlyMap<ComponentName, ReadonlyMap<string, FlagType>> = new Map(
  (Object.keys(removedBooleanFlags) as ComponentName[]).map((component) => [component, typesOf(component)]),
);

function typesOf(component: ComponentName): ReadonlyMap<string, FlagType> {
  const types = new Map<string, FlagType>();
  for (const [type, names] of Object.entries(table.flags[component]) as [FlagType, readonly string[]][]) {
    for (const name of names) types.set(name, type);
  }
  return types;
}

/** The type of a flag; undefined for a name that neither the newest release nor the list of removed booleans has. */
export function flagTypeOf(component: ComponentName, name: string): FlagType | undefined {
  const known = flagTypes.get(component)?.get(name);
  if (known !== undefined) return known;
  const isRemovedBoolean =
    removedBooleanFlags[component].includes(name) || (component !== 'etcd' && removedLoggingFlags.includes(name));
  return isRemovedBoolean ? 'boolean' : undefined;
}

/** The names of all flags that the component has in the newest release. */
export function flagNamesOf(component: ComponentName): readonly string[] {
  return [...(flagTypes.get(component)?.keys() ?? [])];
}
