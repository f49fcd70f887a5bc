// A cluster and a kubeconfig with a secret in every place that may hold one. Each is a word of its own that nothing about
// looks like a secret, so that only what knows it, or never had it, keeps it.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { base64, kubeconfigFor, scratchFolder } from './connectTo.ts';
import type { FakeApiServer, Reply, SeenRequest } from './fakeApiServer.ts';
import { writeFakePlugin } from './fakePlugin.ts';
import { type FakeProxy, startHttpProxy } from './fakeProxies.ts';
import { shopReply } from './shopCluster.ts';

/** What nobody must ever see: of the kubeconfig and of Secrets, in the forms in which it could come out again. */
const secrets = new Set<string>();
/** What stands in other objects, and is seen by nobody who does not open them. */
const values = new Set<string>();

function plantIn(set: Set<string>, word: string): string {
  set.add(word);
  set.add(base64(word));
  return word;
}
const plant = (word: string) => plantIn(secrets, word);
const plantValue = (word: string) => plantIn(values, word);

export function assertSilent(text: string, secrets: Iterable<string>, what: string): void {
  for (const secret of secrets) {
    const at = text.indexOf(secret);
    assert.ok(at < 0, `${secret.slice(0, 40)} in ${what}: ${text.slice(Math.max(0, at - 200), at + 100)}`);
  }
}

// The cluster.

