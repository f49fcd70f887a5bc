import type { ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';

/**
 * Pod templates in a kind that nothing is known about, recognised by their shape: a map under the key `template` or
 * `podTemplate` whose `spec.containers` is a list of maps that all have an image. Schemas and policies, which contain
 * the like without meaning a pod, are left out.
 */
export function searchPodTemplates(resource: Resource): readonly ManifestNode[] {
  if (isBuiltIn(resource.group) || describesOtherObjects(resource.group)) return [];
  const found: ManifestNode[] = [];
  search(resource.node, 0, found, { nodes: mostNodes });
  return found;
}

const templateKeys: ReadonlySet<string> = new Set(['template', 'podTemplate']);
const deepestTemplate = 10;
/** A custom resource with a pod template is small; what is larger than this is data. */
const mostNodes = 5_000;

/** Groups of the API server itself; all their kinds with pod templates are known. */
function isBuiltIn(group: string): boolean {
  return (
    group === '' ||
    group === 'apps' ||
    group === 'batch' ||
    group === 'policy' ||
    group === 'autoscaling' ||
    group === 'extensions' ||
    (group.endsWith('.k8s.io') && !group.endsWith('.x-k8s.io'))
  );
}

/** Policy engines: their patterns look like pods and are none. */
const policyGroups = ['kyverno.io', 'gatekeeper.sh', 'open-cluster-management.io', 'kubewarden.io'];

function describesOtherObjects(group: string): boolean {
  return policyGroups.some((policyGroup) => group === policyGroup || group.endsWith(`.${policyGroup}`));
}

function search(node: ManifestNode, depth: number, found: ManifestNode[], budget: { nodes: number }): void {
  budget.nodes -= 1;
  if (depth > deepestTemplate || budget.nodes < 0) return;
  if (node.type === 'list') {
    for (const item of node.items()) search(item, depth + 1, found, budget);
    return;
  }
  for (const { key, value } of node.entries()) {
    if (templateKeys.has(key) && isPodTemplate(value)) found.push(value);
    else if (value.type === 'map' || value.type === 'list') search(value, depth + 1, found, budget);
  }
}

function isPodTemplate(node: ManifestNode): boolean {
  const containers = node.get('spec', 'containers').items();
  return containers.length > 0 && containers.every((container) => !container.get('image').isMissing);
}
