import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../podSpec.ts';
import { hasForbiddenProfileType } from './profileType.ts';
import { type Reach, reachOf, reachOfPod, type SecurityContext, securityContexts } from './reach.ts';

/** The container's name follows (kubernetes pkg/apis/core/annotation_key_constants.go). */
const annotationPrefix = 'container.apparmor.security.beta.kubernetes.io/';

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
  const annotations = podSpec.metadata
    .get('annotations')
    .entries()
    .filter(({ key, value }) => key.startsWith(annotationPrefix) && isForbiddenAnnotation(value.string))
    .map(({ key, value }) => ({ container: key.slice(annotationPrefix.length), node: value }));
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
    return field.isMissing ? annotations.get(`${annotationPrefix}${node.get('name').string ?? ''}`) : field;
  });
}

function isForbiddenAnnotation(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'runtime/default' && !value.startsWith('localhost/');
}

function nodeOf({ node }: { readonly node: ManifestNode }): ManifestNode {
  return node;
}