const inSecret = plant('mellon-value');
const secretCopy = JSON.stringify({ kind: 'Secret', data: { password: base64(inSecret) } });
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: 'database',
    namespace: 'shop',
    uid: 's',
    labels: { app: 'shop' },
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': secretCopy,
      'kapp.k14s.io/original': secretCopy,
      'example.com/applied': JSON.stringify({ data: plant('moria-annotation') }),
      'example.com/copy-of-password': inSecret,
      'example.com/packed': `H4sIAAAAAAAA${plant('khazad-packed')}${'A'.repeat(600)}`,
    },
  },
  data: { password: base64(inSecret), plain: plant('durin-value') },
  stringData: { password: inSecret },
};
const environmentValue = plantValue('shibboleth-value');
const argument = plantValue('xyzzy-argument');
const container = {
  name: 'web',
  image: 'nginx:1',
  env: [
    { name: 'DATABASE_PASSWORD', value: environmentValue },
    { name: 'DATABASE_URL', value: `postgres://shop:${environmentValue}@database/shop` },
  ],
  args: [`--password=${argument}`, '--token', argument],
  command: ['sh', '-c', `curl -H "Authorization: Bearer ${argument}" https://shop.example`],
  livenessProbe: {
    httpGet: { port: 80, httpHeaders: [{ name: 'Authorization', value: `Basic ${plantValue('sesame-header')}` }] },
  },
  lifecycle: { preStop: { exec: { command: ['sh', '-c', `logout --password ${plantValue('barrel-command')}`] } } },
  securityContext: { privileged: true },
};
const labels = { app: 'web' };
const podSpec = { containers: [container] };
const annotations = {
  'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ spec: plantValue('tharkun-copy') }),
};
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', uid: 'd', labels, annotations },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec } },
};
const pod = {
  metadata: {
    name: 'web-1',
    namespace: 'shop',
    uid: 'p',
    labels,
    annotations,
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd', controller: true }],
  },
  spec: { containers: [container, { ...container, name: 'injected' }] },
};
const etcdServers = `https://root:${plantValue('balrog-etcd')}@etcd.example:2379`;
const issuer = `https://client:${plantValue('palantir-issuer')}@issuer.example`;
const apiServerPod = {
  metadata: {
    name: 'kube-apiserver-one',
    namespace: 'kube-system',
    uid: 'a',
    labels: { component: 'kube-apiserver', tier: 'control-plane' },
    annotations: { 'kubernetes.io/config.mirror': 'x' },
  },
  spec: {
    nodeName: 'one',
    hostNetwork: true,
    containers: [
      {
        name: 'kube-apiserver',
        image: 'registry.k8s.io/kube-apiserver:v1.37.2',
        command: ['kube-apiserver', `--etcd-servers=${etcdServers}`, `--oidc-issuer-url=${issuer}`],
        env: [{ name: 'HTTPS_PROXY', value: `http://me:${plantValue('gollum-proxy')}@proxy.example` }],
      },
    ],
  },
};
const configMaps = [
  {
    metadata: { name: 'settings', namespace: 'shop', uid: 'c1' },
    data: {
      DATABASE_PASSWORD: plantValue('plugh-value'),
      url: `postgres://shop:${plantValue('frodo-value')}@database/shop`,
      file: `[client]\npassword=${plantValue('bilbo-value')}\n`,
    },
  },
  {
    metadata: { name: 'kubeadm-config', namespace: 'kube-system', uid: 'c2' },
    data: {
      ClusterConfiguration: `apiServer:\n  extraArgs:\n    etcd-servers: ${etcdServers}\netcd:\n  external:\n    endpoints: ["${etcdServers}"]\n`,
    },
  },
  {
    metadata: { name: 'cluster-info', namespace: 'kube-public', uid: 'c3' },
    data: { 'jws-kubeconfig-abcdef': plantValue('bombadil-jws') },
  },
];
const node = {
  metadata: {
    name: 'one',
    uid: 'n',
    annotations: {
      'k3s.io/node-args': JSON.stringify(['server', '--token', plantValue('strider-token')]),
      'k3s.io/node-env': JSON.stringify({ K3S_TOKEN: plantValue('elbereth-token') }),
    },
  },
  status: { nodeInfo: { kubeletVersion: 'v1.37.2', containerRuntimeVersion: 'containerd://2.3.0' } },
};
const volume = {
  metadata: { name: 'disk', uid: 'v' },
  spec: {
    csi: { driver: 'example.com', volumeAttributes: { password: plantValue('smaug-volume') } },
    flexVolume: { driver: 'example.com/cifs', options: { password: plantValue('ancalagon-volume') } },
  },
};
const webhook = {
  metadata: { name: 'hook', uid: 'w' },
  webhooks: [
    {
      name: 'hook.example.com',
      clientConfig: { url: `https://hook:${plantValue('nazgul-hook')}@hook.example.com/` },
      failurePolicy: 'Ignore',
      rules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }],
    },
  ],
};
const ingress = {
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'i',
    annotations: {
      'nginx.ingress.kubernetes.io/configuration-snippet': `proxy_set_header Authorization "Bearer ${plantValue('lembas-snippet')}";`,
    },
  },
  spec: { rules: [{ host: 'shop.example' }] },
};
const cronJob = {
  metadata: { name: 'nightly', namespace: 'shop', uid: 'j' },
  spec: { schedule: '@daily', jobTemplate: { spec: { template: { spec: podSpec } } } },
};

/** Group, plural, kind, whether in namespaces, and what there is. */
const kinds: readonly (readonly [string, string, string, boolean, readonly object[]])[] = [
  ['', 'namespaces', 'Namespace', false, [{ metadata: { name: 'shop', uid: 'o' } }]],
  ['', 'pods', 'Pod', true, [pod, apiServerPod]],
  ['', 'secrets', 'Secret', true, [secret]],
  ['', 'configmaps', 'ConfigMap', true, configMaps],
  ['', 'nodes', 'Node', false, [node]],
  ['', 'persistentvolumes', 'PersistentVolume', false, [volume]],
  ['apps', 'deployments', 'Deployment', true, [deployment]],
  ['batch', 'cronjobs', 'CronJob', true, [cronJob]],
  ['networking.k8s.io', 'ingresses', 'Ingress', true, [ingress]],
  [
    'admissionregistration.k8s.io',
    'validatingwebhookconfigurations',
    'ValidatingWebhookConfiguration',
    false,
    [webhook],
  ],
];

const rootOf = (group: string) => (group === '' ? '/api/v1' : `/apis/${group}/v1`);

