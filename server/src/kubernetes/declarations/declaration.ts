import type { ManifestNode, ManifestPath } from '../../manifest/index.ts';
import { isClusterScoped } from '../resources/clusterScopedKinds.ts';
import { groupKindOf } from '../resources/groupKind.ts';
import type { Resource } from '../resources/resource.ts';

/** A resource of a file as something that an object of a cluster may have come from. Values only, no offsets. */
export interface Declaration {
  /** Undefined where a Helm action stands in the API version. */
  readonly group: string | undefined;
  readonly kind: string;
  readonly name: WrittenName;
  readonly namespace: WrittenNamespace;
  /** Where the resource stands in its document. */
  readonly path: ManifestPath;
  /** A patch is laid over an object, a template is filled in before it is one. */
  readonly role: 'object' | 'patch' | 'template';
}

/** A name as far as the text tells it: how it begins and ends, and whether anything may stand between. */
export interface WrittenName {
  readonly start: string;
  readonly end: string;
  /** False: `start` is the whole name. */
  readonly isOpen: boolean;
}

export type WrittenNamespace =
  | { readonly kind: 'written'; readonly name: string }
  /** The object lies in no namespace. */
  | { readonly kind: 'none' }
  /** Whoever applies the file chooses. */
  | { readonly kind: 'leftOut' }
  /** Behind a Helm action. */
  | { readonly kind: 'open' };

/** Undefined for what has no name to be found by. */
export function declarationOf(resource: Resource): Declaration | undefined {
  const name = writtenName(resource.metadata.get('name'));
  if (name === undefined || resource.kind === '') return undefined;
  const isTemplate = resource.document.form === 'helm-template';
  return {
    group: resource.apiVersion === '' ? undefined : resource.group,
    kind: resource.kind,
    name,
    namespace: writtenNamespace(resource),
    path: resource.node.path,
    role: resource.isPartial ? 'patch' : isTemplate ? 'template' : 'object',
  };
}

export function nameFits({ start, end, isOpen }: WrittenName, name: string): boolean {
  if (!isOpen) return name === start;
  return name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
}

function writtenName(node: ManifestNode): WrittenName | undefined {
  if (node.string !== undefined) return { start: node.string, end: '', isOpen: false };
  const { range } = node.place;
  if (!node.isUnknown || range === undefined) return undefined;
  const text = node.document.text.slice(range.start, range.end).replace(/^["']|["']$/g, '');
  const first = text.indexOf('{{');
  if (first < 0) return undefined;
  return { start: text.slice(0, first), end: text.slice(text.lastIndexOf('}}') + 2), isOpen: true };
}

function writtenNamespace(resource: Resource): WrittenNamespace {
  if (isClusterScoped(groupKindOf(resource))) return { kind: 'none' };
  const namespace = resource.metadata.get('namespace');
  if (namespace.string !== undefined && namespace.string !== '') return { kind: 'written', name: namespace.string };
  return namespace.isUnknown && !resource.isPartial ? { kind: 'open' } : { kind: 'leftOut' };
}
