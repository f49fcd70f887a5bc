import { dirname, isAbsolute, join, sep } from 'node:path';
import { type ManifestNode, parseManifest } from '../../../manifest/index.ts';
import { type Sentence, sentence } from '../../../sentences/index.ts';
import { isToken, Secret } from '../secret.ts';
import type { ExecPlugin, Impersonation, KubeconfigCluster, KubeconfigUser, Material } from './kubeconfig.ts';

/** The entries of one file, by name. */
export interface KubeconfigFile {
  readonly path: string;
  readonly clusters: ReadonlyMap<string, KubeconfigCluster>;
  readonly users: ReadonlyMap<string, KubeconfigUser>;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
  readonly currentContext: string | undefined;
}

export interface ContextEntry {
  readonly name: string;
  readonly file: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string | undefined;
}

/**
 * Reads the text of a kubeconfig. Relative paths are relative to the file
 * (k8s.io/client-go/tools/clientcmd/loader.go, GetClusterFileReferences and GetAuthInfoFileReferences).
 *
 * @param path absolute
 * @returns what is wrong, where it is no kubeconfig; problems of a single entry stay with the entry. Neither quotes the file.
 */
export function parseKubeconfigFile(path: string, text: string): KubeconfigFile | Sentence {
  const file = parseManifest(text, { form: /^\s*\{/.test(text) ? 'json' : 'plain' });
  if (file.notChecked !== undefined) return sentence('The kubeconfig is not read: it is too large or no text.');
  const document = file.documents.find(({ isEmpty }) => !isEmpty);
  if (document === undefined) return emptyFile(path);
  const problem = document.problems.find(({ kind }) => kind !== 'duplicate-key');
  if (problem !== undefined) {
    const { line, character } = file.positionAt(file.startOf(document) + problem.start);
    return sentence('The kubeconfig is not valid YAML at line {line}, column {column}.', {
      line: line + 1,
      column: character + 1,
    });
  }
  const { root } = document;
  if (root.type !== 'map') return sentence('The kubeconfig is no map with clusters, users and contexts.');
  const kind = root.get('kind').string ?? 'Config';
  if (kind !== 'Config') return sentence('The file is no kubeconfig: its kind is not "Config".');
  const clusters = named(root.get('clusters'), 'cluster', (name, entry) => readCluster(name, entry, path));
  const users = named(root.get('users'), 'user', (name, entry) => readUser(name, entry, path));
  const contexts = named(root.get('contexts'), 'context', (name, entry) => readContext(name, entry, path));
  const twice = clusters.twice ?? users.twice ?? contexts.twice;
  // Which of the two is meant cannot be known; client-go refuses the file (tools/clientcmd/api/v1/conversion.go).
  if (twice !== undefined) {
    return sentence('The kubeconfig has two entries named "{name}" in one list; kubectl refuses that too.', {
      name: twice,
    });
  }
  return {
    path,
    clusters: clusters.found,
    users: users.found,
    contexts: contexts.found,
    currentContext: filled(root.get('current-context')),
  };
}

function emptyFile(path: string): KubeconfigFile {
  return { path, clusters: new Map(), users: new Map(), contexts: new Map(), currentContext: undefined };
}

interface NamedEntries<T> {
  readonly found: ReadonlyMap<string, T>;
  /** A name that occurs again. */
  readonly twice: string | undefined;
}

function named<T>(list: ManifestNode, key: string, read: (name: string, entry: ManifestNode) => T): NamedEntries<T> {
  const found = new Map<string, T>();
  let twice: string | undefined;
  for (const item of list.items()) {
    const name = text(item.get('name'));
    if (name === undefined) continue;
    if (found.has(name)) twice = name;
    found.set(name, read(name, item.get(key)));
  }
  return { found, twice };
}

function readContext(name: string, entry: ManifestNode, file: string): ContextEntry {
  return {
    name,
    file,
    cluster: text(entry.get('cluster')) ?? '',
    user: text(entry.get('user')) ?? '',
    namespace: filled(entry.get('namespace')),
  };
}

function readCluster(name: string, entry: ManifestNode, file: string): KubeconfigCluster {
  const problems: Sentence[] = [];
  const written = filled(entry.get('server'));
  const certificateAuthority = material(entry, 'certificate-authority', file, problems);
  const skipsTlsVerification = entry.get('insecure-skip-tls-verify').boolean === true;
  const isSecure = certificateAuthority !== undefined || skipsTlsVerification;
  const server = written === undefined ? '' : serverUrl(written, isSecure);
  if (written === undefined) problems.push(sentence('Cluster "{name}" of the kubeconfig names no server.', { name }));
  else if (server === '') problems.push(sentence('The server of cluster "{name}" is no http or https URL.', { name }));
  // client-go refuses the pair too (transport.TLSConfigFor): which of the two is meant cannot be known.
  if (certificateAuthority !== undefined && skipsTlsVerification) {
    problems.push(
      sentence(
        'Cluster "{name}" has both a certificate-authority and insecure-skip-tls-verify; kubectl refuses that too.',
        { name },
      ),
    );
  }
  const proxyUrl = filled(entry.get('proxy-url'));
  return {
    name,
    file,
    server,
    certificateAuthority,
    skipsTlsVerification,
    tlsServerName: filled(entry.get('tls-server-name')),
    proxyUrl: proxyUrl === undefined ? undefined : new Secret(proxyUrl),
    disablesCompression: entry.get('disable-compression').boolean === true,
    pluginConfiguration: extension(entry, 'client.authentication.k8s.io/exec'),
    problems,
  };
}

/** Without a scheme it is https where the entry speaks of TLS, else http (client-go rest.DefaultServerURL). */
function serverUrl(written: string, isSecure: boolean): string {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `http${isSecure ? 's' : ''}://${written}`);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return '';
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  } catch {
    return '';
  }
}

