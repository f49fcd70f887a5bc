// The ways through a proxy, with and without TLS, and what the user reads when one leads nowhere.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { certificateAuthority, type IssuedCertificate, selfSignedCertificate } from '../../support/certificates.ts';
import { repositoryRoot } from '../../support/repository.ts';
import { freePorts } from '../apiServer/processes.ts';
import { base64, connectTo, fakeServer, kubeconfigFor, said, scratchFolder } from '../connectTo.ts';
import type { FakeApiServer } from '../fakeApiServer.ts';
import { type FakeProxy, type HttpProxyOptions, startHttpProxy, startSocksProxy } from '../fakeProxies.ts';
import { shopReply } from '../shopCluster.ts';

const ok = { kind: 'json', body: {} } as const;

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
  const [closed] = await freePorts(1);
  const sentence = (shown: string, detail: string) => `The proxy ${shown} does not connect to the cluster: ${detail}.`;
  assert.equal(
    await ask(`http://user:secret@127.0.0.1:${closed}`),
    sentence(`http://127.0.0.1:${closed}`, 'ECONNREFUSED'),
  );
  const refusing = await proxy(t, startHttpProxy({ refuses: 407 }));
  assert.equal(
    await ask(`http://127.0.0.1:${refusing.port}`),
    sentence(`http://127.0.0.1:${refusing.port}`, 'it wants a user and a password (407)'),
  );
  const forbidding = await proxy(t, startHttpProxy({ refuses: 403 }));
  assert.equal(
    await ask(`http://127.0.0.1:${forbidding.port}`),
    sentence(`http://127.0.0.1:${forbidding.port}`, 'it refused the connection (HTTP 403)'),
  );
  const locked = await proxy(t, startHttpProxy({ wants: 'me:secret' }));
  assert.equal(await ask(`http://me:secret@127.0.0.1:${locked.port}`), 'answered');
  assert.equal(
    await ask(`http://me:wrong@127.0.0.1:${locked.port}`),
    sentence(`http://127.0.0.1:${locked.port}`, 'it does not accept the user and password (407)'),
  );
  const closing = await proxy(t, startHttpProxy({ refuses: 'close' }));
  assert.equal(
    await ask(`http://127.0.0.1:${closing.port}`),
    sentence(`http://127.0.0.1:${closing.port}`, 'it closed the connection'),
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

const authority = certificateAuthority('proxy authority');

/** An HTTPS proxy that answers to `localhost`. */
function httpsProxy(test: TestContext, options: HttpProxyOptions = {}): Promise<FakeProxy> {
  return proxy(
    test,
    startHttpProxy({ serving: authority.issue({ commonName: 'proxy', hosts: ['localhost'] }), ...options }),
  );
}

/** What a kubeconfig trusts: its own server, and the proxy. */
const trusting = (server: FakeApiServer) => ({
  'certificate-authority-data': base64(`${server.authority}\n${authority.certificate}`),
});

test('through an HTTPS proxy: TLS within TLS, and many requests in one tunnel', async (t) => {
  const server = await fakeServer(t, () => ok);
  const { certificate, key } = server.clientCertificate('alice');
  const { port, asked, signedIn } = await httpsProxy(t, { wants: 'user:p@ss' });
  const client = await connectTo(t, server, {
    cluster: { ...trusting(server), 'proxy-url': `https://user:p%40ss@localhost:${port}` },
    user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) },
  });
  for (let count = 0; count < 3; count++) assert.equal(said(await client.request({ path: '/version' })), 'answered');
  assert.deepEqual(asked, [`127.0.0.1:${server.port}`]);
  assert.deepEqual(signedIn, ['user:p@ss']);
  assert.equal(client.statistics.connections, 1);
  // It is the cluster that is shown who asks, and whose name is checked.
  assert.deepEqual([...new Set(server.seen.map(({ clientName }) => clientName))], ['alice']);
});

test('through an HTTPS proxy to a server that another name is checked for, and to one without TLS', async (t) => {
  const { port } = await httpsProxy(t);
  const elsewhere = await fakeServer(t, { reply: () => ok, certificate: 'wrongHost' });
  const way = { 'proxy-url': `https://localhost:${port}` };
  const named = await connectTo(t, elsewhere, {
    cluster: { ...trusting(elsewhere), ...way, 'tls-server-name': 'elsewhere.example' },
  });
  assert.equal(said(await named.request({ path: '/version' })), 'answered');
  const unnamed = await connectTo(t, elsewhere, { cluster: { ...trusting(elsewhere), ...way } });
  assert.match(said(await unnamed.request({ path: '/version' })), /^The certificate of 127\.0\.0\.1:\d+ is made out/);
  const plain = createHttpServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  t.after(() => plain.close());
  const url = `http://127.0.0.1:${(plain.address() as AddressInfo).port}`;
  const client = await connectTo(t, elsewhere, { cluster: { ...trusting(elsewhere), ...way, server: url } });
  assert.equal(said(await client.request({ path: '/version' })), 'answered');
});

