// What becomes of a request, against a server that misbehaves.

import assert from 'node:assert/strict';
import test from 'node:test';
import { bodyOf, connectTo, fakeServer, said } from '../connectTo.ts';

const version = { kind: 'json', body: { gitVersion: 'v1.37.2' } } as const;

test('a list comes as raw JSON, compressed on the way, with a user agent of our own', async (t) => {
  const list = { kind: 'PodList', items: [{ metadata: { creationTimestamp: '2026-01-01T00:00:00Z' } }] };
  const server = await fakeServer(t, () => ({ kind: 'json', body: list }));
  const client = await connectTo(t, server);
  assert.deepEqual(await client.request({ path: '/api/v1/pods?limit=500' }), {
    outcome: 'answered',
    status: 200,
    body: list,
    warnings: [],
  });
  const [seen] = server.seen;
  assert.equal(seen?.path, '/api/v1/pods?limit=500');
  assert.equal(seen?.headers['accept-encoding'], 'gzip');
  assert.equal(seen?.headers['user-agent'], 'kubeharden/0');
  assert.equal(seen?.headers.authorization, 'Bearer a-token');
  assert.equal(client.statistics.requests, 1);
  assert.ok(client.statistics.bytes > 0 && client.statistics.bytes < 1000);
});

test('text that is no JSON comes as text, and warnings come along', async (t) => {
  const server = await fakeServer(t, () => ({
    kind: 'text',
    text: 'apiserver_audit_event_total 7\n',
    headers: { warning: ['299 - "would violate \\"restricted\\""', '299 - "second", 299 - "third"'] },
  }));
  const client = await connectTo(t, server);
  assert.deepEqual(await client.request({ path: '/metrics', accept: 'text/plain' }), {
    outcome: 'answered',
    status: 200,
    body: 'apiserver_audit_event_total 7\n',
    warnings: ['would violate "restricted"', 'second', 'third'],
  });
});

test('a server below a path is asked below it', async (t) => {
  const server = await fakeServer(t, () => version);
  const client = await connectTo(t, server, { cluster: { server: `${server.url}/k8s/clusters/c-1/` } });
  await client.request({ path: '/version' });
  assert.equal(server.seen[0]?.path, '/k8s/clusters/c-1/version');
});

test('two hundred requests share six connections', async (t) => {
  const server = await fakeServer(t, () => version);
  const client = await connectTo(t, server);
  const answers = await Promise.all(Array.from({ length: 200 }, () => client.request({ path: '/version' })));
  assert.ok(answers.every(({ outcome }) => outcome === 'answered'));
  assert.ok(server.connections.most <= 6, String(server.connections.most));
  assert.equal(client.statistics.connections, server.connections.opened);
});

const refusals = [
  [
    401,
    'unauthorized',
    'The cluster does not know who you are (401): the credentials of the kubeconfig are wrong or have expired. no',
  ],
  [403, 'forbidden', 'The cluster does not allow this (403). no'],
  [404, 'notFound', 'The cluster does not have this (404). no'],
  [406, 'notAcceptable', 'The cluster does not answer in the form that was asked for (406). no'],
  [410, 'gone', 'The cluster no longer has the state that the list began with (410). no'],
  [422, 'invalid', 'The cluster does not take this object (422). no'],
  [501, 'serverError', 'The API server failed (HTTP 501). no'],
  [418, 'other', 'The API server refused the request (HTTP 418). no'],
] as const;
for (const [code, reason, sentence] of refusals) {
  test(`a ${code} is ${reason}, and is asked for once`, async (t) => {
    const server = await fakeServer(t, () => ({ kind: 'status', code, message: 'no' }));
    const client = await connectTo(t, server);
    const answer = await client.request({ path: '/api/v1/pods' });
    assert.equal(answer.outcome === 'refused' && answer.reason, reason);
    assert.equal(said(answer), sentence);
    assert.equal(server.seen.length, 1);
  });
}

test('a 410 on a page hands on the token that the server offers instead', async (t) => {
  const server = await fakeServer(t, () => ({ kind: 'status', code: 410, message: 'too old', continue: 'next' }));
  const client = await connectTo(t, server);
  const answer = await client.request({ path: '/api/v1/pods?continue=old' });
  assert.equal(answer.outcome === 'refused' && answer.continueToken, 'next');
});

