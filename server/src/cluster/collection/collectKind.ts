import {
  forbidden,
  type Permission,
  type RawObject,
  type Seen,
  type SeenValue,
  type Unseen,
} from '../../kubernetes/index.ts';
import { type Argument, phrase, sentence } from '../../sentences/index.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';
import type { Access } from './access.ts';
import { changeMark, objectKey } from './changeMark.ts';
import type { ReadList } from './clusterSnapshot.ts';
import type { CollectedKind } from './collectedKinds.ts';
import type { ServedKind } from './discovery.ts';
import { inParallel } from './inParallel.ts';
import { listPages } from './listPages.ts';
import { unseen } from './unseen.ts';

/**
 * Takes objects while they are read: as they came, with `apiVersion` and `kind`. They must not be kept so, for they are
 * large. An object may come twice.
 */
export type Sink = (object: RawObject) => void;

export interface CollectRequest {
  readonly client: ClusterClient;
  readonly access: Access;
  readonly kind: CollectedKind;
  readonly served: ServedKind;
  /** Namespaces to look into when the kind may not be listed in all of them at once; undefined where none is known. */
  readonly namespaces: readonly string[] | undefined;
  /** The user wants to see only these. */
  readonly onlyNamespaces: readonly string[] | undefined;
  /** Called for each list that was read to its end. */
  readonly onList: (list: ReadList) => void;
  readonly signal: AbortSignal;
}

/** No more at a time, beside other kinds. */
const parallelNamespaces = 2;

/** Reads all objects of a kind, or says why not. Forbidden everywhere, it is read namespace by namespace where that is allowed. */
export async function collectKind(request: CollectRequest, sink: Sink): Promise<Seen<undefined>> {
  const { kind, onlyNamespaces, access, served } = request;
  if (kind.isNamespaced && kind.namespace !== undefined) return inNamespaces(request, [kind.namespace], sink);
  if (kind.isNamespaced && onlyNamespaces !== undefined) return inNamespaces(request, onlyNamespaces, sink);
  if ((await access.mayListEverywhere(served)) !== false) return list(request, undefined, sink);
  const refused = forbidden(whatOf(served, undefined), permissionFor(served));
  if (!kind.isNamespaced || request.namespaces === undefined) return refused;
  const readable = await inNamespaces(request, request.namespaces, sink);
  if (readable.kind === 'unseen') return refused;
  const { resource } = served;
  const partly = sentence('Only the namespaces in which you may list {resource} were read.', { resource });
  return { ...readable, incomplete: readable.incomplete ?? partly };
}

/** Reads what it may of the given namespaces; unseen if it is none. */
async function inNamespaces(
  request: CollectRequest,
  namespaces: readonly string[],
  sink: Sink,
): Promise<Seen<undefined>> {
  const { access, served } = request;
  const closed: string[] = [];
  let first: Unseen | undefined;
  let seen: SeenValue<undefined> | undefined;
  await inParallel(namespaces, parallelNamespaces, async (namespace) => {
    const allowed = await access.mayListIn(namespace, served);
    const outcome =
      allowed === false
        ? forbidden(whatOf(served, namespace), permissionFor(served, namespace))
        : await list(request, namespace, sink);
    if (outcome.kind === 'seen') {
      seen = seen?.incomplete === undefined ? outcome : seen;
      return;
    }
    first ??= outcome;
    closed.push(namespace);
  });
  if (seen === undefined) return first ?? { kind: 'seen', value: undefined };
  if (closed.length === 0) return seen;
  const { resource } = served;
  const [namespace = '', ...others] = closed;
  const incomplete =
    others.length === 0
      ? sentence('Not read: {resource} in namespace {namespace}.', { resource, namespace })
      : sentence('Not read: {resource} in {count} of {total} namespaces.', {
          resource,
          count: closed.length,
          total: namespaces.length,
        });
  return { ...seen, incomplete };
}

async function list(request: CollectRequest, namespace: string | undefined, sink: Sink): Promise<Seen<undefined>> {
  const { client, kind, served, signal } = request;
  const { group, version, resource } = served;
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  // The namespace may be what somebody wrote into the settings.
  const path =
    namespace === undefined ? `${root}/${resource}` : `${root}/namespaces/${encodeURIComponent(namespace)}/${resource}`;
  const only = kind.reading === 'metadata' || kind.reading === 'table' ? { only: kind.reading } : {};
  const marks = new Map<string, string>();
  const outcome = await listPages(client, { path, ...only, signal }, (item) => {
    const mark = kind.isWatched === true ? changeMark(item) : undefined;
    if (mark !== undefined) marks.set(objectKey(item), mark);
    sink({ ...item, apiVersion, kind: served.kind });
  });
  if (outcome.kind === 'listed') {
    const { resourceVersion } = outcome;
    if (resourceVersion !== undefined && resourceVersion !== '') request.onList({ kind, path, resourceVersion, marks });
    return {
      kind: 'seen',
      value: undefined,
      ...(outcome.incomplete === undefined ? {} : { incomplete: outcome.incomplete }),
    };
  }
  return unseen(outcome.trouble, whatOf(served, namespace), permissionFor(served, namespace));
}

function whatOf({ group, resource }: ServedKind, namespace: string | undefined): Argument {
  const name = group === '' ? resource : `${resource}.${group}`;
  return namespace === undefined ? name : phrase('{name} in namespace {namespace}', { name, namespace });
}

export function permissionFor(
  { group, resource }: Pick<ServedKind, 'group' | 'resource'>,
  namespace?: string,
): Permission {
  return { kind: 'resource', group, resource, verbs: ['list'], ...(namespace === undefined ? {} : { namespace }) };
}
