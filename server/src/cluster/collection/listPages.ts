import type { RawObject } from '../../kubernetes/index.ts';
import { asArray, asObject, asString } from '../../kubernetes/index.ts';
import { type Sentence, sentence } from '../../sentences/index.ts';
import type { ClusterAnswer, ClusterTrouble } from '../connection/clusterAnswer.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';

/** A page of 500 pods is some 2.6 MB of JSON, which parses in a blink. */
const pageSize = 500;

/** Metadata alone is half the bytes of the objects; the columns that kubectl prints are the least of all. */
const shortForms = {
  metadata: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json',
  table: 'application/json;as=Table;g=meta.k8s.io;v=v1,application/json',
} as const;

export interface ListRequest {
  /** `/apis/apps/v1/namespaces/shop/deployments` */
  readonly path: string;
  readonly query?: string;
  /** Less than whole objects: their metadata, or beside it under `columns` the columns that kubectl prints, by name. */
  readonly only?: keyof typeof shortForms;
  readonly signal: AbortSignal;
}

/** What became of a list. */
export type ListOutcome =
  | {
      readonly kind: 'listed';
      readonly incomplete?: Sentence;
      /** Of the first page: what changed since may not be in the list. Undefined where the server did not say. */
      readonly resourceVersion: string | undefined;
    }
  | { readonly kind: 'trouble'; readonly trouble: ClusterTrouble };

/**
 * Lists page by page and gives each item away as it arrives, so that no page is ever held as a whole. While a page arrives
 * the next is asked for, so that neither side waits for the other. Items carry no `apiVersion` and `kind` in a list; the
 * caller stamps them.
 *
 * An object may be given away twice: when a request is repeated, and when the snapshot expired half-way (410), after which
 * the list is begun again once. If it expires again, the rest is read as the cluster is then, and the list says so.
 */
export async function listPages(
  client: ClusterClient,
  request: ListRequest,
  onItem: (item: RawObject) => void,
): Promise<ListOutcome> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([request.signal, leaving.signal]);
  const item = (item: unknown) => onItem(asObject(item));
  const ask: AskForPage = async (token, continueToken) => {
    const answer = await client.request({
      path: pathOf(request, token),
      signal,
      // A table has no items that could be given away as they arrive.
      ...(request.only === 'table' ? {} : { list: { item, continueToken } }),
      ...(request.only === undefined ? {} : { accept: shortForms[request.only] }),
    });
    if (answer.outcome === 'answered') {
      const body = asObject(answer.body);
      asArray(body.items).forEach(item);
      rowsOf(body).forEach(item);
    }
    return answer;
  };
  try {
    return await readPages(ask);
  } finally {
    // What was asked for in advance, and is not wanted.
    leaving.abort();
  }
}

/** meta.k8s.io/v1, Table: each row with its cells, and the metadata of its object. */
function rowsOf({ columnDefinitions, rows }: RawObject): readonly RawObject[] {
  const names = asArray(columnDefinitions).map((column) => asString(asObject(column).name) ?? '');
  return asArray(rows)
    .map(asObject)
    .map(({ cells, object }) => ({
      metadata: asObject(asObject(object).metadata),
      columns: Object.fromEntries(asArray(cells).map((cell, index) => [names[index] ?? '', cell])),
    }));
}

async function readPages(ask: AskForPage): Promise<ListOutcome> {
  let page = new Page(ask, undefined);
  let hasRestarted = false;
  let incomplete: Sentence | undefined;
  let resourceVersion: string | undefined;
  for (;;) {
    page.askAhead();
    const answer = await page.answer;
    if (answer.outcome === 'refused' && answer.reason === 'gone' && page.token !== undefined) {
      if (!hasRestarted) {
        hasRestarted = true;
        resourceVersion = undefined;
        page = new Page(ask, undefined);
        continue;
      }
      if (answer.continueToken !== undefined && incomplete === undefined) {
        page = new Page(ask, answer.continueToken);
        incomplete = sentence('The list changed while it was read, so objects may be missing from it.');
        continue;
      }
    }
    if (answer.outcome !== 'answered') return { kind: 'trouble', trouble: answer };
    const metadata = asObject(asObject(answer.body).metadata);
    const token = asString(metadata.continue);
    resourceVersion ??= asString(metadata.resourceVersion);
    if (token === undefined || token === '') {
      return { kind: 'listed', resourceVersion, ...(incomplete === undefined ? {} : { incomplete }) };
    }
    page = page.next(token);
  }
}

type AskForPage = (token: string | undefined, continueToken: (token: string) => void) => Promise<ClusterAnswer>;

/** A page that was asked for. */
class Page {
  readonly token: string | undefined;
  readonly answer: Promise<ClusterAnswer>;
  readonly #ask: AskForPage;
  #nextToken: string | undefined;
  #asksAhead = false;
  #next: Page | undefined;

  constructor(ask: AskForPage, token: string | undefined) {
    this.#ask = ask;
    this.token = token;
    this.answer = ask(token, (next) => {
      this.#nextToken = next;
      if (this.#asksAhead) this.askAhead();
    });
  }

  /** Asks for the page behind this one as soon as its token is known. */
  askAhead(): void {
    this.#asksAhead = true;
    if (this.#nextToken !== undefined) this.#next ??= new Page(this.#ask, this.#nextToken);
  }

  /** @param token as the whole answer names it */
  next(token: string): Page {
    return this.#next?.token === token ? this.#next : new Page(this.#ask, token);
  }
}

/** Without `resourceVersion=0`, under which the API server ignores the limit. */
function pathOf({ path, query }: ListRequest, token: string | undefined): string {
  const parts = [`limit=${pageSize}`, query, token === undefined ? undefined : `continue=${encodeURIComponent(token)}`];
  return `${path}?${parts.filter((part) => part !== undefined).join('&')}`;
}
