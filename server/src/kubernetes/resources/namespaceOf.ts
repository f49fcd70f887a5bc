import { isClusterScoped } from './clusterScopedKinds.ts';
import { groupKindOf } from './groupKind.ts';
import type { Resource } from './resource.ts';

/**
 * The namespace that a resource goes into: `default` where none is written, '' for kinds outside namespaces. Undefined
 * where the text does not tell: behind a Helm action, in a fragment, and without any in a chart, which is installed into
 * whatever namespace the release names.
 */
export function namespaceOf(resource: Resource): string | undefined {
  if (isClusterScoped(groupKindOf(resource))) return '';
  const namespace = resource.metadata.get('namespace');
  if (namespace.isUnknown || (namespace.isMissing && resource.document.form === 'helm-template')) return undefined;
  return namespace.string ?? 'default';
}
