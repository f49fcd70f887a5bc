import {
  type AnonymousProbe,
  asArray,
  asObject,
  asString,
  type ClusterUser,
  collectedMetrics,
  type FlagValues,
  type MetricSample,
  type Seen,
  type ServerVersion,
} from '../../kubernetes/index.ts';
import { phrase, sentence } from '../../sentences/index.ts';
import type { ClusterAnswer } from '../connection/clusterAnswer.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';
import { parseMetrics } from './parseMetrics.ts';
import { unseen } from './unseen.ts';

// What the API server says of itself, beside its objects.

/** @param answer of `/version` */
export function versionIn(answer: ClusterAnswer): Seen<ServerVersion> {
  if (answer.outcome !== 'answered') return unseen(answer, phrase('the version'));
  const body = asObject(answer.body);
  const gitVersion = asString(body.gitVersion) ?? '';
  const minor = leadingNumber(asString(body.minor));
  if (minor === undefined) {
    return { kind: 'unseen', cause: 'failed', reason: sentence('The API server names no version that can be read.') };
  }
  return {
    kind: 'seen',
    value: {
      gitVersion,
      minor,
      patch: leadingNumber(/^v\d+\.\d+\.(\d+)/.exec(gitVersion)?.[1]),
      emulatedMinor: leadingNumber(asString(body.emulationMinor)) ?? minor,
      platform: asString(body.platform) ?? '',
    },
  };
}

/** GKE and EKS have written `27+`. */
function leadingNumber(text: string | undefined): number | undefined {
  const digits = /^\d+/.exec(text ?? '')?.[0];
  return digits === undefined ? undefined : Number(digits);
}

/** KEP-3325; stable since 1.28, so that an older server is asked in vain. */
export async function readUser(client: ClusterClient, signal: AbortSignal): Promise<Seen<ClusterUser>> {
  const answer = await client.request({
    method: 'POST',
    path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    signal,
  });
  if (answer.outcome !== 'answered') return unseen(answer, phrase('who you are to the cluster'));
  const user = asObject(asObject(asObject(answer.body).status).userInfo);
  const groups = asArray(user.groups).flatMap((group) => asString(group) ?? []);
  return { kind: 'seen', value: { name: asString(user.username) ?? '', groups } };
}

/** What a caller without credentials gets. Only the status codes are kept. */
export async function probeAnonymously(client: ClusterClient, signal: AbortSignal): Promise<Seen<AnonymousProbe>> {
  const ask = async (path: string): Promise<number | undefined> => {
    const answer = await client.request({ path, anonymous: true, retries: 0, timeoutMs: 10_000, signal });
    if (answer.outcome === 'answered' || answer.outcome === 'refused') return answer.status;
    return undefined;
  };
  const [version, api, healthz] = await Promise.all([ask('/version'), ask('/api'), ask('/healthz')]);
  if (version === undefined && api === undefined && healthz === undefined) {
    return {
      kind: 'unseen',
      cause: 'failed',
      reason: sentence('The API server did not answer a request without credentials.'),
    };
  }
  return { kind: 'seen', value: { version, api, healthz } };
}

/**
 * All flags of the API server that answered, defaults included (KEP-4828: alpha in 1.32, beta and on in 1.36). The endpoint
 * promises nothing about its form, so it is read with care.
 */
export async function readFlags(client: ClusterClient, signal: AbortSignal): Promise<Seen<FlagValues>> {
  const accept = ['v1beta1', 'v1alpha1'].map((v) => `application/json;v=${v};g=config.k8s.io;as=Flagz`).join(',');
  const answer = await client.request({ path: '/flagz', accept, signal });
  if (answer.outcome !== 'answered') return unseen(answer, '/flagz', { kind: 'url', path: '/flagz' });
  const flags = Object.entries(asObject(asObject(answer.body).flags)).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  if (flags.length === 0) {
    return {
      kind: 'unseen',
      cause: 'failed',
      reason: sentence('The API server shows its flags in a form that is not known here.'),
    };
  }
  return { kind: 'seen', value: new Map(flags) };
}

export async function readMetrics(client: ClusterClient, signal: AbortSignal): Promise<Seen<readonly MetricSample[]>> {
  const answer = await client.request({ path: '/metrics', accept: 'text/plain', signal });
  if (answer.outcome !== 'answered') return unseen(answer, '/metrics', { kind: 'url', path: '/metrics' });
  if (typeof answer.body !== 'string') {
    return {
      kind: 'unseen',
      cause: 'failed',
      reason: sentence('The API server shows its metrics in a form that is not known here.'),
    };
  }
  return { kind: 'seen', value: parseMetrics(answer.body, new Set(collectedMetrics)) };
}