function discovery(groups: readonly string[]): object {
  return {
    kind: 'APIGroupDiscoveryList',
    items: groups.map((name) => ({
      metadata: { name },
      versions: [
        {
          version: 'v1',
          resources: kinds
            .filter(([group]) => group === name)
            .map(([, resource, kind, isNamespaced]) => ({
              resource,
              responseKind: { kind },
              scope: isNamespaced ? 'Namespaced' : 'Cluster',
            })),
        },
      ],
    })),
  };
}

/** What the server takes for a user whom it no longer knows. */
const staleToken = plant('alohomora-token');

/** A server that sends more than it is asked for; `repeats` makes it say what it was sent, too. */
export function plantedReply(request: SeenRequest, repeats: boolean): Reply {
  const { method, headers, body } = request;
  const [address = ''] = request.path.split('?');
  const told = `${headers.authorization} ${body}`;
  if (headers.authorization === `Bearer ${staleToken}`) return { kind: 'status', code: 401, message: `no ${told}` };
  if (method === 'POST') return { kind: 'json', status: 201, body: { status: { allowed: true } } };
  if (method === 'PATCH' && repeats) {
    const causes = [{ field: 'data.password', message: `Invalid value: ${told}` }];
    return { kind: 'json', status: 422, body: { message: `no: ${told}`, details: { causes } } };
  }
  const warning = `299 - "${told.replaceAll(/["\\]/g, '\\$&')}"`;
  if (method === 'PATCH') return { kind: 'json', body: {}, headers: { warning } };
  if (request.path.includes('watch=true')) return shopReply(request);
  const flags = { 'etcd-servers': `[${etcdServers}]`, 'oidc-issuer-url': issuer, 'anonymous-auth': 'true' };
  if (address === '/api') return { kind: 'json', body: discovery(['']) };
  if (address === '/apis') {
    return { kind: 'json', body: discovery([...new Set(kinds.map(([group]) => group))].filter((one) => one !== '')) };
  }
  if (address === '/flagz' && !repeats) return { kind: 'json', body: { kind: 'Flagz', flags } };
  for (const [group, resource, kind, , items] of kinds) {
    const rest = address.startsWith(rootOf(group)) ? address.slice(rootOf(group).length) : '';
    const [, name] = new RegExp(`^(?:/namespaces/[^/]+)?/${resource}(?:/([^/]+))?$`).exec(rest) ?? [undefined, null];
    if (name === null) continue;
    if (repeats && resource !== 'deployments') return { kind: 'status', code: 400, message: `panic: ${told}` };
    const version = group === '' ? 'v1' : `${group}/v1`;
    const found = items.find((item) => (item as { metadata: { name: string } }).metadata.name === name);
    const one = { apiVersion: version, kind, ...found };
    return { kind: 'json', headers: { warning }, body: name === undefined ? { metadata: {}, items } : one };
  }
  const reply = shopReply(request);
  return reply.kind === 'status' ? { ...reply, message: `${reply.message} ${told}` } : reply;
}

// The kubeconfig.

/** Contexts with which a scan comes to its end, and those with which there is nothing to sign in with or no way. */
export const plantedContexts = {
  answered: ['token', 'tokenFile', 'certificate', 'plugin', 'proxy'],
  failing: ['failing', 'stale', 'lostProxy', 'password', 'provider', 'mismatch', 'both', 'interactive'],
} as const;

export interface PlantedKubeconfig {
  readonly folder: string;
  /** For `KUBECONFIG`: of the second file nothing but its secrets can be read. */
  readonly variable: string;
  readonly kubeconfig: string;
  /** What nobody must ever see. */
  readonly secrets: ReadonlySet<string>;
  /** Everything that was planted, for where no object is opened. */
  readonly everything: ReadonlySet<string>;
  readonly pluginToken: string;
}