test('a denial says what is wrong with which field', async (t) => {
  const causes = [{ reason: 'FieldValueInvalid', field: 'spec.replicas', message: 'must not be negative' }];
  const server = await fakeServer(t, () => ({
    kind: 'json',
    status: 422,
    body: { kind: 'Status', code: 422, message: 'invalid', details: { causes } },
  }));
  const client = await connectTo(t, server);
  const path = '/apis/apps/v1/namespaces/a/deployments?dryRun=All';
  const answer = await client.request({ method: 'POST', path, body: { spec: { replicas: -1 } } });
  assert.deepEqual(answer.outcome === 'refused' && answer.causes, [
    { field: 'spec.replicas', message: 'must not be negative' },
  ]);
  assert.equal(server.seen[0]?.body, '{"spec":{"replicas":-1}}');
});

test('an overloaded server is asked again when it says', async (t) => {
  const server = await fakeServer(t, (_request, count) =>
    count < 3 ? { kind: 'status', code: 429, message: 'later', headers: { 'retry-after': '1' } } : version,
  );
  const client = await connectTo(t, server);
  const started = performance.now();
  assert.deepEqual(await bodyOf(client.request({ path: '/version' })), version.body);
  assert.ok(performance.now() - started >= 2000);
});

test('an overloaded server that asks for a minute is left alone', async (t) => {
  const server = await fakeServer(t, () => ({
    kind: 'status',
    code: 429,
    message: 'later',
    headers: { 'retry-after': '60' },
  }));
  const client = await connectTo(t, server);
  const answer = await client.request({ path: '/version' });
  assert.equal(said(answer), 'The cluster is overloaded and asks for patience (429). later');
  assert.equal(server.seen.length, 1);
});

test('a failing server is asked four times, and its page of HTML is not quoted', async (t) => {
  const server = await fakeServer(t, () => ({
    kind: 'text',
    type: 'text/html',
    status: 502,
    text: '<html>Bad gateway</html>',
  }));
  const client = await connectTo(t, server);
  assert.equal(said(await client.request({ path: '/version' })), 'The API server failed (HTTP 502).');
  assert.equal(server.seen.length, 4);
});

test('a failing server that recovers has cost nothing but time', async (t) => {
  const server = await fakeServer(t, (_request, count) =>
    count === 1 ? { kind: 'status', code: 500, message: 'etcd' } : count === 2 ? { kind: 'reset' } : version,
  );
  const client = await connectTo(t, server);
  assert.deepEqual(await bodyOf(client.request({ path: '/version' })), version.body);
});

test('what may have acted is not asked again', async (t) => {
  const server = await fakeServer(t, () => ({ kind: 'status', code: 500, message: 'etcd' }));
  const client = await connectTo(t, server);
  await client.request({ method: 'PATCH', path: '/api/v1/namespaces/a?dryRun=All', body: {} });
  assert.equal(server.seen.length, 1);
});

test('a server that says nothing', async (t) => {
  const server = await fakeServer(t, () => ({ kind: 'hang' }));
  const client = await connectTo(t, server, { timing: { requestMs: 300 } });
  const answer = await client.request({ path: '/version' });
  assert.equal(said(answer), `127.0.0.1:${server.port} did not answer within 0.3 s.`);
  assert.equal(server.seen.length, 1);
});

test('an answer that is slow but comes within its time', async (t) => {
  const server = await fakeServer(t, () => ({ kind: 'parts', parts: ['{"items"', ':[', ']}'], everyMs: 100 }));
  const client = await connectTo(t, server, { timing: { requestMs: 5000 } });
  assert.deepEqual(await bodyOf(client.request({ path: '/api/v1/pods' })), { items: [] });
});

test('an answer that is too slow is given up', async (t) => {
  const parts = Array.from({ length: 50 }, () => ' ');
  const server = await fakeServer(t, () => ({ kind: 'parts', parts, everyMs: 100 }));
  const client = await connectTo(t, server);
  const answer = await client.request({ path: '/api/v1/pods', timeoutMs: 300 });
  assert.equal(said(answer), `127.0.0.1:${server.port} did not answer within 0.3 s.`);
});

const items = Array.from({ length: 2000 }, (_, index) => ({ metadata: { name: `pod-${index}`, uid: Math.random() } }));
for (const reply of [
  { kind: 'cutOff', body: { items } },
  { kind: 'cutOff', body: { items }, isCompressed: true },
  { kind: 'truncatedGzip', body: { items } },
] as const) {
  test(`half an answer is none: ${JSON.stringify({ ...reply, body: undefined })}`, async (t) => {
    const server = await fakeServer(t, () => reply);
    const client = await connectTo(t, server);
    const answer = await client.request({ path: '/api/v1/pods' });
    assert.equal(said(answer), `The answer of 127.0.0.1:${server.port} broke off.`);
    assert.equal(server.seen.length, 4);
  });
}

test('a kept connection that went stale is no failure, for a review either', async (t) => {
  const server = await fakeServer(t, () => version);
  const client = await connectTo(t, server);
  await client.request({ path: '/version' });
  server.dropConnections();
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const answer = await client.request({ method: 'POST', path, body: {} });
  assert.equal(answer.outcome, 'answered');
  assert.equal(client.statistics.connections, 2);
});

