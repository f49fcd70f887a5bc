// What lies between us and the server: names, ports, certificates, proxies; and what the user reads when it fails.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { connectionTrouble } from '../../../server/src/cluster/connection/transport/connectionTrouble.ts';
import { base64, connectTo, fakeServer, said, scratchFolder } from '../connectTo.ts';
import { type FakeProxy, startHttpProxy, startSocksProxy } from '../fakeProxies.ts';

const ok = { kind: 'json', body: {} } as const;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('a name that does not exist', async (t) => {
  const server = await fakeServer(t, () => ok);
  const client = await connectTo(t, server, { cluster: { server: 'https://cluster.invalid:6443' } });
  assert.equal(
    said(await client.request({ path: '/version' })),
    'The name cluster.invalid cannot be resolved; is the VPN or the network on?',
  );
});

test('a port where nothing listens', async (t) => {
  const port = await freePort();
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
  const { port } = await proxy(t, startHttpProxy());
  for (const way of [{}, { 'proxy-url': `http://127.0.0.1:${port}` }]) {
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

async function proxy(test: TestContext, starting: Promise<FakeProxy>): Promise<FakeProxy> {
  const started = await starting;
  test.after(() => started.close());
  return started;
}

test('through an HTTP proxy, one tunnel for many requests', async (t) => {
  const server = await fakeServer(t, () => ok);
  const { port, asked, signedIn } = await proxy(t, startHttpProxy());
  const cluster = { 'proxy-url': `http://user:p%40ss@127.0.0.1:${port}` };
  const client = await connectTo(t, server, { cluster });
  for (let count = 0; count < 3; count++) assert.equal(said(await client.request({ path: '/version' })), 'answered');
  assert.deepEqual(asked, [`127.0.0.1:${server.port}`]);
  assert.deepEqual(signedIn, ['user:p@ss']);
  assert.equal(client.statistics.connections, 1);
});

test('through a SOCKS 5 proxy, which resolves the name', async (t) => {
  const server = await fakeServer(t, () => ok);
  for (const scheme of ['socks5', 'socks5h']) {
    const { port, asked } = await proxy(t, startSocksProxy());
    const cluster = { server: `https://localhost:${server.port}`, 'proxy-url': `${scheme}://127.0.0.1:${port}` };
    const client = await connectTo(t, server, { cluster });
    assert.equal(said(await client.request({ path: '/version' })), 'answered');
    assert.deepEqual(asked, [`localhost:${server.port}`]);
  }
});

test('a SOCKS 5 proxy may want a user and a password', async (t) => {
  const server = await fakeServer(t, () => ok);
  const { port, signedIn } = await proxy(t, startSocksProxy({ password: 'secret' }));
  const ask = async (pair: string) => {
    const cluster = { 'proxy-url': `socks5://${pair}127.0.0.1:${port}` };
    return said(await (await connectTo(t, server, { cluster })).request({ path: '/version' }));
  };
  assert.equal(await ask('user:secret@'), 'answered');
  assert.deepEqual(signedIn, ['user:secret']);
  const sentence = `The proxy socks5://127.0.0.1:${port} does not connect to the cluster: `;
  assert.equal(await ask('user:wrong@'), `${sentence}it does not accept the user and password.`);
  assert.equal(await ask(''), `${sentence}it wants another way to sign in.`);
});

test('the proxy of the environment, and what is exempt from it', async (t) => {
  const server = await fakeServer(t, () => ok);
  const { port, asked } = await proxy(t, startHttpProxy());
  // The certificate is for localhost, and the way there never leads through a proxy: another name for this machine does.
  const cluster = { server: `https://cluster.example:${server.port}`, 'tls-server-name': 'localhost' };
  const HTTPS_PROXY = `http://127.0.0.1:${port}`;
  const through = await connectTo(t, server, { cluster, environment: { HTTPS_PROXY } });
  await through.request({ path: '/version', retries: 0 });
  assert.deepEqual(asked, [`cluster.example:${server.port}`]);
  const around = await connectTo(t, server, { cluster, environment: { HTTPS_PROXY, NO_PROXY: '.example' } });
  assert.match(said(await around.request({ path: '/version' })), /^The name cluster\.example cannot be resolved/);
  assert.equal(asked.length, 1);
});

test('a proxy that does not connect', async (t) => {
  const server = await fakeServer(t, () => ok);
  const ask = async (proxyUrl: string, requestMs = 10_000) => {
    const client = await connectTo(t, server, { cluster: { 'proxy-url': proxyUrl }, timing: { requestMs } });
    return said(await client.request({ path: '/version' }));
  };
  const closed = await freePort();
  const sentence = (shown: string, detail: string) => `The proxy ${shown} does not connect to the cluster: ${detail}.`;
  assert.equal(
    await ask(`http://user:secret@127.0.0.1:${closed}`),
    sentence(`http://127.0.0.1:${closed}`, 'ECONNREFUSED'),
  );
  const refusing = await proxy(t, startHttpProxy(407));
  assert.equal(
    await ask(`http://127.0.0.1:${refusing.port}`),
    sentence(`http://127.0.0.1:${refusing.port}`, 'it wants a user and a password (407)'),
  );
  const forbidding = await proxy(t, startHttpProxy(403));
  assert.equal(
    await ask(`http://127.0.0.1:${forbidding.port}`),
    sentence(`http://127.0.0.1:${forbidding.port}`, 'it refused the connection (HTTP 403)'),
  );
  const lost = await proxy(t, startSocksProxy({ reply: 4 }));
  assert.equal(
    await ask(`socks5://127.0.0.1:${lost.port}`),
    sentence(`socks5://127.0.0.1:${lost.port}`, 'it does not reach the server'),
  );
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  t.after(() => silent.close());
  const { port } = silent.address() as AddressInfo;
  for (const scheme of ['http', 'socks5']) {
    assert.equal(
      await ask(`${scheme}://127.0.0.1:${port}`, 500),
      sentence(`${scheme}://127.0.0.1:${port}`, 'it did not answer within 0.5 s'),
    );
  }
  const unknown = 'The proxy for cluster "fake" is no URL of an HTTP, HTTPS or SOCKS 5 proxy.';
  assert.equal(await ask('socks4://127.0.0.1:1'), unknown);
  assert.equal(await ask('http://'), unknown);
  assert.equal(await ask('http://us%er@127.0.0.1:1'), unknown);
});

test('an HTTPS proxy', async (t) => {
  const server = await fakeServer(t, () => ok);
  const client = await connectTo(t, server, { cluster: { 'proxy-url': `https://127.0.0.1:${server.port}` } });
  // The proxy is trusted by the system's authorities only, which do not know the test's.
  assert.match(
    said(await client.request({ path: '/version' })),
    /^The proxy https:\/\/127\.0\.0\.1:\d+ does not connect to the cluster: (?:UNABLE|DEPTH|SELF)_/,
  );
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
