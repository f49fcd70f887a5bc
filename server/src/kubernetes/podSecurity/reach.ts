import type { ManifestNode } from '../../manifest/index.ts';
import { containerLists } from '../pods/containerLists.ts';
import type { Container, InheritedSecurityField, PodSpec } from '../pods/podSpec.ts';
import { enumerate } from '../values/enumerate.ts';

/** A security context: the pod's, or a container's, whose fields go before those of the pod. */
export interface SecurityContext {
  readonly node: ManifestNode;
  /** Undefined for the pod's own. */
  readonly container: Container | undefined;
}

/** The pod's security context, then those of its containers. */
export function securityContexts(podSpec: PodSpec): readonly SecurityContext[] {
  return [
    { node: podSpec.securityContext, container: undefined },
    ...podSpec.containers.map((container) => ({ node: container.securityContext, container })),
  ];
}

/** For whom a value of a security context holds. */
export type Reach =
  | { readonly kind: 'container'; readonly container: Container }
  /** Likewise, instead of another value of the pod. */
  | { readonly kind: 'override'; readonly container: Container; readonly inherited: ManifestNode }
  /** The pod's value; these containers set none of their own. */
  | { readonly kind: 'heirs'; readonly heirs: readonly Container[] }
  /** The pod's value, which every container overrides. */
  | { readonly kind: 'nobody' }
  /** The pod's value; whether a container overrides it cannot be told. */
  | { readonly kind: 'unsure' };

/**
 * Containers inherit the fields of `seLinuxOptions` and of profiles all together or not at all, those of
 * `windowsOptions` one by one (kubernetes pkg/securitycontext/util.go, DetermineEffectiveSecurityContext).
 *
 * @param inherited the path that is inherited as a whole
 * @param field that path, or the path of a field within
 */
export function reachOf(
  podSpec: PodSpec,
  { container }: SecurityContext,
  inherited: readonly [InheritedSecurityField, ...string[]],
  field: readonly string[] = inherited,
): Reach {
  if (container === undefined) return reachOfPod(podSpec, (each) => each.securityContext.get(...inherited));
  const ofPod = podSpec.securityContext.get(...field);
  const isOther = ofPod.scalar !== undefined && ofPod.scalar !== container.securityContext.get(...field).scalar;
  return isOther ? { kind: 'override', container, inherited: ofPod } : { kind: 'container', container };
}

/** @param ownValue what a container sets instead of the value of its pod, a missing node if nothing */
export function reachOfPod(podSpec: PodSpec, ownValue: (container: Container) => ManifestNode): Reach {
  const heirs = podSpec.containers.filter((container) => ownValue(container).isMissing);
  if (heirs.length > 0) return { kind: 'heirs', heirs };
  const isKnown =
    podSpec.containers.length > 0 &&
    containerLists(podSpec.node).every((list) => list.isMissing || (list.isKnown && list.isComplete)) &&
    podSpec.containers.every((container) => ownValue(container).isKnown);
  return { kind: isKnown ? 'nobody' : 'unsure' };
}

/** `container`, `inherited` and `containers` for a message about the reach of a value. */
export function reachArguments(reach: Reach): Readonly<Record<string, string | number>> {
  switch (reach.kind) {
    case 'container':
      return { container: reach.container.name };
    case 'override':
      return { container: reach.container.name, inherited: String(reach.inherited.scalar) };
    case 'heirs':
      return { containers: namesOf(reach.heirs) };
    case 'nobody':
    case 'unsure':
      return {};
  }
}

/** Who sets the value, for titles: `the pod` or `container "web"`. */
export function setterOf(reach: Reach): string {
  return reach.kind === 'container' || reach.kind === 'override' ? `container "${reach.container.name}"` : 'the pod';
}

/** `"web", "db" and 3 others` */
function namesOf(containers: readonly Container[]): string {
  const names = containers.map(({ name }) => `"${name}"`);
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : names;
  return enumerate(shown);
}
