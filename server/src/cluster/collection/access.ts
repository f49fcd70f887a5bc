import { asObject } from '../../kubernetes/index.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';

/**
 * Whether the user may list a kind, asked of the server itself. Trying and being refused would fill the audit log with
 * denials that look like an attack.
 *
 * @param namespace undefined: in all namespaces
 * @returns undefined if the server gave no answer; then trying is all that is left
 */
export async function mayList(
  client: ClusterClient,
  kind: { readonly group: string; readonly resource: string },
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  return isAllowed(client, { ...kind, verb: 'list', ...(namespace === undefined ? {} : { namespace }) }, signal);
}

async function isAllowed(
  client: ClusterClient,
  resourceAttributes: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const answer = await client.request({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    },
    signal,
  });
  if (answer.outcome !== 'answered') return undefined;
  const { allowed } = asObject(asObject(answer.body).status);
  return typeof allowed === 'boolean' ? allowed : undefined;
}
