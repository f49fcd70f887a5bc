import type { OutgoingHttpHeaders } from 'node:http';
import { type Sentence, sentence } from '../../sentences/index.ts';
import { answerOf, isWorthRepeating } from './answerOf.ts';
import type { ClusterAnswer, NoCredentials, Unreachable } from './clusterAnswer.ts';
import type { ClusterClient, ClusterRequest, WatchItem, WatchRequest } from './clusterClient.ts';
import { credentialSource } from './credentials/credentialSource.ts';
import type { PluginPermissions } from './credentials/pluginPermissions.ts';
import {
  type CredentialSource,
  isTrouble,
  noCredentials,
  type RequestCredentials,
} from './credentials/requestCredentials.ts';
import type { Environment } from './environment.ts';
import { impersonationHeaders } from './impersonationHeaders.ts';
import type { KubeconfigContext } from './kubeconfig/kubeconfig.ts';
import { assertReadOnly } from './readOnly.ts';
import { pause, pauseBefore, unlessAborted } from './retry.ts';
import type { Secret } from './secret.ts';
import { retryAfterSeconds } from './statusAnswer.ts';
import { WholeBody } from './transport/bodyReader.ts';
import { Connections, isPools, type Pools } from './transport/connections.ts';
import { type Exchange, type ExchangeResult, exchange, type OpenedStream, openStream } from './transport/exchange.ts';
import { ListBody } from './transport/listBody.ts';
import { readWatch } from './watchEvents.ts';

export interface ClusterClientOptions {
  readonly context: KubeconfigContext;
  /** For `HTTPS_PROXY` and `NO_PROXY`, and handed to credential plugins. */
  readonly environment: Environment;
  readonly permissions: PluginPermissions;
  /** Like `kubeharden/0.1.0`. */
  readonly userAgent: string;
  readonly timing?: Partial<ClientTiming>;
}

export interface ClientTiming {
  readonly requestMs: number;
  readonly pluginMs: number;
  /** Before the first repetition of a request; it doubles each time. */
  readonly firstPauseMs: number;
  /** A server that asks for more patience is left alone. */
  readonly longestPauseMs: number;
}

const usualTiming: ClientTiming = { requestMs: 30_000, pluginMs: 20_000, firstPauseMs: 500, longestPauseMs: 30_000 };
const usualRetries = 3;

/** Opens nothing and starts nothing until the first request. What is wrong with the context is what every request becomes. */
export function createClusterClient(options: ClusterClientOptions): ClusterClient {
  return new HttpClusterClient(options);
}

/** What came of it, and what it was sent with. */
interface Sent<Opened> {
  readonly result: ExchangeResult | Opened;
  readonly credentials: RequestCredentials;
}

type SendResult<Opened> = Sent<Opened> | NoCredentials | Unreachable;

/** A list and a watch go the same way, but for these. */
interface Way<Opened extends OpenedStream> {
  readonly pool: keyof Pools;
  readonly isCompressed: boolean;
  readonly send: (exchange: Exchange) => Promise<ExchangeResult | Opened>;
}

const whole: Way<never> = { pool: 'requests', isCompressed: true, send: exchange };
const streamed: Way<OpenedStream> = { pool: 'watches', isCompressed: false, send: openStream };

class HttpClusterClient implements ClusterClient {
  readonly contextName: string;
  readonly server: string;
  readonly namespace: string;
  readonly statistics = { connections: 0, requests: 0, execSpawns: 0, bytes: 0 };
  readonly #options: ClusterClientOptions;
  readonly #timing: ClientTiming;
  readonly #closing = new AbortController();
  readonly #connections: Connections | undefined;
  readonly #source: CredentialSource | undefined;

