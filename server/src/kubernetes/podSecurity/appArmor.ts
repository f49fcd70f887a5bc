import type { ManifestNode } from '../../manifest/index.ts';
import { containerLists } from '../pods/containerLists.ts';
import type { Container, PodSpec } from '../pods/podSpec.ts';
import { editDistance } from '../values/editDistance.ts';
import { isWindowsPod } from './exemptions.ts';
import { hasForbiddenProfileType } from './profileType.ts';
import { type Reach, reachOf, reachOfPod, type SecurityContext, securityContexts } from './reach.ts';

/** The container's name follows (kubernetes pkg/apis/core/annotation_key_constants.go). */
export const appArmorAnnotationPrefix = 'container.apparmor.security.beta.kubernetes.io/';

/** A forbidden AppArmor profile, as a field or in the annotation that came before the field. */
export interface ForbiddenAppArmor {
  /** The `appArmorProfile`, or the value of the annotation. */
  readonly node: ManifestNode;
  /** The profile's type as it is written, '' when absent. */
  readonly profile: string;
  readonly reach: AppArmorReach;
  /** Forbidden ones that say the same of the same containers and go with this one. */
  readonly twins: readonly ManifestNode[];
}

/** An annotation names its container, which may not be there. */
export type AppArmorReach = Reach | { readonly kind: 'annotation'; readonly container: string };

/**
 * pod-security-admission, policy/check_appArmorProfile.go: each `appArmorProfile` of the pod or of a container whose
 * type is neither `RuntimeDefault` nor `Localhost`, and each annotation that is not empty, `runtime/default` or
 * `localhost/...`, whether or not there is a container of that name.
 */
export function forbiddenAppArmorProfiles(podSpec: PodSpec): readonly ForbiddenAppArmor[] {
  const annotations = appArmorAnnotations(podSpec).filter(({ node }) => isForbiddenAnnotation(node.string));
  const fields = securityContexts(podSpec)
    .map((context) => ({
      context,
      container: context.container && (context.container.node.get('name').string ?? ''),
      node: context.node.get('appArmorProfile'),
    }))
    .filter(({ node }) => hasForbiddenProfileType(node));
  return [
    ...fields.map(({ context, container, node }) => ({
      node,
      profile: node.get('type').string ?? '',
      reach: reachOfField(podSpec, context),
      twins: annotations.filter((each) => container === undefined || each.container === container).map(nodeOf),
    })),
    ...annotations.map(({ container, node }) => ({
      node,
      profile: node.string ?? '',
      reach: { kind: 'annotation' as const, container },
      twins: fields.filter((each) => each.container === undefined || each.container === container).map(nodeOf),
    })),
  ];
}

/** A container's annotation goes before the field of its pod (kubernetes pkg/registry/core/pod/strategy.go, applyAppArmorVersionSkew). */
function reachOfField(podSpec: PodSpec, context: SecurityContext): Reach {
  if (context.container !== undefined) {
    return reachOf(podSpec, context, ['appArmorProfile'], ['appArmorProfile', 'type']);
  }
  const annotations = podSpec.metadata.get('annotations');
  return reachOfPod(podSpec, ({ node, securityContext }) => {
    const field = securityContext.get('appArmorProfile');
    return field.isMissing ? annotations.get(`${appArmorAnnotationPrefix}${node.get('name').string ?? ''}`) : field;
  });
}

function isForbiddenAnnotation(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'runtime/default' && !value.startsWith('localhost/');
}

function nodeOf({ node }: { readonly node: ManifestNode }): ManifestNode {
  return node;
}

/** A profile in the annotation that came before the field. */
export interface AppArmorAnnotation {
  /** The name of the container that it is for, whether or not there is one. */
  readonly container: string;
  /** The profile. */
  readonly node: ManifestNode;
}

export function appArmorAnnotations(podSpec: PodSpec): readonly AppArmorAnnotation[] {
  const annotations = podSpec.metadata.get('annotations').entries();
  return annotations
    .filter(({ key }) => key.startsWith(appArmorAnnotationPrefix))
    .map(({ key, value }) => ({ container: key.slice(appArmorAnnotationPrefix.length), node: value }));
}

/** An annotation for a container that is not there. */
export interface OrphanedAppArmorAnnotation extends AppArmorAnnotation {
  /** The one container whose name is near and that has no annotation yet. */
  readonly meant: string | undefined;
}

/**
 * The annotations that name none of the pod's containers, which the API server refuses (kubernetes
 * pkg/apis/core/validation/validation.go, ValidateAppArmorPodAnnotations). None where some name cannot be told.
 */
export function orphanedAppArmorAnnotations(podSpec: PodSpec): readonly OrphanedAppArmorAnnotation[] {
  const areAllKnown = containerLists(podSpec.node).every(
    (list) => list.isComplete && !list.isUnknown && list.items().every(hasKnownName),
  );
  if (!areAllKnown) return [];
  const names = podSpec.containers.map(({ node }) => node.get('name').string ?? '');
  const annotations = appArmorAnnotations(podSpec);
  const free = names.filter((name) => !annotations.some(({ container }) => container === name));
  return annotations
    .filter(({ container }) => !names.includes(container))
    .map((annotation) => {
      const near = free.filter((name) => editDistance(annotation.container, name, 3) <= 2);
      return { ...annotation, meant: near.length === 1 ? near[0] : undefined };
    });
}

function hasKnownName(container: ManifestNode): boolean {
  return container.type === 'map' && !container.get('name').isUnknown;
}

/** Neither the container nor its pod names an AppArmor profile, as a field or in an annotation. */
export function lacksAppArmorProfile(container: Container): boolean {
  const { podSpec, node } = container;
  const annotation = podSpec.metadata.get('annotations', `${appArmorAnnotationPrefix}${node.get('name').string ?? ''}`);
  return container.effective('appArmorProfile').node.isMissing && annotation.isMissing && !isWindowsPod(podSpec);
}
