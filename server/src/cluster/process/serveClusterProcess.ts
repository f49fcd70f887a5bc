import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc';
import type { Environment } from '../connection/environment.ts';
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
} from '../protocol/index.ts';
import { ClusterSessions } from './clusterSessions.ts';
import { withoutMessage } from './withoutMessage.ts';

/**
 * Answers the client until the connection ends. Whatever a cluster does is an answer; a request fails only for what is
 * wrong with this program.
 *
 * @param variables the environment variables of the process: KUBECONFIG, HOME, proxies
 */
export function serveClusterProcess(connection: MessageConnection, variables: Environment): void {
  const sessions = new ClusterSessions(variables, {
    mayRun: (params: MayRunParams) => connection.sendRequest<boolean>(mayRunMethod, params),
    changed: (params: ChangedParams) => void connection.sendNotification(changedMethod, params),
    progress: (params: ScanProgressParams) => void connection.sendNotification(scanProgressMethod, params),
  });
  const silently = <Result>(handled: Promise<Result>): Promise<Result> =>
    handled.catch((error: unknown) => {
      throw withoutMessage(error);
    });
  connection.onNotification(environmentMethod, (environment: EnvironmentParams) => sessions.use(environment));
  connection.onRequest<ContextList, void>(listContextsMethod, () => silently(sessions.contexts()));
  connection.onRequest<ScanResult, void>(scanMethod, (params: ScanParams, token: CancellationToken) =>
    silently(sessions.scan(params, signalOf(token))),
  );
  connection.onRequest<JudgeAgainResult, void>(judgeAgainMethod, (params: JudgeAgainParams, token: CancellationToken) =>
    sessions.judgeAgain(params, signalOf(token)),
  );
  connection.onRequest<ReadObjectResult, void>(readObjectMethod, (params: ReadObjectParams, token: CancellationToken) =>
    silently(sessions.readObject(params, signalOf(token))),
  );
  connection.onRequest<DryRunResult, void>(dryRunMethod, (params: DryRunParams, token: CancellationToken) =>
    silently(sessions.dryRun(params, signalOf(token))),
  );
  connection.onRequest<WhatIfResult, void>(whatIfPodSecurityMethod, (params: WhatIfParams, token: CancellationToken) =>
    silently(sessions.whatIfPodSecurity(params, signalOf(token))),
  );
  connection.onNotification(watchMethod, (params: WatchParams) => sessions.watch(params));
  connection.onClose(() => sessions.close());
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
