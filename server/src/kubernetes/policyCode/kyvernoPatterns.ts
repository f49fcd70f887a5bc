import type { ManifestEntry, ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';

/** Kinds of Kyverno's older API, whose rules hold patterns. */
export const kyvernoKinds = ['ClusterPolicy.kyverno.io', 'Policy.kyverno.io'];

/** A pattern of a validating rule: what a resource has to look like. */
export interface KyvernoPattern {
  readonly rule: ManifestNode;
  readonly pattern: ManifestNode;
}

/** All patterns of a policy: `validate.pattern` and each of `validate.anyPattern`. */
export function kyvernoPatternsOf(policy: Resource): readonly KyvernoPattern[] {
  return policy.spec
    .get('rules')
    .items()
    .flatMap((rule) => {
      const validate = rule.get('validate');
      const patterns = [validate.get('pattern'), ...validate.get('anyPattern').items()];
      return patterns.filter(({ type }) => type === 'map').map((pattern) => ({ rule, pattern }));
    });
}

/** The value under a key of a pattern, whatever anchor it is written with: `spec`, `=(spec)`, `^(spec)`. */
export function anchored(node: ManifestNode, name: string): ManifestEntry | undefined {
  return node.entries().find(({ key }) => /^(?:[=^<+X]?\((.*)\)|(.*))$/.exec(key)?.slice(1).includes(name) === true);
}

/** The patterns for images: those of `spec.containers` and the like, `image` in every item. */
export function imagesOfPattern(pattern: ManifestNode): readonly ManifestNode[] {
  const spec = anchored(pattern, 'spec')?.value;
  const template = spec === undefined ? undefined : anchored(spec, 'template')?.value;
  const pod = template === undefined ? spec : anchored(template, 'spec')?.value;
  if (pod === undefined) return [];
  return ['containers', 'initContainers', 'ephemeralContainers'].flatMap((list) =>
    (anchored(pod, list)?.value.items() ?? []).flatMap((item) => anchored(item, 'image')?.value ?? []),
  );
}
