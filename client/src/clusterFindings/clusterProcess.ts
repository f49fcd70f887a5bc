import { type ChildProcess, fork } from 'node:child_process';
import {
  type CancellationToken,
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import {
  type ChangedParams,
  type ContextList,
  changedMethod,
  type DryRunParams,
  type DryRunResult,
  dryRunMethod,
  type EnvironmentParams,
  environmentMethod,
  type JudgeAgainParams,
  type JudgeAgainResult,
  judgeAgainMethod,
  listContextsMethod,
  type MayRunParams,
  mayRunMethod,
  type ReadObjectParams,
  type ReadObjectResult,
  readObjectMethod,
  type ScanParams,
  type ScanProgressParams,
  type ScanResult,
  scanMethod,
  scanProgressMethod,
  type WatchParams,
  type WhatIfParams,
  type WhatIfResult,
  watchMethod,
  whatIfPodSecurityMethod,
} from '../../../server/src/cluster/protocol/index.ts';
import { type Localize, type Spoken, sayAll } from '../../../server/src/sentences/index.ts';

export interface ClusterProcessOptions {
  /** Path of the program. */
  readonly program: string;
  /** Into the language of the user. */
  readonly localize: Localize;
  /** What only the editor knows; asked at every start. */
  environment(): EnvironmentParams;
  mayRun(params: MayRunParams): Promise<boolean>;
  onProgress(params: ScanProgressParams): void;
  onChanged(params: ChangedParams): void;
  /** It ended by itself, with this exit code. */
  onExit(code: number | null): void;
}

/** The process that speaks to clusters, apart from the extension host. It starts with the first request. */
export class ClusterProcess {
  readonly #options: ClusterProcessOptions;
  #running: { readonly child: ChildProcess; readonly connection: MessageConnection } | undefined;

  constructor(options: ClusterProcessOptions) {
    this.#options = options;
  }

  contexts(): Promise<Spoken<ContextList>> {
    return this.#ask<ContextList>(listContextsMethod);
  }

  scan(params: ScanParams, token: CancellationToken): Promise<Spoken<ScanResult>> {
    return this.#ask<ScanResult>(scanMethod, params, token);
  }

  /** A process that is not there remembers nothing. */
  async judgeAgain(params: JudgeAgainParams): Promise<Spoken<JudgeAgainResult>> {
    return this.#running === undefined ? { kind: 'forgotten' } : this.#ask<JudgeAgainResult>(judgeAgainMethod, params);
  }

  readObject(params: ReadObjectParams, token: CancellationToken): Promise<Spoken<ReadObjectResult>> {
    return this.#ask<ReadObjectResult>(readObjectMethod, params, token);
  }

  dryRun(params: DryRunParams, token: CancellationToken): Promise<Spoken<DryRunResult>> {
    return this.#ask<DryRunResult>(dryRunMethod, params, token);
  }

  whatIfPodSecurity(params: WhatIfParams, token: CancellationToken): Promise<Spoken<WhatIfResult>> {
    return this.#ask<WhatIfResult>(whatIfPodSecurityMethod, params, token);
  }

  /** Undefined ends all watches. */
  watch(contextName: string | undefined): void {
    const params: WatchParams = { contextName };
    this.#tell(watchMethod, params);
  }

  /** To be called when anything of the environment may have changed. */
  environmentChanged(): void {
    this.#tell(environmentMethod, this.#options.environment());
  }

  dispose(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.connection.dispose();
    running?.child.kill();
  }

  /** A process that is not there has nothing to hear; it learns what holds when it starts. */
  #tell(method: string, params: object): void {
    void this.#running?.connection.sendNotification(method, params);
  }

  /** @returns the answer with its sentences in words */
  async #ask<Answer>(method: string, ...params: readonly unknown[]): Promise<Spoken<Answer>> {
    return sayAll(await this.#start().sendRequest<Answer>(method, ...params), this.#options.localize);
  }

  #start(): MessageConnection {
    if (this.#running !== undefined) return this.#running.connection;
    const child = fork(this.#options.program, {
      // The extension host is Electron; as Node it runs a script.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      // Not the host's own: two processes cannot share one debugging port.
      execArgv: [],
      // What a crash prints may quote a kubeconfig, and is not worth that.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    const { mayRun, onProgress, onChanged } = this.#options;
    connection.onRequest<boolean, void>(mayRunMethod, (params: MayRunParams) => mayRun(params));
    connection.onNotification(scanProgressMethod, (params: ScanProgressParams) => onProgress(params));
    connection.onNotification(changedMethod, (params: ChangedParams) => onChanged(params));
    child.once('error', () => this.#ended(child, null));
    child.once('exit', (code) => this.#ended(child, code));
    connection.listen();
    void connection.sendNotification(environmentMethod, this.#options.environment());
    this.#running = { child, connection };
    return connection;
  }

  /** Rejects what is still asked; the next request starts a new process. */
  #ended(child: ChildProcess, code: number | null): void {
    if (this.#running?.child !== child) return;
    this.#running.connection.dispose();
    this.#running = undefined;
    this.#options.onExit(code);
  }
}
