import { performance } from 'node:perf_hooks';
import { ruleSettings } from '../../analysis/index.ts';
import { type Sentence, sentence } from '../../sentences/index.ts';
import type { ClusterSnapshot } from '../collection/clusterSnapshot.ts';
import { collectCluster } from '../collection/collectCluster.ts';
import type { ClusterTrouble } from '../connection/clusterAnswer.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';
import { type ClientTiming, createClusterClient } from '../connection/createClusterClient.ts';
import { createPluginPermissions, type PluginPermissions } from '../connection/credentials/pluginPermissions.ts';
import type { Environment } from '../connection/environment.ts';
import type { Kubeconfig, KubeconfigContext } from '../connection/kubeconfig/kubeconfig.ts';
import { kubeconfigFacts } from '../connection/kubeconfig/kubeconfigFacts.ts';
import { readKubeconfig } from '../connection/kubeconfig/readKubeconfig.ts';
import { probeTls } from '../connection/transport/probeTls.ts';
import { troubleSentence } from '../connection/troubleSentence.ts';
import { type JudgeSettings, judgeClusterInSlices } from '../judging/judgeCluster.ts';
import { ChangeCount } from '../objects/changeCount.ts';
import { dryRun } from '../objects/dryRun.ts';
import { readObject } from '../objects/readObject.ts';
import { whatIfPodSecurity } from '../objects/whatIfPodSecurity.ts';
import type {
  ChangedParams,
  ContextList,
  DryRunParams,
  DryRunResult,
  EnvironmentParams,
  JudgeAgainParams,
  JudgeAgainResult,
  JudgementSettings,
  MayRunParams,
  ReadObjectParams,
  ReadObjectResult,
  ScanParams,
  ScanProgressParams,
  ScanResult,
  WatchParams,
  WhatIfParams,
  WhatIfResult,
} from '../protocol/index.ts';
import { KeptSnapshots } from './keptSnapshots.ts';

/** What the sessions ask of, and tell, whoever they work for. */
export interface SessionHost {
  mayRun(params: MayRunParams): Promise<boolean>;
  progress(params: ScanProgressParams): void;
  changed(params: ChangedParams): void;
}

/** One context that is in use. */
interface Session {
  readonly client: ClusterClient;
  readonly context: KubeconfigContext;
  running: AbortController | undefined;
  /** Since the last scan. */
  changes?: ChangeCount;
}

/** The contexts that are in use, each with its connections. A context that nobody opened is never contacted. */
export class ClusterSessions {
  readonly #variables: Environment;
  readonly #host: SessionHost;
  readonly #timing: Partial<ClientTiming>;
  readonly #sessions = new Map<string, Session>();
  /** Beyond the sessions: a report is shown until the next one, whatever becomes of the connection. */
  readonly #snapshots = new KeptSnapshots();
  readonly #judging = new Map<string, AbortController>();
  #watching: AbortController | undefined;
  #watched: string | undefined;
  /** Until the client has said what it knows, nothing may run. */
  #environment: EnvironmentParams = { userAgent: 'kubeharden', isTrusted: false, workspaceFolders: [] };

  constructor(variables: Environment, host: SessionHost, timing: Partial<ClientTiming> = {}) {
    this.#variables = variables;
    this.#host = host;
    this.#timing = timing;
  }

