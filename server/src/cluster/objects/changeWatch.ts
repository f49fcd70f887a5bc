import { setTimeout as pause } from 'node:timers/promises';
import { asObject, asString } from '../../kubernetes/index.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';

/** What goes stale: what the rules judge most, and who may do what. */
const watched = [
  '/apis/apps/v1/deployments',
  '/apis/apps/v1/daemonsets',
  '/apis/apps/v1/statefulsets',
  '/apis/batch/v1/cronjobs',
  '/apis/networking.k8s.io/v1/networkpolicies',
  '/apis/rbac.authorization.k8s.io/v1/rolebindings',
  '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
] as const;

const metadata = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const metadataList = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** Before a broken watch is begun again; it doubles up to the longest (milliseconds). */
const pauses = { first: 1_000, longest: 60_000 };

/**
 * Counts changes from now on, by watching metadata alone. A kind that may not be watched is left out; a watch that ends is
 * begun again where it ended.
 *
 * @param changed called with the number of changes so far
 * @param signal ends all watches
 */
export function watchChanges(client: ClusterClient, changed: (count: number) => void, signal: AbortSignal): void {
  let count = 0;
  const change = () => changed(++count);
  for (const path of watched) void watchKind(client, path, change, signal);
}

async function watchKind(client: ClusterClient, path: string, change: () => void, signal: AbortSignal): Promise<void> {
  let wait = pauses.first;
  let resourceVersion: string | undefined;
  while (!signal.aborted) {
    resourceVersion ??= await currentVersion(client, path, signal);
    if (resourceVersion === undefined) return;
    const query = `watch=true&allowWatchBookmarks=true&resourceVersion=${resourceVersion}`;
    for await (const item of client.watch({ path: `${path}?${query}`, accept: metadata, signal })) {
      if (item.outcome === 'event') {
        const version = asString(asObject(asObject(item.object).metadata).resourceVersion);
        resourceVersion = version ?? resourceVersion;
        wait = pauses.first;
        if (item.type !== 'BOOKMARK') change();
      } else if (item.outcome === 'refused') {
        if (item.reason !== 'gone') return;
        // What happened meanwhile is not known, but something did.
        resourceVersion = undefined;
        change();
      }
    }
    await pause(wait, undefined, { signal }).catch(() => undefined);
    wait = Math.min(wait * 2, pauses.longest);
  }
}

async function currentVersion(client: ClusterClient, path: string, signal: AbortSignal): Promise<string | undefined> {
  const answer = await client.request({ path: `${path}?limit=1`, accept: metadataList, signal });
  if (answer.outcome !== 'answered') return undefined;
  return asString(asObject(asObject(answer.body).metadata).resourceVersion);
}
