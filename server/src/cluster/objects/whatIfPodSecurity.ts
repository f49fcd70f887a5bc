import type { ClusterClient } from '../connection/clusterClient.ts';
import { troubleSentence } from '../connection/troubleSentence.ts';
import type { WhatIfParams, WhatIfResult } from '../protocol/index.ts';

/**
 * What a Pod Security label would reject of what runs in a namespace, as the server warns when the label is set in a
 * dry-run (pod-security-admission/admission/admission.go, EvaluatePodsInNamespace). Needs the right to patch the namespace.
 */
export async function whatIfPodSecurity(
  client: ClusterClient,
  { namespace, level }: Pick<WhatIfParams, 'namespace' | 'level'>,
  signal?: AbortSignal,
): Promise<WhatIfResult> {
  const answer = await client.request({
    method: 'PATCH',
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}?dryRun=All&fieldManager=kubeharden`,
    contentType: 'application/merge-patch+json',
    body: { metadata: { labels: { 'pod-security.kubernetes.io/enforce': level } } },
    ...(signal === undefined ? {} : { signal }),
  });
  if (answer.outcome !== 'answered') return { kind: 'trouble', message: troubleSentence(answer) };
  return { kind: 'warnings', warnings: answer.warnings };
}
