import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../podSpec.ts';
import { hasForbiddenProfileType } from './profileType.ts';

/** The container's name follows (kubernetes pkg/apis/core/annotation_key_constants.go). */
const annotationPrefix = 'container.apparmor.security.beta.kubernetes.io/';

/** A forbidden AppArmor profile, as a field or in the annotation that came before the field. */
export interface ForbiddenAppArmor {
  /** The `appArmorProfile`, or the value of the annotation. */
  readonly node: ManifestNode;
  /** The profile's type as it is written, '' when absent. */
  readonly profile: string;
  /** Forbidden ones that say the same of the same containers and go with this one. */
  readonly twins: readonly ManifestNode[];
}

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
  const fields = [
    { container: undefined, node: podSpec.securityContext.get('appArmorProfile') },
    ...podSpec.containers.map(({ node, securityContext }) => ({
      container: node.get('name').string ?? '',
      node: securityContext.get('appArmorProfile'),
    })),
  ].filter(({ node }) => hasForbiddenProfileType(node));
  return [
    ...fields.map(({ container, node }) => ({
      node,
      profile: node.get('type').string ?? '',
      twins: annotations.filter((each) => container === undefined || each.container === container).map(nodeOf),
    })),
    ...annotations.map(({ container, node }) => ({
      node,
      profile: node.string ?? '',
      twins: fields.filter((each) => each.container === undefined || each.container === container).map(nodeOf),
    })),
  ];
}

function isForbiddenAnnotation(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'runtime/default' && !value.startsWith('localhost/');
}

function nodeOf({ node }: { readonly node: ManifestNode }): ManifestNode {
  return node;
}
