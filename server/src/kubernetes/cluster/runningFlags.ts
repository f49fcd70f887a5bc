import type { ComponentName } from '../flags/component.ts';
import { componentsOf } from '../flags/componentsOf.ts';
import { podSpecsOf } from '../pods/podTemplates.ts';
import type { ClusterEvidence, FlagValues } from './clusterEvidence.ts';

/** What one running component was started with. */
export interface RunningFlags {
  /** In a sentence: `the static pod kube-apiserver-node-1`, `/flagz`. */
  readonly source: string;
  /** Names of the flags that are given; at /flagz of all that there are. */
  readonly names: readonly string[];
  /** The value as written, `true` for a bare flag; undefined for a flag that is absent or empty. */
  value(flag: string): string | undefined;
  /** The elements of a list; none for a flag that is absent or empty. */
  list(flag: string): readonly string[];
}

/** The flags of every API server that shows them, static pods before /flagz; empty where none does. */
export function apiServerFlags(evidence: ClusterEvidence): readonly RunningFlags[] {
  const fromPods = staticPodFlags(evidence, 'kube-apiserver');
  if (fromPods.length > 0 || evidence.flags.kind === 'unseen') return fromPods;
  return [shownFlags(evidence.flags.value)];
}

/** The flags of a component as the static pods of the control plane show them; empty where there are none. */
export function staticPodFlags(evidence: ClusterEvidence, name: ComponentName): readonly RunningFlags[] {
  const pods = evidence.pods.kind === 'seen' ? evidence.pods.value : [];
  return pods.flatMap(({ namespace, pod }): readonly RunningFlags[] => {
    if (namespace !== 'kube-system') return [];
    const component = componentsOf(pod, podSpecsOf(pod, [])).find(({ component }) => component === name);
    if (component === undefined) return [];
    return [
      {
        source: `the static pod ${pod.name}`,
        names: [...new Set(component.flags.map((flag) => flag.name))],
        value: (name) => {
          const flag = component.flag(name);
          return flag === undefined ? undefined : (flag.value ?? 'true') || undefined;
        },
        list: (name) => component.list(name).filter((element) => element !== ''),
      },
    ];
  });
}

/** pflag prints lists in brackets (spf13/pflag, string_slice.go). */
function shownFlags(flags: FlagValues): RunningFlags {
  const value = (name: string) => flags.get(name)?.replace(/^\[(.*)\]$/s, '$1') || undefined;
  return { source: '/flagz', names: [...flags.keys()], value, list: (name) => value(name)?.split(',') ?? [] };
}

/** `the static pod a and the static pod b` */
export function sourcesOf(servers: readonly RunningFlags[]): string {
  return servers.map(({ source }) => source).join(' and ');
}
