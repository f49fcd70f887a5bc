import type { ClusterRequest } from './clusterClient.ts';

/**
 * Holds every request to what {@link ClusterRequest.method} allows.
 * @throws {TypeError} for a request that could change the cluster or run something in it, or whose path is none
 */
export function assertReadOnly({ method = 'GET', path }: Pick<ClusterRequest, 'method' | 'path'>): void {
  if (!/^\/(?!\/)[!-~]*$/.test(path) || path.includes('#'))
    throw new TypeError('A path begins with one slash and is encoded.');
  const resource = decoded(path);
  if (reachesInside.test(resource)) throw new TypeError(`${resource} would reach into the cluster or mint a token.`);
  if (method === 'GET') return;
  const isDryRun = new URL(path, anyServer).searchParams.getAll('dryRun').join() === 'All';
  if (isDryRun || (method === 'POST' && selfReviews.test(resource))) return;
  throw new TypeError(`A ${method} without dryRun=All would change the cluster.`);
}

const anyServer = 'https://server';

/** As the server will read it: without dot segments and percent signs. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(new URL(path, anyServer).pathname);
  } catch {
    throw new TypeError('The path is not encoded as it should be.');
  }
}

/** They are answered and not stored. */
const selfReviews =
  /^\/apis\/(?:authorization\.k8s\.io\/v1\/selfsubject(?:access|rules)reviews|authentication\.k8s\.io\/v1\/selfsubjectreviews)$/;

/**
 * Of these some act on a GET already: `nodes/proxy` reaches the kubelet, which runs commands. A dry run of a token
 * request answers with a token that works.
 */
const reachesInside =
  /^\/api\/v1\/(?:namespaces\/[^/]+\/)?(?:pods|services|nodes|serviceaccounts)\/[^/]+\/(?:proxy|exec|attach|portforward|token)(?:\/|$)/;