const strangers = [
  { kind: 'text', type: 'text/html; charset=utf-8', text: '<html>Sign in</html>' },
  { kind: 'text', type: 'text/html; charset=utf-8', status: 403, text: '<html>Blocked by policy</html>' },
  {
    kind: 'text',
    type: 'text/html; charset=utf-8',
    status: 302,
    text: '',
    headers: { location: 'https://login.example' },
  },
  { kind: 'text', type: 'application/json', text: 'hello' },
] as const;
for (const reply of strangers) {
  test(`what answers is no API server: ${reply.type}, ${'status' in reply ? reply.status : 200}`, async (t) => {
    const server = await fakeServer(t, () => reply);
    const client = await connectTo(t, server);
    assert.equal(
      said(await client.request({ path: '/version' })),
      `What answers at 127.0.0.1:${server.port} is no Kubernetes API server (it sent ${reply.type}).`,
    );
  });
}

test('cancelling ends a request at once, and its connection', async (t) => {
  const server = await fakeServer(t, () => ({ kind: 'hang' }));
  const client = await connectTo(t, server);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  const started = performance.now();
  assert.deepEqual(await client.request({ path: '/version', signal: controller.signal }), { outcome: 'cancelled' });
  assert.ok(performance.now() - started < 8000);
  assert.deepEqual(await client.request({ path: '/version', signal: controller.signal }), { outcome: 'cancelled' });
  assert.equal(server.seen.length, 1);
});

test('cancelling ends the pause before a repetition', async (t) => {
  const server = await fakeServer(t, () => ({ kind: 'status', code: 503, message: 'starting' }));
  const client = await connectTo(t, server, { timing: { firstPauseMs: 20_000, longestPauseMs: 60_000 } });
  const signal = AbortSignal.timeout(200);
  assert.equal((await client.request({ path: '/version', signal })).outcome, 'cancelled');
});

test('a closed client cancels what runs and takes nothing new', async (t) => {
  const server = await fakeServer(t, () => ({ kind: 'hang' }));
  const client = await connectTo(t, server);
  const running = client.request({ path: '/version' });
  setTimeout(() => client.close(), 100);
  assert.deepEqual(await running, { outcome: 'cancelled' });
  assert.deepEqual(await client.request({ path: '/version' }), { outcome: 'cancelled' });
});

test('an anonymous request proves nobody', async (t) => {
  const server = await fakeServer(t, () => ({ kind: 'status', code: 401, message: 'Unauthorized' }));
  const certificate = server.clientCertificate('alice');
  const user = {
    'client-certificate-data': Buffer.from(certificate.certificate).toString('base64'),
    'client-key-data': Buffer.from(certificate.key).toString('base64'),
    token: 'a-token',
    as: 'bob',
  };
  const client = await connectTo(t, server, { user });
  await client.request({ path: '/version' });
  await client.request({ path: '/version', anonymous: true });
  const [known, anonymous] = server.seen;
  assert.equal(known?.clientName, 'alice');
  assert.equal(known?.headers['impersonate-user'], 'bob');
  assert.equal(anonymous?.clientName, undefined);
  assert.equal(anonymous?.headers.authorization, undefined);
  assert.equal(anonymous?.headers['impersonate-user'], undefined);
});

test('nothing that could change the cluster is sent', async (t) => {
  const server = await fakeServer(t, () => version);
  const client = await connectTo(t, server);
  const forbidden = [
    ['POST', '/api/v1/namespaces/a/pods'],
    ['PATCH', '/api/v1/namespaces/a'],
    ['PUT', '/api/v1/namespaces/a?dryRun=None'],
    ['POST', '/api/v1/namespaces/a/pods?dryRun=All&dryRun='],
    ['POST', '/api/v1/namespaces/a/serviceaccounts/b/token?dryRun=All'],
    ['POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews'],
    ['GET', '/api/v1/nodes/n/proxy/configz'],
    ['GET', '/api/v1/nodes/n/pro%78y/configz'],
    ['GET', '/api/v1/pods/../nodes/n/proxy'],
    ['GET', '/api/v1/namespaces/a/pods/b/exec?command=id'],
    ['GET', '//elsewhere.example/api'],
    ['GET', 'api/v1/pods'],
    ['GET', '/api/v1/pods\r\nHost: elsewhere.example'],
  ] as const;
  for (const [method, path] of forbidden) {
    await assert.rejects(client.request({ method, path }), TypeError, `${method} ${path}`);
  }
  assert.equal(server.seen.length, 0);
});
