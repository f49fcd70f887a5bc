import type { ManifestDocument, ManifestNode } from '../../manifest/index.ts';
import type { GroupKind } from './resource.ts';

/**
 * Whether an object can only be a fragment that is laid over another (a Kustomize patch, an overlay), told from its
 * text. True for
 * - the directives of a strategic merge patch (k8s.io/apimachinery/pkg/util/strategicpatch/patch.go);
 * - pod templates in which containers lack an image or containers are absent, which no API server accepts
 *   (pkg/apis/core/validation/validation.go, validateContainerCommon and validateContainers), unless the rest is as whole
 *   as somebody leaves it who is about to write the image: see {@link isWholeBarImages};
 * - workloads of Kubernetes' own kinds without a pod template, which it refuses as well.
 *
 * A fragment without pod template and directives looks like any object; only who knows the kustomization can tell, and
 * then what this function says does not count.
 */
export function looksPartial(
  resource: ManifestNode,
  podTemplates: readonly ManifestNode[],
  groupKind: GroupKind,
  mayHaveDirectives: boolean,
): boolean {
  return (
    (podTemplates.length === 0 && needsTemplate.has(groupKind)) ||
    podTemplates.some((template) => isPartialTemplate(resource, template)) ||
    (mayHaveDirectives && hasPatchDirective(resource, 0))
  );
}

const needsTemplate: ReadonlySet<GroupKind> = new Set([
  'CronJob.batch',
  'DaemonSet.apps',
  'Deployment.apps',
  'Job.batch',
  'ReplicaSet.apps',
  'StatefulSet.apps',
]);

/** A look at the text, once for a document, that spares nearly all of them the walk through every map. */
export function mayHavePatchDirectives(document: ManifestDocument): boolean {
  return directiveText.test(document.text);
}

const directiveText = /\$(?:patch|retainKeys|setElementOrder|deleteFromPrimitiveList)/;

function isPartialTemplate(resource: ManifestNode, template: ManifestNode): boolean {
  const list = template.get('spec', 'containers');
  if (isUnwritten(list)) return true;
  const containers = list.items().filter(({ type }) => type === 'map');
  return (
    containers.some((container) => isUnwritten(container.get('image'))) &&
    !isWholeBarImages(resource, template, containers)
  );
}

/** `image:` without a value yet is written: a patch would take the field away with it, which nobody does. */
function isUnwritten(node: ManifestNode): boolean {
  return node.isMissing && !node.isNull;
}

/**
 * A workload says itself which pods are its own: a patch finds it by name, and hardly ever names selector, labels and
 * containers together. What tells nothing are images of other containers alone (a patch that adds a sidecar and its volume
 * to the container there is), labels alone (patches add them) and a Job or CronJob, which have no selector. Pods are not
 * patched but by kubeadm, which adds no containers
 * (https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/control-plane-flags/#patches).
 */
function isWholeBarImages(
  resource: ManifestNode,
  template: ManifestNode,
  containers: readonly ManifestNode[],
): boolean {
  const hasImage = containers.some((container) => !isUnwritten(container.get('image')));
  if (template === resource) return hasImage;
  const namesItsPods = hasEntries(resource.get('spec', 'selector')) && hasEntries(template.get('metadata', 'labels'));
  return namesItsPods && (hasImage || containers.some((container) => container.entries().length > fieldsOfSmallPatch));
}

/** A name and what is patched. */
const fieldsOfSmallPatch = 2;

function hasEntries(node: ManifestNode): boolean {
  return node.entries().length > 0;
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
