import type { ManifestDocument, ManifestNode } from '../manifest/index.ts';

/**
 * Whether an object can only be a fragment that is laid over another (a Kustomize patch, an overlay), told from its
 * text. True for
 * - the directives of a strategic merge patch (k8s.io/apimachinery/pkg/util/strategicpatch/patch.go);
 * - pod templates in which containers lack an image or containers are absent, which no API server accepts
 *   (pkg/apis/core/validation/validation.go, validateContainerCommon and validateContainers).
 *
 * A fragment without pod template and directives looks like any object; only who knows the kustomization can tell.
 */
export function looksPartial(
  resource: ManifestNode,
  podTemplates: readonly ManifestNode[],
  mayHaveDirectives: boolean,
): boolean {
  return podTemplates.some(isPartialTemplate) || (mayHaveDirectives && hasPatchDirective(resource, 0));
}

/** A look at the text, once for a document, that spares nearly all of them the walk through every map. */
export function mayHavePatchDirectives(document: ManifestDocument): boolean {
  return directiveText.test(document.text);
}

const directiveText = /\$(?:patch|retainKeys|setElementOrder|deleteFromPrimitiveList)/;

function isPartialTemplate(template: ManifestNode): boolean {
  const containers = template.get('spec', 'containers');
  if (containers.isMissing) return true;
  return containers.items().some((container) => container.type === 'map' && container.get('image').isMissing);
}

const patchDirectives = ['$patch', '$retainKeys', '$setElementOrder/', '$deleteFromPrimitiveList/'];

/** Deep enough for any field a patch reaches: `spec.jobTemplate.spec.template.spec.containers[].env[]` is ten levels. */
const deepestDirective = 12;

function hasPatchDirective(node: ManifestNode, depth: number): boolean {
  if (depth > deepestDirective) return false;
  if (node.type === 'list') return node.items().some((item) => hasPatchDirective(item, depth + 1));
  if (node.type !== 'map') return false;
  return node
    .entries()
    .some(({ key, value }) => isPatchDirective(key) || (hasBranches(value) && hasPatchDirective(value, depth + 1)));
}

function hasBranches(node: ManifestNode): boolean {
  return node.type === 'map' || node.type === 'list';
}

function isPatchDirective(key: string): boolean {
  return key.startsWith('$') && patchDirectives.some((directive) => key.startsWith(directive));
}
