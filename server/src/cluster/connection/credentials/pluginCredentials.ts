import type { CredentialTrouble, PluginTrouble } from '../clusterAnswer.ts';
import { type Environment, withVariables } from '../environment.ts';
import type { ExecPlugin, KubeconfigCluster } from '../kubeconfig/kubeconfig.ts';
import { Secret, secretArguments, shownPluginText } from '../secret.ts';
import { type ExecCredential, readExecCredential } from './execCredential.ts';
import type { PluginPermissions } from './pluginPermissions.ts';
import type { CredentialSource, RequestCredentials } from './requestCredentials.ts';
import { runCommand } from './runCommand.ts';

export interface PluginSurroundings {
  readonly permissions: PluginPermissions;
  readonly environment: Environment;
  readonly timeoutMs: number;
  readonly onSpawn: () => void;
  /** PEM of the cluster's authorities, for a plugin that asks for the cluster. */
  readonly certificateAuthority: () => Promise<string | undefined>;
}

/** How long a failure is remembered, so that thirty lists in a row do not wait for thirty runs that fail. */
const failureHoldsMs = 10_000;
/** New ones are fetched so long before the old ones expire. */
const skewMs = 60_000;
/** Whatever a plugin says, what it gave serves so long: it may live by another clock. */
const shortestUseMs = 10_000;

/**
 * Credentials from an exec plugin of the kubeconfig
 * (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins). However many
 * requests wait, one process runs; what it gave is kept until shortly before it expires or until the server refuses it.
 */
export function pluginCredentials(
  plugin: ExecPlugin,
  cluster: KubeconfigCluster,
  surroundings: PluginSurroundings,
): CredentialSource {
  const closing = new AbortController();
  let running: Promise<RequestCredentials | CredentialTrouble> | undefined;
  let current: { readonly credentials: RequestCredentials; readonly refreshAt: number } | undefined;
  let failure: { readonly trouble: CredentialTrouble; readonly until: number } | undefined;
  /** What was fetched because the server had refused what was there before. */
  let lastResort: RequestCredentials | undefined;
  let isLastResort = false;

  const fetchNow = async (): Promise<RequestCredentials | CredentialTrouble> => {
    const got = await fetchCredential(plugin, cluster, surroundings, closing.signal);
    if ('problem' in got) {
      const trouble: CredentialTrouble = { kind: 'plugin', command: plugin.command, ...got };
      // Trust can be granted at any moment.
      if (got.problem !== 'notTrusted') failure = { trouble, until: Date.now() + failureHoldsMs };
      return trouble;
    }
    const now = Date.now();
    const lifetime = (got.expiresAt ?? Number.POSITIVE_INFINITY) - now;
    const refreshAt = now + Math.max(shortestUseMs, lifetime - Math.min(skewMs, lifetime / 2));
    current = { credentials: got.credentials, refreshAt };
    if (isLastResort) lastResort = got.credentials;
    isLastResort = false;
    return got.credentials;
  };
  return {
    async get() {
      if (current !== undefined && Date.now() < current.refreshAt) return current.credentials;
      if (failure !== undefined && Date.now() < failure.until) return failure.trouble;
      failure = undefined;
      running ??= fetchNow().finally(() => {
        running = undefined;
      });
      return running;
    },
    reject(credentials) {
      if (current?.credentials !== credentials) return true;
      if (credentials === lastResort) return false;
      current = undefined;
      isLastResort = true;
      return true;
    },
    close: () => closing.abort(),
  };
}

async function fetchCredential(
  plugin: ExecPlugin,
  cluster: KubeconfigCluster,
  surroundings: PluginSurroundings,
  signal: AbortSignal,
): Promise<ExecCredential | PluginTrouble> {
  if (plugin.interactiveMode === 'Always') return { problem: 'interactive' };
  const permission = await surroundings.permissions.ask(plugin);
  if (permission !== 'allowed') return { problem: permission };
  const info = await execInfo(plugin, cluster, surroundings);
  const environment = withVariables(withoutEditor(surroundings.environment), {
    ...Object.fromEntries(plugin.environment.map(({ name, value }) => [name, value.reveal()])),
    KUBERNETES_EXEC_INFO: JSON.stringify(info),
  });
  if (!signal.aborted) surroundings.onSpawn();
  const result = await runCommand({ ...plugin, environment }, surroundings.environment, surroundings.timeoutMs, signal);
  const secrets = [...plugin.environment.map(({ value }) => value), ...secretArguments(plugin.args)];
  if (cluster.pluginConfiguration !== undefined) secrets.push(new Secret(JSON.stringify(cluster.pluginConfiguration)));
  const installHint = shownPluginText(plugin.installHint).trim();
  switch (result.kind) {
    case 'missing':
      return { problem: 'missing', installHint };
    case 'unsafeArguments':
      return { problem: 'unsafeArguments' };
    case 'timeout':
      return {
        problem: 'timeout',
        milliseconds: surroundings.timeoutMs,
        stderr: end(shownPluginText(result.stderr, secrets)),
      };
    case 'exited': {
      const stderr = end(shownPluginText(result.stderr, secrets));
      if (result.exitCode !== 0) return { problem: 'failed', exitCode: result.exitCode, stderr, installHint };
      const read = readExecCredential(result.stdout, plugin.apiVersion);
      return typeof read === 'string' ? { problem: 'nonsense', detail: read, stderr } : read;
    }
  }
}

/** Without what VS Code sets for its own processes and clears for its terminals too: a plugin that is an Electron app would not start. */
function withoutEditor(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(?:ELECTRON|VSCODE)_/.test(name)));
}

/** The ExecCredential that the plugin is handed. There is never a terminal, so it must not ask. */
async function execInfo(
  { apiVersion, providesClusterInfo }: ExecPlugin,
  cluster: KubeconfigCluster,
  { certificateAuthority }: PluginSurroundings,
): Promise<unknown> {
  const spec = { interactive: false };
  const envelope = { kind: 'ExecCredential', apiVersion, spec };
  if (!providesClusterInfo) return envelope;
  const authority = await certificateAuthority();
  const described = {
    server: cluster.server,
    ...(cluster.tlsServerName === undefined ? {} : { 'tls-server-name': cluster.tlsServerName }),
    ...(cluster.skipsTlsVerification ? { 'insecure-skip-tls-verify': true } : {}),
    ...(authority === undefined
      ? {}
      : { 'certificate-authority-data': Buffer.from(authority, 'utf8').toString('base64') }),
    ...(cluster.proxyUrl === undefined ? {} : { 'proxy-url': cluster.proxyUrl.reveal() }),
    ...(cluster.disablesCompression ? { 'disable-compression': true } : {}),
    ...(cluster.pluginConfiguration === undefined ? {} : { config: cluster.pluginConfiguration }),
  };
  return { ...envelope, spec: { ...spec, cluster: described } };
}

/** The end of what a plugin wrote says what went wrong last. */
function end(text: string): string {
  return text.trim().slice(-2000);
}