/** A context for each way to sign in. */
export async function plantKubeconfig(
  test: Pick<TestContext, 'after'>,
  server: FakeApiServer,
): Promise<PlantedKubeconfig> {
  const folder = scratchFolder(test);
  const proxies = await Promise.all([startHttpProxy(), startHttpProxy({ refuses: 407 })]);
  test.after(() => Promise.all(proxies.map((proxy) => proxy.close())));
  const { certificate, key } = server.clientCertificate('alice');
  for (const line of key.split('\n')) if (line.length > 20 && !line.startsWith('-')) secrets.add(line);
  secrets.add(base64(key));
  const token = plant('swordfish-token');
  const pluginToken = plant('abracadabra-token');
  const [variable, argument] = [plant('rosebud-variable'), plant('hocuspocus-argument')];
  writeFakePlugin(folder, `console.error('${pluginToken}'); print({ token: '${pluginToken}' })`, 'plugin');
  // It says all that it knows.
  const telling = `console.log('token: ${pluginToken}'); console.error(process.env.SECRET, ...process.argv.slice(2), JSON.stringify(info));`;
  writeFakePlugin(folder, `${telling} process.exit(1)`, 'failing');
  writeFileSync(join(folder, 'token'), `${plant('ali-baba-token')}\n`);
  writeFileSync(join(folder, 'key.pem'), key);
  writeFileSync(join(folder, 'certificate.pem'), certificate);
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    interactiveMode: 'Never',
    provideClusterInfo: true,
    env: [{ name: 'SECRET', value: variable }],
    args: ['get-token', '--client-secret', argument, `--password=${argument}`],
  };
  const config = {
    'refresh-token': plant('mirrormirror-token'),
    'id-token': plant('onthewall-token'),
    'client-secret': plant('rumpelstiltskin-secret'),
  };
  const users: Record<string, object> = {
    token: { token },
    tokenFile: { tokenFile: 'token' },
    certificate: { 'client-certificate': 'certificate.pem', 'client-key': 'key.pem', token },
    plugin: { exec: { ...exec, command: './plugin' } },
    proxy: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) },
    failing: { exec: { ...exec, command: './failing' } },
    interactive: { exec: { ...exec, command: './plugin', interactiveMode: 'Always' } },
    stale: { token: staleToken },
    lostProxy: { token },
    password: { username: 'admin', password: plant('opensesame-password') },
    provider: { 'auth-provider': { name: 'oidc', config } },
    mismatch: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(plant('jabberwock-key')) },
    both: { token: `${plant('cheshire-token')} and a space` },
  };
  const { clusters } = kubeconfigFor(server, {}) as { clusters: { cluster: object }[] };
  const extensions = [
    { name: 'other', extension: { key: plant('friend-extension') } },
    { name: 'client.authentication.k8s.io/exec', extension: { key: plant('enter-extension') } },
  ];
  const [cluster] = clusters.map((one) => ({ ...one.cluster, extensions }));
  const through = (proxy: FakeProxy, password: string) => ({
    ...cluster,
    'proxy-url': `http://me:${password}@127.0.0.1:${proxy.port}`,
  });
  const clusterOf: Record<string, string> = { proxy: 'proxy', lostProxy: 'lostProxy', failing: 'proxy' };
  const names = Object.keys(users);
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    preferences: { extensions: [{ name: 'x', extension: { token: plant('looking-glass') } }] },
    clusters: [
      { name: 'fake', cluster },
      { name: 'proxy', cluster: through(proxies[0], plant('humpty-password')) },
      { name: 'lostProxy', cluster: through(proxies[1], plant('dumpty-password')) },
    ],
    contexts: names.map((name) => ({ name, context: { cluster: clusterOf[name] ?? 'fake', user: name } })),
    users: names.map((name) => ({ name, user: users[name] })),
    'current-context': 'token',
  };
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, JSON.stringify(content));
  const broken = join(folder, 'broken');
  writeFileSync(
    broken,
    `users:\n- name: a\n  user: {token: *${plant('broken-token')}, password: "${plant('half-word')}\n`,
  );
  const everything = new Set([...secrets, ...values]);
  return { folder, variable: `${kubeconfig}:${broken}`, kubeconfig, secrets, everything, pluginToken };
}

export { secret as plantedSecret };
