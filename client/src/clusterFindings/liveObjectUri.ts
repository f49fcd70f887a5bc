import type { ReadObjectParams } from '../../../server/src/cluster/protocol/index.ts';

/**
 * Path and query of the URI of a live object: the path is for the eye (`/prod/shop/Deployment web.yaml`), the query says
 * which object it is.
 */
export function liveObjectUriParts({ contextName, object }: ReadObjectParams): {
  readonly path: string;
  readonly query: string;
} {
  const { group, version, kind, namespace, name } = object;
  const parts = [contextName, ...(namespace === '' ? [] : [namespace]), `${kind} ${name}.yaml`];
  return {
    path: parts.map((part) => `/${part.replaceAll('/', '_')}`).join(''),
    query: JSON.stringify([contextName, group, version, kind, namespace, name]),
  };
}

/** Reads the query; undefined if it is none of ours. */
export function liveObjectReference(query: string): ReadObjectParams | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(query);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 6 || !parts.every((part) => typeof part === 'string')) return undefined;
  const [contextName = '', group = '', version = '', kind = '', namespace = '', name = ''] = parts;
  return { contextName, object: { group, version, kind, namespace, name } };
}
