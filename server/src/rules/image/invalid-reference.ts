import {
  imageReferenceProblem,
  matchesGroupKind,
  type PodImage,
  type PodSpec,
  parseImageReference,
  podImages,
  type Resource,
  withoutScheme,
} from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'image/invalid-reference',
  summary: 'Invalid image reference',
  severity: 'error',
  profile: 'guide',
  guide: 5,
  why:
    'The API server hardly looks at an image reference; the kubelet does, and leaves the container in `InvalidImageName`. A reference is ' +
    '`registry:port/path:tag@digest`, its path in small letters, without a scheme, and the digest complete.',
  whenNot: 'Templates whose image another tool writes before they are applied.',
  references: {
    peers: ['KICS:Invalid Image Tag'],
    urls: [
      'https://kubernetes.io/docs/concepts/containers/images/#image-names',
      'https://github.com/distribution/reference/blob/v0.6.0/reference.go',
    ],
  },
  fixClass: 'safe',
  reveals: [
    'image/latest-tag',
    'image/digest',
    'image/pull-policy-always',
    'image/untrusted-registry',
    'image/implicit-registry',
    'image/deprecated-registry',
    'image/base-image-not-minimal',
    'image/eol-base',
    'image/known-vulnerable',
  ],
  messages: {
    empty: '{user} has an empty image, which Kubernetes refuses.',
    whiteSpace: '{user} has white space around image {image}, which Kubernetes refuses.',
    whiteSpaceInTemplate: '{user} has white space around image {image}, so it cannot start.',
    scheme: '{user} names image {image} with a scheme, which is no part of an image reference, so it cannot start.',
    placeholder: '{user} has the placeholder {image} as its image, so it cannot start until a tool fills it in.',
    identifier: '{user} names an image by a bare id without "@sha256:", so it cannot start.',
    digest: '{user} names image {image} with a malformed digest, so it cannot start.',
    upperCase: '{user} names image {image} with capital letters in its path, so it cannot start.',
    grammar: '{user} names image {image}, which is no image reference, so it cannot start.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const { node, use, user, text } of podImages(podSpec)) {
      // A key without a value is as empty as ''; a container that has no such key yet is being written.
      const written = text ?? (node.isNull || (use === 'volume' && node.isMissing) ? '' : undefined);
      const problem = written === undefined ? undefined : imageReferenceProblem(written);
      if (written === undefined || problem === undefined) continue;
      const args = { user, image: written.trim().replaceAll(/\s+/g, ' ') };
      switch (problem) {
        case 'empty':
          if (!isFilledInByOpenShift(podSpec.resource)) report({ at: node, message: 'empty', args });
          break;
        case 'white-space':
          report({
            at: node,
            message: isOfPod(podSpec, use) ? 'whiteSpace' : 'whiteSpaceInTemplate',
            args,
            fixes: () => [withoutSpace(node, written)],
          });
          break;
        case 'scheme':
          report({ at: node, message: 'scheme', args, fixes: () => schemeFix(node, written) });
          break;
        case 'placeholder':
          // Such files are filled in by envsubst, sed and the like before anything runs.
          report({ at: node, message: 'placeholder', args, severity: 'info' });
          break;
        case 'upper-case':
          report({ at: node, message: 'upperCase', args });
          break;
        case 'identifier':
        case 'digest':
        case 'grammar':
          report({ at: node, message: problem, args });
          break;
        default:
          problem satisfies never;
      }
    }
  },
});

/** Of a container of a Pod the API server looks (validation.go, validateContainerOnlyForPod), elsewhere the kubelet does. */
function isOfPod({ resource }: PodSpec, use: PodImage['use']): boolean {
  return matchesGroupKind(resource, 'Pod') && use === 'container';
}

/** An image stream's trigger writes the image; until then it is a space, or empty (github.com/openshift/origin, issue 14659). */
function isFilledInByOpenShift({ kind, annotations }: Resource): boolean {
  return kind === 'DeploymentConfig' || annotations.has('image.openshift.io/triggers');
}

function withoutSpace(node: ManifestNode, text: string): Fix {
  return {
    fixClass: 'safe',
    title: `Set ${String(node.path.at(-1))}: ${text.trim()}`,
    operations: [{ op: 'set', node, value: text.trim() }],
    isPreferred: true,
  };
}

function schemeFix(node: ManifestNode, text: string): readonly Fix[] {
  const rest = withoutScheme(text);
  if (parseImageReference(rest) === undefined) return [];
  return [
    {
      fixClass: 'safe',
      title: `Remove the scheme: ${rest}`,
      operations: [{ op: 'replaceText', node, from: 0, to: text.length - rest.length, text: '' }],
      isPreferred: true,
    },
  ];
}
