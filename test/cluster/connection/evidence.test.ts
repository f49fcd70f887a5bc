// What the connection itself is evidence of: the kubeconfig, and the handshake with the server.

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import {
  type KubeconfigContext,
  kubeconfigFacts,
  probeTls,
  readKubeconfig,
} from '../../../server/src/cluster/index.ts';
import { inEnglish } from '../../../server/src/sentences/index.ts';
import { certificateAuthority, selfSignedCertificate } from '../../support/certificates.ts';
import { base64, fakeServer, scratchFolder } from '../connectTo.ts';
import { startHttpProxy, startSocksProxy } from '../fakeProxies.ts';

interface Written {
  readonly context: KubeconfigContext;
  readonly environment: Readonly<Record<string, string>>;
  readonly file: string;
}

async function written(test: TestContext, cluster: object, user: object): Promise<Written> {
  const HOME = scratchFolder(test);
  mkdirSync(join(HOME, '.kube'));
  const file = join(HOME, '.kube', 'config');
  const contexts = [{ name: 'a', context: { cluster: 'a', user: 'a' } }];
  writeFileSync(file, JSON.stringify({ contexts, clusters: [{ name: 'a', cluster }], users: [{ name: 'a', user }] }));
  chmodSync(file, 0o640);
  const [context] = (await readKubeconfig({ environment: { HOME }, workspaceFolders: [] })).contexts;
  assert.ok(context);
  return { context, environment: { HOME }, file };
}

test('what a kubeconfig says of itself', async (t) => {
  const cluster = { server: 'https://me:secret@a.example/', 'insecure-skip-tls-verify': true };
  const user = { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: './get-token.sh' }, as: 'root' };
  const { context, environment } = await written(t, cluster, user);
  assert.deepEqual(await kubeconfigFacts(context, environment), {
    path: '~/.kube/config',
    server: 'https://a.example',
    skipsTlsVerification: true,
    authentication: 'exec',
    clientCertificateExpires: undefined,
    fileMode: 0o640,
    execCommand: './get-token.sh',
    impersonates: true,
  });
  const elsewhere = await kubeconfigFacts(context, { HOME: '/nowhere' });
  assert.equal(elsewhere.path, context.file);
});

test('which of several ways of signing in counts', async (t) => {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'aws' };
  const ways = [
    [{}, 'none'],
    [{ token: 'a', exec }, 'token'],
    [{ token: 'a', tokenFile: 'b' }, 'token-file'],
    [{ username: 'a', token: 'b' }, 'basic'],
    [{ 'auth-provider': { name: 'gcp' } }, 'auth-provider'],
    [{ 'client-certificate': 'a.crt', 'client-key': 'a.key', token: 'a' }, 'client-certificate'],
  ] as const;
  for (const [user, authentication] of ways) {
    const { context, environment } = await written(t, { server: 'https://a' }, user);
    assert.equal((await kubeconfigFacts(context, environment)).authentication, authentication);
  }
});

test('when a client certificate ends', async (t) => {
  const { certificate } = selfSignedCertificate({ commonName: 'a', validTo: new Date('2030-01-31T12:00:00Z') });
  const user = { 'client-certificate-data': base64(certificate) };
  const { context, environment } = await written(t, { server: 'https://a' }, user);
  const { clientCertificateExpires } = await kubeconfigFacts(context, environment);
  assert.equal(clientCertificateExpires, '2030-01-31T12:00:00.000Z');
});

const forever = new AbortController().signal;

test('the handshake of a server of today, and of one of yesterday, directly and through proxies', async (t) => {
  const modern = await fakeServer(t, () => ({ kind: 'json', body: {} }));
  const old = await fakeServer(t, { reply: () => ({ kind: 'json', body: {} }), isOldFashioned: true });
  const authority = certificateAuthority('proxy authority');
  const serving = authority.issue({ commonName: 'proxy', hosts: ['localhost'] });
  const [http, https, socks] = [await startHttpProxy(), await startHttpProxy({ serving }), await startSocksProxy()];
  t.after(() => Promise.all([http.close(), https.close(), socks.close()]));
  const ways = [
    undefined,
    `http://127.0.0.1:${http.port}`,
    `https://localhost:${https.port}`,
    `socks5://127.0.0.1:${socks.port}`,
  ];
  for (const proxyUrl of ways) {
    for (const [server, acceptedOldProtocols] of [
      [modern, []],
      [old, ['TLSv1', 'TLSv1.1']],
    ] as const) {
      const authorities = { 'certificate-authority-data': base64(authority.certificate) };
      const { context, environment } = await written(
        t,
        { server: server.url, 'proxy-url': proxyUrl, ...authorities },
        {},
      );
      const probe = await probeTls(context, environment, forever);
      assert.ok(probe.kind === 'seen');
      assert.deepEqual(probe.value.acceptedOldProtocols, acceptedOldProtocols);
      assert.equal(probe.value.keyBits, 256);
      assert.equal(probe.value.address, proxyUrl === undefined ? '127.0.0.1' : undefined);
      assert.ok(Date.parse(probe.value.certificateExpires ?? '') > Date.now());
      assert.equal(server.seen.length, 0);
    }
  }
});

test('no handshake is no evidence', async (t) => {
  const reasonFor = async (cluster: object, signal = forever) => {
    const { context, environment } = await written(t, cluster, {});
    const probe = await probeTls(context, environment, signal, 500);
    return probe.kind === 'unseen' ? inEnglish(probe.reason) : 'seen';
  };
  const none = 'No TLS handshake with the API server could be made.';
  const server = await fakeServer(t, () => ({ kind: 'json', body: {} }));
  assert.equal(await reasonFor({ server: 'http://a' }), 'The server of the kubeconfig is no https URL.');
  assert.equal(await reasonFor({ server: 'https://a.invalid' }), none);
  assert.equal(await reasonFor({ server: server.url, 'proxy-url': 'http://127.0.0.1:1' }), none);
  assert.equal(
    await reasonFor({ server: server.url, 'proxy-url': 'gopher://a' }),
    'The proxy of the kubeconfig cannot be used.',
  );
  assert.equal(await reasonFor({ server: server.url }, AbortSignal.abort()), none);
});
