import type { RawObject } from '../../kubernetes/index.ts';
import { asArray, asObject, asString } from '../../kubernetes/index.ts';
import type { ClusterTrouble } from '../connection/clusterAnswer.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';

/** A page of 500 pods is some 2.6 MB of JSON, which parses in a blink. */
const pageSize = 500;

/** Metadata alone is half the bytes of the objects. */
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

export interface ListRequest {
  /** `/apis/apps/v1/namespaces/shop/deployments` */
  readonly path: string;
  readonly query?: string;
  readonly metadataOnly?: boolean;
  readonly signal: AbortSignal;
}

/**
 * What became of a list.
 */
export type ListOutcome =
  | { readonly kind: 'listed'; readonly incomplete?: string; readonly resourceVersion: string }
  | { readonly kind: 'trouble'; readonly trouble: ClusterTrouble };

/**
 * Lists page by page and gives each page away, so that no more than one is held. Items carry no `apiVersion` and `kind`
 * in a list; the caller stamps them.
 *
 * A snapshot that expired half-way (410) is begun again once, so that an object may be given away twice; if it expires
 * again, the rest is read as the cluster is then, and the list says so.
 */
export async function listPages(
  client: ClusterClient,
  request: ListRequest,
  onPage: (items: readonly RawObject[]) => void,
): Promise<ListOutcome> {
  let token: string | undefined;
  let hasRestarted = false;
  let incomplete: string | undefined;
  for (;;) {
    const answer = await client.request({
      path: pathOf(request, token),
      signal: request.signal,
      emptiesFieldSets: true,
      ...(request.metadataOnly === true ? { accept: metadataOnly } : {}),
    });
    if (answer.outcome === 'refused' && answer.reason === 'gone' && token !== undefined) {
      if (!hasRestarted) {
        hasRestarted = true;
        token = undefined;
        continue;
      }
      if (answer.continueToken !== undefined && incomplete === undefined) {
        token = answer.continueToken;
        incomplete = 'The list changed while it was read, so objects may be missing from it.';
        continue;
      }
    }
    if (answer.outcome !== 'answered') return { kind: 'trouble', trouble: answer };
    const body = asObject(answer.body);
    onPage(asArray(body.items).map(asObject));
    const metadata = asObject(body.metadata);
    token = asString(metadata.continue);
    if (token === undefined || token === '') {
      const resourceVersion = asString(metadata.resourceVersion) ?? '';
      return { kind: 'listed', resourceVersion, ...(incomplete === undefined ? {} : { incomplete }) };
    }
  }
}

/** Without `resourceVersion=0`, under which the API server ignores the limit. */
function pathOf({ path, query }: ListRequest, token: string | undefined): string {
  const parts = [`limit=${pageSize}`, query, token === undefined ? undefined : `continue=${encodeURIComponent(token)}`];
  return `${path}?${parts.filter((part) => part !== undefined).join('&')}`;
}