function extension(entry: ManifestNode, name: string): unknown {
  const found = entry
    .get('extensions')
    .items()
    .find((item) => item.get('name').string === name);
  return found?.get('extension').toJson();
}

function readUser(name: string, entry: ManifestNode, file: string): KubeconfigUser {
  const problems: Sentence[] = [];
  const token = filled(entry.get('token'));
  if (token !== undefined && !isToken(token)) {
    problems.push(sentence('The token of user "{name}" of the kubeconfig has characters that no token has.', { name }));
  }
  const tokenFile = filled(entry.get('tokenFile'));
  const hasBasicAuthentication = [entry.get('username'), entry.get('password')].some((node) => filled(node));
  const clientCertificate = material(entry, 'client-certificate', file, problems);
  const clientKey = material(entry, 'client-key', file, problems);
  if (clientCertificate !== undefined && clientKey === undefined) {
    problems.push(sentence('User "{name}" of the kubeconfig has a client certificate without a key.', { name }));
  }
  return {
    name,
    file,
    clientCertificate,
    clientKey,
    token: token === undefined ? undefined : new Secret(token),
    tokenFile: tokenFile === undefined ? undefined : absolute(tokenFile, file),
    hasBasicAuthentication,
    authProvider: entry.get('auth-provider').isKnown
      ? (filled(entry.get('auth-provider', 'name')) ?? 'unnamed')
      : undefined,
    exec: readExec(name, entry.get('exec'), file, problems),
    impersonation: readImpersonation(name, entry, problems),
    problems,
  };
}

function readExec(user: string, exec: ManifestNode, file: string, problems: Sentence[]): ExecPlugin | undefined {
  if (!exec.isKnown) return undefined;
  const command = filled(exec.get('command'));
  const apiVersion = filled(exec.get('apiVersion'));
  const mode = filled(exec.get('interactiveMode')) ?? 'IfAvailable';
  if (command === undefined) {
    problems.push(sentence('The credential plugin of user "{user}" has no command.', { user }));
    return undefined;
  }
  if (apiVersion === undefined || !execVersions.has(apiVersion)) {
    problems.push(
      sentence('The credential plugin of user "{user}" speaks a version that Kubernetes no longer knows.', { user }),
    );
    return undefined;
  }
  if (mode !== 'Never' && mode !== 'IfAvailable' && mode !== 'Always') {
    problems.push(sentence('The interactiveMode of user "{user}" is none of Never, IfAvailable and Always.', { user }));
    return undefined;
  }
  return {
    apiVersion,
    // A slash leads somewhere on Windows too.
    command: command.includes('/') || command.includes(sep) ? absolute(command, file) : command,
    written: command,
    args: exec
      .get('args')
      .items()
      .map((item) => text(item) ?? ''),
    environment: exec
      .get('env')
      .items()
      .map((item) => ({
        name: text(item.get('name')) ?? '',
        value: new Secret(text(item.get('value')) ?? ''),
      }))
      .filter((variable) => variable.name !== ''),
    installHint: text(exec.get('installHint')) ?? '',
    providesClusterInfo: exec.get('provideClusterInfo').boolean === true,
    interactiveMode: mode,
    folder: dirname(file),
  };
}

/** v1alpha1 was removed in Kubernetes 1.24. */
const execVersions: ReadonlySet<string> = new Set([
  'client.authentication.k8s.io/v1',
  'client.authentication.k8s.io/v1beta1',
]);

function readImpersonation(name: string, entry: ManifestNode, problems: Sentence[]): Impersonation | undefined {
  const user = filled(entry.get('as'));
  const uid = filled(entry.get('as-uid'));
  const groups = texts(entry.get('as-groups'));
  const extra = entry
    .get('as-user-extra')
    .entries()
    .map(({ key, value }) => ({ key, values: texts(value) }));
  if (user !== undefined) return { user, uid, groups, extra };
  // As in client-go's validateAuthInfo.
  if (uid !== undefined || groups.length > 0 || extra.length > 0) {
    problems.push(
      sentence('User "{name}" impersonates groups or a uid but no user; kubectl refuses that too.', { name }),
    );
  }
  return undefined;
}

function material(entry: ManifestNode, key: string, file: string, problems: Sentence[]): Material | undefined {
  const data = filled(entry.get(`${key}-data`));
  if (data !== undefined) {
    const compact = data.replace(/[\r\n]/g, '');
    if (/^[A-Za-z0-9+/]*={0,2}$/.test(compact) && compact.length % 4 === 0) {
      return { kind: 'inline', pem: new Secret(Buffer.from(compact, 'base64').toString('utf8')) };
    }
    problems.push(sentence('The field {key} of the kubeconfig is not base64.', { key: `${key}-data` }));
    return undefined;
  }
  const path = filled(entry.get(key));
  return path === undefined ? undefined : { kind: 'file', path: absolute(path, file) };
}

function absolute(path: string, file: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}

/** A scalar as text: numbers and booleans are what somebody forgot to quote. */
function text(node: ManifestNode): string | undefined {
  return node.scalar === undefined ? undefined : String(node.scalar);
}

function texts(list: ManifestNode): string[] {
  return list.items().flatMap((item) => text(item) ?? []);
}

function filled(node: ManifestNode): string | undefined {
  const value = text(node);
  return value === '' ? undefined : value;
}
