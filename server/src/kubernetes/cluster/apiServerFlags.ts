import { componentsOf } from '../flags/componentsOf.ts';
import { podSpecsOf } from '../pods/podTemplates.ts';
import type { ClusterEvidence } from './clusterEvidence.ts';

/** What one API server was started with. */
export interface ApiServerFlags {
  /** In a sentence: `the static pod kube-apiserver-node-1`, `/flagz`. */
  readonly source: string;
  /** The value as written; undefined for a flag that is absent or empty. */
  value(flag: string): string | undefined;
}

/** The flags of every API server that shows them, static pods before /flagz; empty where none does. */
export function apiServerFlags(evidence: ClusterEvidence): readonly ApiServerFlags[] {
  const pods = evidence.pods.kind === 'seen' ? evidence.pods.value : [];
  const fromPods = pods.flatMap(({ namespace, pod }): readonly ApiServerFlags[] => {
    if (namespace !== 'kube-system') return [];
    const component = componentsOf(pod, podSpecsOf(pod, [])).find(({ component }) => component === 'kube-apiserver');
    if (component === undefined) return [];
    return [{ source: `the static pod ${pod.name}`, value: (flag) => component.flag(flag)?.value || undefined }];
  });
  if (fromPods.length > 0 || evidence.flags.kind === 'unseen') return fromPods;
  const { value: flags } = evidence.flags;
  return [{ source: '/flagz', value: (flag) => flags.get(flag) || undefined }];
}