  constructor(options: ClusterClientOptions) {
    const { context, environment, permissions, timing } = options;
    this.#options = options;
    this.#timing = { ...usualTiming, ...timing };
    this.contextName = context.name;
    this.server = context.cluster?.server ?? '';
    this.namespace = context.namespace ?? 'default';
    const { cluster, user } = context;
    if (cluster === undefined || this.server === '') return;
    const connections = new Connections(cluster, environment, this.#timing.requestMs, () => {
      this.statistics.connections++;
    });
    this.#connections = connections;
    // Over plain HTTP kubectl sends no credentials either (client-go's DirectClientConfig.ClientConfig).
    if (user === undefined || !this.server.startsWith('https:')) return;
    this.#source = credentialSource(user, cluster, {
      permissions,
      environment,
      timeoutMs: this.#timing.pluginMs,
      onSpawn: () => {
        this.statistics.execSpawns++;
      },
      certificateAuthority: () => connections.certificateAuthority(),
    });
  }

  async request(request: ClusterRequest): Promise<ClusterAnswer> {
    assertReadOnly(request);
    const signal = this.#joined(request.signal);
    const isRepeatable = (request.method ?? 'GET') === 'GET' && request.anonymous !== true;
    const retries = isRepeatable ? (request.retries ?? usualRetries) : 0;
    for (let attempt = 0; ; attempt++) {
      const sent = await this.#sendRenewing(request, whole, signal);
      if ('outcome' in sent) return signal.aborted ? { outcome: 'cancelled' } : sent;
      const { result, credentials } = sent;
      if (attempt >= retries || !isWorthRepeating(result))
        return answerOf(result, this.#host(), secretsOf(credentials));
      const asked = result.kind === 'response' ? retryAfterSeconds(result.response.headers) : undefined;
      const { firstPauseMs: firstMs, longestPauseMs: longestMs } = this.#timing;
      const milliseconds = pauseBefore(attempt, asked, { firstMs, longestMs });
      if (milliseconds === undefined) return answerOf(result, this.#host(), secretsOf(credentials));
      if (!(await pause(milliseconds, signal))) return { outcome: 'cancelled' };
    }
  }

  async *watch(request: WatchRequest): AsyncGenerator<WatchItem, void, undefined> {
    assertReadOnly(request);
    const leaving = new AbortController();
    const signal = AbortSignal.any([this.#joined(request.signal), leaving.signal]);
    try {
      const sent = await this.#sendRenewing(request, streamed, signal);
      if ('outcome' in sent) yield signal.aborted ? { outcome: 'cancelled' } : sent;
      else if (sent.result.kind === 'stream') {
        yield* readWatch(sent.result.response, {
          address: this.#host(),
          signal,
          secrets: secretsOf(sent.credentials),
          onBytes: this.#onBytes,
        });
      } else {
        const answer = answerOf(sent.result, this.#host(), secretsOf(sent.credentials));
        // Status 204 and the like: nothing to watch is there.
        yield answer.outcome === 'answered' ? { outcome: 'ended' } : answer;
      }
    } finally {
      leaving.abort();
    }
  }

  close(): void {
    this.#closing.abort();
    this.#source?.close();
    this.#connections?.close();
  }

  /** Sends, and after a 401 once more if other credentials can be had. */
  async #sendRenewing<Opened extends OpenedStream>(
    request: ClusterRequest,
    way: Way<Opened>,
    signal: AbortSignal,
  ): Promise<SendResult<Opened>> {
    const sent = await this.#sendOnce(request, way, signal);
    if ('outcome' in sent || sent.result.kind !== 'response' || sent.result.response.statusCode !== 401) return sent;
    if (request.anonymous === true || this.#source?.reject(sent.credentials) !== true) return sent;
    return this.#sendOnce(request, way, signal);
  }

  async #sendOnce<Opened extends OpenedStream>(
    request: ClusterRequest,
    { pool, isCompressed, send }: Way<Opened>,
    signal: AbortSignal,
  ): Promise<SendResult<Opened>> {
    const access = await unlessAborted(this.#access(request.anonymous === true), signal);
    if (access === undefined) return { result: { kind: 'cancelled' }, credentials: noCredentials };
    if ('outcome' in access) return access;
    const { pools, credentials } = access;
    const body = bodyOf(request);
    const sendNow = () => {
      this.statistics.requests++;
      return send({
        pool: pools[pool],
        url: new URL(`${this.server}${request.path}`),
        method: request.method ?? 'GET',
        headers: this.#headers(request, credentials, body, isCompressed),
        body,
        timeoutMs: request.timeoutMs ?? this.#timing.requestMs,
        signal,
        onBytes: this.#onBytes,
        bodyReader: () => (request.list === undefined ? new WholeBody() : new ListBody(request.list)),
      });
    };
    let result = await sendNow();
    // Every kept connection may have gone stale; after as many tries there is a new one.
    for (let tries = 0; tries < 6 && result.kind === 'failure' && result.isStale; tries++) result = await sendNow();
    return { result, credentials };
  }

  async #access(
    isAnonymous: boolean,
  ): Promise<{ readonly pools: Pools; readonly credentials: RequestCredentials } | NoCredentials | Unreachable> {
    const { context } = this.#options;
    const { cluster, problems } = context;
    const clusterProblem = cluster === undefined ? problems[0] : cluster.problems[0];
    if (clusterProblem !== undefined) return unusable(clusterProblem);
    if (this.#connections === undefined) return unusable(sentence('The kubeconfig leads to no server.'));
    if (isAnonymous) {
      const pools = await this.#connections.anonymous();
      return isPools(pools) ? { pools, credentials: noCredentials } : pools;
    }
    const [problem] = problems;
    if (problem !== undefined) return { outcome: 'credentials', trouble: { kind: 'configuration', problem } };
    const credentials = (await this.#source?.get()) ?? noCredentials;
    if (isTrouble(credentials)) return { outcome: 'credentials', trouble: credentials };
    const pools = await this.#connections.authenticated(credentials.certificate);
    return isPools(pools) ? { pools, credentials } : pools;
  }

  #headers(
    { accept = 'application/json', contentType = 'application/json', anonymous = false }: ClusterRequest,
    { token }: RequestCredentials,
    body: string | undefined,
    isCompressed: boolean,
  ): OutgoingHttpHeaders {
    const { context, userAgent } = this.#options;
    const isKnown = !anonymous && this.#source !== undefined;
    return {
      accept,
      'user-agent': userAgent,
      ...(isCompressed && context.cluster?.disablesCompression !== true ? { 'accept-encoding': 'gzip' } : {}),
      ...(body === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token.reveal()}` }),
      ...(isKnown ? impersonationHeaders(context.user?.impersonation) : {}),
    };
  }

  readonly #onBytes = (count: number): void => {
    this.statistics.bytes += count;
  };

  #joined(signal: AbortSignal | undefined): AbortSignal {
    return signal === undefined ? this.#closing.signal : AbortSignal.any([this.#closing.signal, signal]);
  }

  #host(): string {
    return this.server === '' ? '' : new URL(this.server).host;
  }
}

function bodyOf({ body }: ClusterRequest): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

function secretsOf({ token, certificate }: RequestCredentials): Secret[] {
  return [token, certificate?.key].filter((secret) => secret !== undefined);
}

function unusable(problem: Sentence): Unreachable {
  return { outcome: 'unreachable', trouble: { kind: 'configuration', problem } };
}
