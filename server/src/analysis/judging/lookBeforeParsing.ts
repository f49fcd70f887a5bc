import { mayBeBareKustomization } from '../../kubernetes/index.ts';
import type { RuleIndex } from './ruleIndex.ts';

/** What a glance at the text of a document tells. When unsure: `'parse'`. */
export type Glance = 'no-resource' | 'inert-resource' | 'pipeline' | 'parse';

/**
 * Kinds in which no subject but the resource itself can stand: no pod template, role rule or component. They are
 * the bulk of many repositories (schemas of custom resources, dashboards in ConfigMaps).
 */
const inertKinds: ReadonlySet<string> = new Set(['CustomResourceDefinition', 'ConfigMap', 'Ingress', 'Endpoints']);

/**
 * Looks whether a document has to be parsed at all. Exact: a resource has both words in its text, unless they are written
 * with escapes or it is a kustomization without them; and a kind is believed only if the one `kind:` line that begins in
 * the first column says it plainly (a List's items, being indented, never do).
 */
export function lookBeforeParsing(text: string, kindsAsked: KindsAsked): Glance {
  if (!text.includes('kind') || !text.includes('apiVersion')) {
    const mayBeOther =
      (kindsAsked.components && distributionKey.test(text)) ||
      ((kindsAsked.all || kindsAsked.names.has('Kustomization')) && mayBeBareKustomization(text));
    if (hasEscapes(text) || mayBeOther) return 'parse';
    return kindsAsked.pipelines && pipelineKey.test(text) ? 'pipeline' : 'no-resource';
  }
  if (kindsAsked.all || text.includes('kubeharden-ignore')) return 'parse';
  const kind = plainKind(text);
  if (kind === undefined || !inertKinds.has(kind) || kindsAsked.names.has(kind)) return 'parse';
  return 'inert-resource';
}

/** Inert kinds that tell something to judgements across files. */
const kindsWithFacts = ['ConfigMap', 'Secret'] as const;

/** Kinds that rules about whole resources name; `all` when one of them names none. */
export interface KindsAsked {
  readonly all: boolean;
  /** Components too, which a k3s or RKE2 configuration holds without being a resource. */
  readonly components: boolean;
  /** CI pipelines too. */
  readonly pipelines: boolean;
  readonly names: ReadonlySet<string>;
}

export function kindsAskedBy(index: RuleIndex): KindsAsked {
  const names = new Set<string>();
  let all = false;
  for (const { rule } of index.active.resource) {
    if (rule.kinds === undefined) all = true;
    else for (const groupKind of rule.kinds) names.add(groupKind.split('.', 1)[0] ?? groupKind);
  }
  // Rules across files ask what is in them.
  if (index.active.namespace.length > 0) for (const kind of kindsWithFacts) names.add(kind);
  return { all, components: index.active.component.length > 0, pipelines: index.active.pipeline.length > 0, names };
}

/** `kube-apiserver-arg:` and its like, see `distributionComponents`. Bounded, so that no text makes it read on and on. */
const distributionKey = /(?:kube-[a-z-]{1,40}|kubelet|etcd)-arg\b/;

/** A script or an action of a step, see `pipelineOf`. */
const pipelineKey = /^[ \t]*(?:- +)?(?:run|uses|script|bash|commands?)[ \t]*:/m;

function hasEscapes(text: string): boolean {
  return text.includes('\\u') || text.includes('\\x') || text.includes('\\U');
}

const kindLine = /^kind:[ \t]+(\S+)[ \t]*\r?$/gm;

function plainKind(text: string): string | undefined {
  kindLine.lastIndex = 0;
  const kind = kindLine.exec(text)?.[1];
  return kind === undefined || kindLine.exec(text) !== null ? undefined : kind;
}