test('an HTTPS proxy is verified, by its own name, before it is told anything', async (t) => {
  const server = await fakeServer(t, () => ok);
  const day = 24 * 60 * 60 * 1000;
  const request = { commonName: 'proxy', hosts: ['localhost'] };
  const cases: readonly (readonly [IssuedCertificate, string])[] = [
    [
      selfSignedCertificate(request),
      'its certificate is signed by an authority that neither the kubeconfig nor this machine knows',
    ],
    [authority.issue({ ...request, validTo: new Date(Date.now() - day / 2) }), 'its certificate has expired'],
    [authority.issue({ ...request, validFrom: new Date(Date.now() + day) }), 'its certificate is not valid yet'],
    // The name of the cluster is not the proxy's.
    [authority.issue({ ...request, hosts: ['127.0.0.1'] }), 'its certificate is made out to another name'],
  ];
  for (const [serving, detail] of cases) {
    const { port, asked, signedIn } = await httpsProxy(t, { serving });
    const way = { 'proxy-url': `https://me:secret@localhost:${port}` };
    const ask = async (cluster: object) =>
      said(await (await connectTo(t, server, { cluster: { ...way, ...cluster } })).request({ path: '/version' }));
    const sentence = `The proxy https://localhost:${port} does not connect to the cluster: ${detail}.`;
    assert.equal(await ask(trusting(server)), sentence);
    assert.deepEqual([asked, signedIn], [[], []]);
    // Who does not want to verify the cluster, verifies nothing: Go has one setting for both.
    const careless = { 'insecure-skip-tls-verify': true, 'certificate-authority-data': null };
    assert.equal(await ask(careless), 'answered');
  }
  const { port } = await proxy(t, startHttpProxy());
  const client = await connectTo(t, server, { cluster: { 'proxy-url': `https://127.0.0.1:${port}` } });
  assert.equal(
    said(await client.request({ path: '/version' })),
    `The proxy https://127.0.0.1:${port} does not connect to the cluster: it does not speak TLS, or no version of it that is safe.`,
  );
});

test('an HTTPS proxy that does not connect', async (t) => {
  const server = await fakeServer(t, () => ok);
  const cases: readonly (readonly [HttpProxyOptions, string, string])[] = [
    [{ wants: 'me:secret' }, '', 'it wants a user and a password (407)'],
    [{ wants: 'me:secret' }, 'me:wrong@', 'it does not accept the user and password (407)'],
    [{ refuses: 403 }, '', 'it refused the connection (HTTP 403)'],
    [{ refuses: 'close' }, '', 'it closed the connection'],
  ];
  for (const [options, pair, detail] of cases) {
    const { port } = await httpsProxy(t, options);
    const cluster = { ...trusting(server), 'proxy-url': `https://${pair}localhost:${port}` };
    const client = await connectTo(t, server, { cluster });
    assert.equal(
      said(await client.request({ path: '/version' })),
      `The proxy https://localhost:${port} does not connect to the cluster: ${detail}.`,
    );
  }
});

test('an HTTPS proxy may have a certificate that the machine knows, and the kubeconfig does not', async (t) => {
  const server = await fakeServer(t, (request) => shopReply(request));
  const { port, asked } = await httpsProxy(t);
  const folder = scratchFolder(t);
  const [known, kubeconfig] = [join(folder, 'known.pem'), join(folder, 'config')];
  writeFileSync(known, authority.certificate);
  const cluster = { 'proxy-url': `https://localhost:${port}` };
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(server, { cluster })));
  // Node reads the variable once, at its start.
  const run = (more: Record<string, string>) =>
    new Promise<string>((resolve) =>
      execFile(
        process.execPath,
        [join(repositoryRoot, 'server/src/cli/main.ts'), 'cluster', '--kubeconfig', kubeconfig],
        { env: { PATH: process.env.PATH, HOME: folder, ...more } },
        (_error, stdout, stderr) => resolve(`${stdout}\n${stderr}`),
      ),
    );
  assert.match(await run({}), /its certificate is signed by an authority that neither/);
  assert.deepEqual(asked, []);
  assert.match(await run({ NODE_EXTRA_CA_CERTS: known }), /pod\/privileged/);
  assert.deepEqual([...new Set(asked)], [`127.0.0.1:${server.port}`]);
});
