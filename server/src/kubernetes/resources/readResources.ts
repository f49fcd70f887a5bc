import type { ManifestDocument, ManifestNode } from '../../manifest/index.ts';
import { knownPodTemplates } from '../pods/podTemplates.ts';
import { parseApiVersion } from './apiVersion.ts';
import { isBareKustomization, kustomizationType } from './bareKustomization.ts';
import { isClusterScoped } from './clusterScopedKinds.ts';
import { openView } from './openView.ts';
import { looksPartial, mayHavePatchDirectives } from './partialResource.ts';
import type { GroupKind, Resource } from './resource.ts';

export interface ReadResourcesSettings {
  /** The caller knows the file to be a fragment, e.g. because a kustomization lists it among its patches. */
  readonly partial?: boolean;
}

/**
 * The Kubernetes objects of a document, Lists expanded at any depth. Empty for documents without `apiVersion` and
 * `kind`, but for a kustomization, which may leave them out; one of the two may be unreadable (a Helm action), never both.
 */
export function readResources(document: ManifestDocument, settings: ReadResourcesSettings = {}): readonly Resource[] {
  const resources: Resource[] = [];
  const partiality = partialityOf(document, settings);
  collectResources(document.root, { apiVersion: '', kind: '' }, partiality, resources);
  return resources;
}

/** What is known of a document before its resources are read: a fragment, perhaps patch directives in it, or nothing. */
type Partiality = 'whole' | 'partial' | 'directives' | 'unknown';

function partialityOf(document: ManifestDocument, settings: ReadResourcesSettings): Partiality {
  // What a cluster stores is never a fragment.
  if (document.form === 'object') return 'whole';
  if (settings.partial === true) return 'partial';
  return mayHavePatchDirectives(document) ? 'directives' : 'unknown';
}

interface TypeMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

function collectResources(node: ManifestNode, inherited: TypeMeta, partiality: Partiality, into: Resource[]): void {
  if (node.type !== 'map') return;
  const kindNode = node.get('kind');
  const apiVersionNode = node.get('apiVersion');
  const assumed =
    kindNode.isMissing && apiVersionNode.isMissing && node.path.length === 0 && isBareKustomization(node)
      ? kustomizationType
      : inherited;
  const kind = kindNode.isMissing ? assumed.kind : (kindNode.string ?? '');
  const apiVersion = apiVersionNode.isMissing ? assumed.apiVersion : (apiVersionNode.string ?? '');
  const items = kind.endsWith('List') ? node.get('items') : undefined;
  if (items?.type === 'list') {
    const itemType = typeOfItems(apiVersion, kind);
    for (const item of items.items()) collectResources(item, itemType, partiality, into);
    return;
  }
  const hasType = (kind !== '' || kindNode.isUnknown) && (apiVersion !== '' || apiVersionNode.isUnknown);
  if (!hasType || (kind === '' && apiVersion === '')) return;
  into.push(readResource(node, apiVersion, kind, partiality));
}

/**
 * Items of a typed list may leave out their own type: `PodList` makes Pods of them
 * (k8s.io/apimachinery/pkg/apis/meta/v1/unstructured/helpers.go, decodeToList).
 */
function typeOfItems(apiVersion: string, listKind: string): TypeMeta {
  const kind = listKind.slice(0, -'List'.length);
  return kind === '' ? { apiVersion: '', kind: '' } : { apiVersion, kind };
}

function readResource(written: ManifestNode, apiVersion: string, kind: string, partiality: Partiality): Resource {
  const { group, version } = parseApiVersion(apiVersion);
  const groupKind: GroupKind = group === '' ? kind : `${kind}.${group}`;
  const hasReadableVersion = apiVersion !== '';
  const isPartial =
    partiality !== 'whole' &&
    (partiality === 'partial' ||
      looksPartial(
        written,
        knownPodTemplates(written, groupKind, hasReadableVersion),
        groupKind,
        partiality === 'directives',
      ));
  const node = isPartial ? openView(written) : written;
  const metadata = node.get('metadata');
  return {
    document: node.document,
    node,
    apiVersion,
    group,
    version,
    kind,
    namespace: isClusterScoped(groupKind) ? '' : (metadata.get('namespace').string ?? ''),
    name: metadata.get('name').string ?? '',
    metadata,
    spec: node.get('spec'),
    labels: stringMap(metadata.get('labels')),
    annotations: stringMap(metadata.get('annotations')),
    isPartial,
  };
}

/** The known string values of a map, by key. */
export function stringMap(node: ManifestNode): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { key, value } of node.entries()) {
    if (value.string !== undefined) values.set(key, value.string);
  }
  return values;
}