  /** What the client knows changed: connections made under other settings end. */
  use(environment: EnvironmentParams): void {
    const isSame = JSON.stringify(environment) === JSON.stringify(this.#environment);
    this.#environment = environment;
    if (isSame) return;
    const given = [...this.#sessions.values()];
    this.close();
    for (const { changes } of given) changes?.giveUp();
  }

  async contexts(): Promise<ContextList> {
    const kubeconfig = await this.#kubeconfig();
    this.#snapshots.keepOnly(new Set(kubeconfig.contexts.map(({ name }) => name)));
    return {
      files: kubeconfig.files,
      problems: kubeconfig.problems.map(({ file, problem }) => sentence('{file}: {problem}', { file, problem })),
      contexts: kubeconfig.contexts.map((context) => ({
        name: context.name,
        cluster: context.clusterName,
        user: context.userName,
        namespace: context.namespace ?? 'default',
        server: context.cluster?.server ?? '',
        isCurrent: context.name === kubeconfig.currentContext,
        problems: context.problems,
      })),
    };
  }

  async scan(params: ScanParams, signal: AbortSignal): Promise<ScanResult> {
    const session = await this.#session(params.contextName);
    if ('message' in session) return { kind: 'unreachable', message: session.message, details: [] };
    session.running?.abort();
    const running = new AbortController();
    session.running = running;
    const either = AbortSignal.any([signal, running.signal]);
    const { client } = session;
    const began = performance.now();
    const before = { ...client.statistics };
    const outcome = await collectCluster({
      client,
      kubeconfig: await kubeconfigFacts(session.context, this.#variables),
      probeTls: (signal) => probeTls(session.context, this.#withProxy(), signal),
      readsSecretMetadata: params.readsSecretMetadata,
      ...(params.namespaces === undefined ? {} : { namespaces: params.namespaces }),
      now: () => new Date(),
      onProgress: (progress) => this.#host.progress({ contextName: params.contextName, ...progress }),
      signal: either,
    });
    const report =
      outcome.kind === 'scanned'
        ? await judgeClusterInSlices(outcome.snapshot, judgeSettingsOf(params), either)
        : undefined;
    if (session.running === running) session.running = undefined;
    switch (outcome.kind) {
      case 'cancelled':
        return { kind: 'cancelled' };
      case 'unreachable':
        // What the next scan finds may be another kubeconfig, or another answer to a question.
        this.#end(params.contextName, session);
        return {
          kind: 'unreachable',
          message: troubleSentence(outcome.answer),
          details: detailsOf(outcome.answer),
        };
      case 'scanned': {
        if (report === undefined) return { kind: 'cancelled' };
        this.#snapshots.keep(outcome.snapshot);
        this.#countFrom(outcome.snapshot, session);
        const { connections, requests, bytes } = client.statistics;
        return {
          kind: 'report',
          report,
          statistics: {
            milliseconds: Math.round(performance.now() - began),
            connections: connections - before.connections,
            requests: requests - before.requests,
            bytes: bytes - before.bytes,
          },
        };
      }
    }
  }

  async judgeAgain(params: JudgeAgainParams, signal: AbortSignal): Promise<JudgeAgainResult> {
    const { contextName } = params;
    this.#judging.get(contextName)?.abort();
    const snapshot = this.#snapshots.of(contextName);
    if (snapshot === undefined) return { kind: 'forgotten' };
    const judging = new AbortController();
    this.#judging.set(contextName, judging);
    const either = AbortSignal.any([signal, judging.signal]);
    const report = await judgeClusterInSlices(snapshot, judgeSettingsOf(params), either);
    if (this.#judging.get(contextName) === judging) this.#judging.delete(contextName);
    return report === undefined ? { kind: 'cancelled' } : { kind: 'report', report };
  }

  async readObject({ contextName, object, path }: ReadObjectParams, signal: AbortSignal): Promise<ReadObjectResult> {
    const session = await this.#session(contextName);
    if ('message' in session) return { kind: 'trouble', message: session.message };
    return readObject(session.client, object, { field: path, signal });
  }

  async dryRun({ contextName, objects }: DryRunParams, signal: AbortSignal): Promise<DryRunResult> {
    const session = await this.#session(contextName);
    if ('message' in session) return { kind: 'trouble', message: session.message };
    return dryRun(session.client, objects, signal);
  }

  async whatIfPodSecurity(params: WhatIfParams, signal: AbortSignal): Promise<WhatIfResult> {
    const session = await this.#session(params.contextName);
    if ('message' in session) return { kind: 'trouble', message: session.message };
    return whatIfPodSecurity(session.client, params, signal);
  }

  /** Watches one context, or none. One that was not scanned over this connection is left alone. */
  watch({ contextName }: WatchParams): void {
    this.#watching?.abort();
    this.#watching = undefined;
    this.#watched = contextName;
    const changes = contextName === undefined ? undefined : this.#sessions.get(contextName)?.changes;
    if (changes === undefined) return;
    this.#watching = new AbortController();
    changes.watch(this.#watching.signal);
  }

  /** What a new report says has not changed; it is watched when the client asks for that. */
  #countFrom({ contextName, lists }: ClusterSnapshot, session: Session): void {
    if (this.#watched === contextName) this.watch({ contextName: undefined });
    session.changes = new ChangeCount(session.client, lists, (changes) =>
      this.#host.changed({ contextName, ...changes }),
    );
  }

  /** Ends all connections, watches and running scans. What was read can still be judged again. */
  close(): void {
    this.#watching?.abort();
    this.#watching = undefined;
    for (const { client, running } of this.#sessions.values()) {
      running?.abort();
      client.close();
    }
    this.#sessions.clear();
  }

  /** The session of a context, opened if need be; a sentence where there can be none. */
  async #session(contextName: string): Promise<Session | { readonly message: Sentence }> {
    const known = this.#sessions.get(contextName);
    if (known !== undefined) return known;
    const context = (await this.#kubeconfig()).contexts.find(({ name }) => name === contextName);
    if (context === undefined)
      return {
        message: sentence('The kubeconfig has no context "{context}".', { context: contextName }),
      };
    const client = createClusterClient({
      context,
      environment: this.#withProxy(),
      permissions: this.#permissions(contextName),
      userAgent: this.#environment.userAgent,
      timing: this.#timing,
    });
    const session: Session = { client, context, running: undefined };
    this.#sessions.set(contextName, session);
    return session;
  }

  /** A session that is not in use any more keeps nothing. */
  #end(contextName: string, session: Session): void {
    if (this.#sessions.get(contextName) !== session || session.running !== undefined) return;
    if (this.#watched === contextName) this.watch({ contextName: undefined });
    this.#sessions.delete(contextName);
    session.client.close();
    session.changes?.giveUp();
  }

  #kubeconfig(): Promise<Kubeconfig> {
    const { workspaceFolders, kubeconfig } = this.#environment;
    return readKubeconfig({
      environment: this.#variables,
      workspaceFolders,
      ...(kubeconfig === undefined || kubeconfig === '' ? {} : { explicitFile: kubeconfig }),
    });
  }

  #permissions(contextName: string): PluginPermissions {
    return createPluginPermissions(
      () => this.#environment.isTrusted,
      ({ command, args, folder, fingerprint }) =>
        this.#host.mayRun({ contextName, command, args, folder, fingerprint }),
    );
  }

  /** The editor's proxy settings are stronger than the environment that it was started in. */
  #withProxy(): Environment {
    const { proxy, noProxy } = this.#environment;
    return {
      ...this.#variables,
      ...(proxy === undefined || proxy === '' ? {} : { HTTPS_PROXY: proxy, https_proxy: proxy }),
      ...(noProxy === undefined || noProxy.length === 0
        ? {}
        : { NO_PROXY: noProxy.join(','), no_proxy: noProxy.join(',') }),
    };
  }
}

/** What a credential plugin itself said, for whoever wants to know more. */
function detailsOf(trouble: ClusterTrouble): readonly string[] {
  if (trouble.outcome !== 'credentials' || trouble.trouble.kind !== 'plugin') return [];
  const { trouble: plugin } = trouble;
  const stderr = 'stderr' in plugin ? plugin.stderr.split('\n').filter((line) => line.trim() !== '') : [];
  const hint = 'installHint' in plugin && plugin.installHint !== '' ? [plugin.installHint] : [];
  return [...stderr, ...hint];
}

function judgeSettingsOf({ profile, forcedProfile, rules = {}, configuration }: JudgementSettings): JudgeSettings {
  const entries = Object.entries(rules).flatMap(([id, written]) => {
    const setting = ruleSettings.find((known) => known === written);
    return setting === undefined ? [] : [[id, { setting }] as const];
  });
  return {
    settings: {
      ...(profile === undefined ? {} : { profile }),
      rules: new Map(entries),
      ...(forcedProfile === undefined ? {} : { forced: { profile: forcedProfile } }),
    },
    ...(configuration === undefined ? {} : { configuration }),
  };
}
