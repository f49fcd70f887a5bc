// What lies between us and the server: names, ports and certificates; and what the user reads when it fails.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import test from 'node:test';
import { connectionTrouble } from '../../../server/src/cluster/connection/transport/connectionTrouble.ts';
import { freePorts } from '../apiServer/processes.ts';
import { base64, connectTo, fakeServer, said, scratchFolder } from '../connectTo.ts';
import { startHttpProxy } from '../fakeProxies.ts';

const ok = { kind: 'json', body: {} } as const;

test('a name that does not exist', async (t) => {
  const server = await fakeServer(t, () => ok);
  const client = await connectTo(t, server, { cluster: { server: 'https://cluster.invalid:6443' } });
  assert.equal(
    said(await client.request({ path: '/version' })),
    'The name cluster.invalid cannot be resolved; is the VPN or the network on?',
  );
});

test('a port where nothing listens', async (t) => {
  const [port] = await freePorts(1);
  const server = await fakeServer(t, () => ok);
  const client = await connectTo(t, server, { cluster: { server: `https://127.0.0.1:${port}` } });
  assert.equal(
    said(await client.request({ path: '/version' })),
    `Nothing listens at 127.0.0.1:${port}; is the cluster running?`,
  );
});

test('a port that speaks no TLS', async (t) => {
  const plain = createHttpServer((_request, response) => response.end('{}'));
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  t.after(() => plain.close());
  const { port } = plain.address() as AddressInfo;
  const server = await fakeServer(t, () => ok);
  const client = await connectTo(t, server, { cluster: { server: `https://127.0.0.1:${port}` } });
  assert.equal(
    said(await client.request({ path: '/version' })),
    `127.0.0.1:${port} does not speak TLS, or no version of it that is safe.`,
  );
});

test('over plain HTTP no credentials are sent', async (t) => {
  let authorization: string | undefined = 'unseen';
  const plain = createHttpServer((request, response) => {
    authorization = request.headers.authorization;
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  t.after(() => plain.close());
  const { port } = plain.address() as AddressInfo;
  const server = await fakeServer(t, () => ok);
  const client = await connectTo(t, server, { cluster: { server: `http://127.0.0.1:${port}` } });
  assert.equal(said(await client.request({ path: '/version' })), 'answered');
  assert.equal(authorization, undefined);
});

const certificates = [
  ['expired', 'The certificate of ADDRESS has expired.'],
  ['notYetValid', 'The certificate of ADDRESS is not valid yet; is the clock of this machine right?'],
  [
    'wrongHost',
    'The certificate of ADDRESS is made out to another name, so it may be another server; tls-server-name in the kubeconfig says which name to expect.',
  ],
  [
    'selfSigned',
    'The certificate of ADDRESS is signed by an authority that the kubeconfig does not name, so it may be another server.',
  ],
] as const;
for (const [certificate, sentence] of certificates) {
  test(`a certificate that is ${certificate}`, async (t) => {
    const server = await fakeServer(t, { reply: () => ok, certificate });
    const client = await connectTo(t, server);
    const answer = await client.request({ path: '/version' });
    assert.equal(said(answer), sentence.replace('ADDRESS', `127.0.0.1:${server.port}`));
    assert.equal(server.seen.length, 0);
    const careless = { 'insecure-skip-tls-verify': true, 'certificate-authority-data': null };
    const carelessClient = await connectTo(t, server, { cluster: careless });
    assert.equal(said(await carelessClient.request({ path: '/version' })), 'answered');
  });
}

test('an authority that the kubeconfig does not name, whatever the environment of this process says', async (t) => {
  const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  t.after(() => {
    if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
  });
  const server = await fakeServer(t, () => ok);
  const client = await connectTo(t, server, { cluster: { 'certificate-authority-data': null } });
  assert.match(
    said(await client.request({ path: '/version' })),
    /is signed by an authority that the kubeconfig does not/,
  );
});

test('tls-server-name is the name that the certificate is checked for', async (t) => {
  const server = await fakeServer(t, { reply: () => ok, certificate: 'wrongHost' });
  const client = await connectTo(t, server, { cluster: { 'tls-server-name': 'elsewhere.example' } });
  assert.equal(said(await client.request({ path: '/version' })), 'answered');
});

test('a tls-server-name that is none, directly and behind a proxy', async (t) => {
  const server = await fakeServer(t, () => ok);
  const proxy = await startHttpProxy();
  t.after(() => proxy.close());
  for (const way of [{}, { 'proxy-url': `http://127.0.0.1:${proxy.port}` }]) {
    const client = await connectTo(t, server, { cluster: { 'tls-server-name': 'a name\u0000', ...way } });
    assert.equal((await client.request({ path: '/version', retries: 0 })).outcome, 'unreachable');
  }
});

test('a certificate-authority in a file beside the kubeconfig', async (t) => {
  const server = await fakeServer(t, () => ok);
  const folder = scratchFolder(t);
  writeFileSync(join(folder, 'ca.crt'), server.authority);
  writeFileSync(join(folder, 'empty.crt'), 'nothing\n');
  const ask = async (file: string) => {
    const cluster = { 'certificate-authority-data': null, 'certificate-authority': file };
    return said(await (await connectTo(t, server, { cluster, folder })).request({ path: '/version' }));
  };
  assert.equal(await ask('ca.crt'), 'answered');
  assert.equal(
    await ask('absent.crt'),
    `The certificate-authority ${join(folder, 'absent.crt')} of cluster "fake" cannot be read (ENOENT).`,
  );
  assert.equal(await ask('empty.crt'), 'The certificate-authority of cluster "fake" holds no certificate in PEM.');
});

test('both an authority and no verification cannot be meant', async (t) => {
  const server = await fakeServer(t, () => ok);
  const client = await connectTo(t, server, { cluster: { 'insecure-skip-tls-verify': true } });
  assert.equal(
    said(await client.request({ path: '/version' })),
    'Cluster "fake" has both a certificate-authority and insecure-skip-tls-verify; kubectl refuses that too.',
  );
});

test('a server that is no URL', async (t) => {
  const server = await fakeServer(t, () => ok);
  const ask = async (url: string | null) =>
    said(await (await connectTo(t, server, { cluster: { server: url } })).request({ path: '/version' }));
  assert.equal(await ask('ftp://cluster'), 'The server of cluster "fake" is no http or https URL.');
  assert.equal(await ask(null), 'Cluster "fake" of the kubeconfig names no server.');
});

const alerts = [
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'clientCertificate'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'clientCertificate'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'clientCertificate'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'clientCertificate'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'protocol'],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'protocol'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'protocol'],
  ['ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', 'other'],
  ['CERT_REVOKED', 'other'],
] as const;
for (const [code, problem] of alerts) {
  // No server in Node sends these.
  test(`${code} is a problem of ${problem}`, () => {
    const error = Object.assign(new Error('alert'), { code });
    assert.deepEqual(connectionTrouble(error, 'a', 'a:1', 0), { kind: 'tls', address: 'a:1', problem, detail: code });
  });
}

test('base64 of an authority may be folded', async (t) => {
  const server = await fakeServer(t, () => ok);
  const folded = base64(server.authority).replace(/.{40}/g, '$&\n');
  const client = await connectTo(t, server, { cluster: { 'certificate-authority-data': folded } });
  assert.equal(said(await client.request({ path: '/version' })), 'answered');
});
