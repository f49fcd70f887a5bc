// No token, key, password or content of a kubeconfig gets into what is shown, logged, thrown or serialized.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { inspect } from 'node:util';
import { Secret, secretArguments, shownPluginText, shownText } from '../../../server/src/cluster/connection/secret.ts';
import {
  type ClusterAnswer,
  createClusterClient,
  createPluginPermissions,
  readKubeconfig,
} from '../../../server/src/cluster/index.ts';
import { inEnglish } from '../../../server/src/sentences/index.ts';
import { base64, connectTo, fakeServer, said, scratchFolder } from '../connectTo.ts';
import type { Reply, SeenRequest } from '../fakeApiServer.ts';
import { writeFakePlugin } from '../fakePlugin.ts';
import { startHttpProxy } from '../fakeProxies.ts';

// Short and plain on purpose: nothing about them looks like a secret, so only what knows them can hide them.
const token = 'swordfish-token';
const password = 'opensesame-password';
const variable = 'rosebud-variable';

/** Everything that can be made of something without asking a secret for its value. */
function everything(value: unknown): string {
  return [inspect(value, { depth: 20, showHidden: true }), JSON.stringify(value), String(value)].join('\n');
}

function assertSilent(value: unknown, secrets: readonly string[]): void {
  const text = everything(value);
  for (const secret of secrets) assert.ok(!text.includes(secret), `${secret.slice(0, 40)} in ${text.slice(0, 300)}`);
}

/** Whatever is written to the console or the output while it runs. */
async function outputOf(run: () => Promise<void>): Promise<string> {
  let text = '';
  const { stdout, stderr } = process;
  const writes = [stdout.write, stderr.write] as const;
  const note = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  stdout.write = note as typeof stdout.write;
  stderr.write = note as typeof stderr.write;
  try {
    await run();
  } finally {
    [stdout.write, stderr.write] = writes;
  }
  return text;
}

test('a kubeconfig, its clients and all their answers keep secrets to themselves', async (t) => {
  const leaks: ((request: SeenRequest) => Reply)[] = [
    () => ({ kind: 'json', body: {} }),
    ({ headers }) => ({ kind: 'status', code: 401, message: `bad header ${headers.authorization}` }),
    ({ headers }) => ({ kind: 'status', code: 403, message: `user with ${headers.authorization?.slice(7)} may not` }),
    ({ headers }) => ({ kind: 'text', status: 500, text: `panic: ${headers.authorization}` }),
    ({ headers }) => ({
      kind: 'json',
      status: 422,
      body: { message: 'no', details: { causes: [{ field: 'x', message: headers.authorization }] } },
    }),
    () => ({ kind: 'reset' }),
    () => ({ kind: 'cutOff', body: {} }),
    () => ({ kind: 'text', type: 'text/html', text: 'Sign in' }),
  ];
  let reply = leaks[0];
  const server = await fakeServer(t, (request) => reply?.(request) ?? { kind: 'hang' });
  const { certificate, key } = server.clientCertificate('alice');
  const folder = scratchFolder(t);
  const plugin = writeFakePlugin(
    folder,
    `if (process.env.MODE === '${variable}') { console.error('${variable}'); print({ token: '${token}' }) }`,
  );
  const proxy = await startHttpProxy();
  t.after(() => proxy.close());
  const failing = await startHttpProxy({ refuses: 403 });
  t.after(() => failing.close());
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: plugin.command,
    interactiveMode: 'Never',
    env: [{ name: 'MODE', value: variable }],
  };
  const users = [
    { token },
    { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key), token },
    { exec },
    { exec: { ...exec, env: [{ name: 'MODE', value: `${variable}?` }] } },
    { username: 'admin', password },
    { 'auth-provider': { name: 'oidc', config: { 'refresh-token': token, 'client-secret': password } } },
    { 'client-certificate-data': base64(certificate), 'client-key-data': base64(`${password}\n`) },
  ];
  const proxies = [proxy.port, failing.port].map((port) => ({
    'proxy-url': `http://me:${password}@127.0.0.1:${port}`,
  }));
  const keyLines = key.split('\n').filter((line) => line.length > 20 && !line.startsWith('-'));
  const secrets = [token, password, variable, base64(key), ...keyLines];
  const sentences: string[] = [];
  const output = await outputOf(async () => {
    for (const user of users) {
      for (const cluster of [{}, ...proxies]) {
        // What the server says comes through a proxy as it does without one.
        for (const leak of leaks.slice(0, 'proxy-url' in cluster ? 1 : undefined)) {
          reply = leak;
          const client = await connectTo(t, server, { user, cluster, folder });
          const answers: ClusterAnswer[] = [
            await client.request({ path: '/version', retries: 0 }),
            await client.request({ path: '/version', anonymous: true }),
          ];
          for await (const item of client.watch({ path: '/api/v1/pods?watch=true' })) assertSilent(item, secrets);
          for (const answer of answers) {
            assertSilent(answer, secrets);
            sentences.push(said(answer));
          }
          assertSilent(client, secrets);
          client.close();
        }
      }
    }
    const environment = { KUBECONFIG: join(folder, 'config'), HOME: folder };
    assertSilent(await readKubeconfig({ environment, workspaceFolders: [] }), secrets);
  });
  for (const secret of secrets) assert.ok(!sentences.join('\n').includes(secret) && !output.includes(secret), secret);
  // The test has gone through what it set out to: there were answers of all kinds.
  for (const start of [
    'answered',
    'The cluster does not know',
    'The credential plugin',
    'The proxy',
    'The kubeconfig signs',
  ]) {
    assert.ok(
      sentences.some((sentence) => sentence.startsWith(start)),
      start,
    );
  }
});

test('a kubeconfig that cannot be read is not quoted', async (t) => {
  const folder = scratchFolder(t);
  const path = join(folder, 'config');
  const broken = [
    `users: [{name: a, user: {token: ${token}`,
    `token: ${token}\n  password: ${password}\n`,
    `{"users": [{"token": "${token}" "${password}"}]}`,
    `users:\n- name: a\n  user: {token: *${token}}\n`,
    `"${token}`,
    token,
    `kind: ${token}`,
    `clusters: [{name: a, cluster: {server: "https://me:${password}@host:99999999"}}]\ncontexts: [{name: a, context: {cluster: a}}]\n`,
    `clusters: [{name: a, cluster: {server: "https://me:${password}@127.0.0.1:1"}}]\ncontexts: [{name: a, context: {cluster: a}}]\n`,
    `users: [{name: a, user: {client-key-data: "${token} %"}}]\ncontexts: [{name: a, context: {user: a}}]\n`,
  ];
  for (const text of broken) {
    writeFileSync(path, text);
    const kubeconfig = await readKubeconfig({ environment: { KUBECONFIG: path, HOME: folder }, workspaceFolders: [] });
    assertSilent(kubeconfig, [token, password]);
    for (const { problem } of kubeconfig.problems) assertSilent(inEnglish(problem), [token, password]);
    for (const context of kubeconfig.contexts) {
      const permissions = createPluginPermissions(
        () => true,
        async () => true,
      );
      const client = createClusterClient({ context, environment: {}, permissions, userAgent: 'kubeharden/0' });
      assertSilent(said(await client.request({ path: '/version', retries: 0 })), [token, password]);
      assertSilent(client.server, [token, password]);
      client.close();
    }
  }
});

test('a thrown error does not say what was sent', async (t) => {
  const server = await fakeServer(t, () => ({ kind: 'json', body: {} }));
  const client = await connectTo(t, server, { user: { token } });
  const failed = await client.request({ method: 'POST', path: '/api/v1/pods', body: { password } }).catch((e) => e);
  assert.ok(failed instanceof TypeError);
  assertSilent([failed, failed.stack], [token, password]);
});

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl';
const pem = '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----';

test('what a plugin wrote loses what looks like a secret, and keeps the rest', () => {
  const cases = [
    ['Unable to refresh: token=abcdefgh expired', 'Unable to refresh: token=[hidden] expired'],
    ['--password hunter2, password: hunter2', '--password hunter2, password: [hidden]'],
    [`got ${jwt} from the server`, 'got [hidden] from the server'],
    ['Authorization: Bearer abcdef123', 'Authorization: Bearer [hidden]'],
    ['{"access_token": "ya29.a0AfH6SMBx", "n": 1}', '{"access_token": "[hidden]", "n": 1}'],
    [`${pem}\nbad`, '[hidden]\nbad'],
    ['AKIAk3J9dk2JfkdLs92kfJsl29Fkslw9fkslKfj2', '[hidden]'],
    ['digest 0123456789abcdef0123456789abcdef', 'digest [hidden]'],
    ['\u001b[31mError:\u001b[0m no profile', 'Error: no profile'],
    ['see https://docs.aws.amazon.com/eks/latest/userguide/cluster-auth.html', undefined],
    ['/usr/lib/google-cloud-sdk/bin/gke-gcloud-auth-plugin: not found', undefined],
    ['failed to refresh token: invalid_grant', undefined],
    ['Token has expired and refresh failed', undefined],
    ['An error occurred (ExpiredToken) when calling the AssumeRole operation', undefined],
  ] as const;
  for (const [text, expected] of cases) assert.equal(shownPluginText(text), expected ?? text);
});

test('arguments are secret where the option says so', () => {
  const args = [
    'get-token',
    '--client-secret',
    'opensesame',
    '--password=rose=bud',
    '-token',
    '-v',
    '--key',
    '--id',
    'x',
  ];
  assert.deepEqual(
    secretArguments(args).map((secret) => secret.reveal()),
    ['opensesame', 'rose=bud'],
  );
});

test('what a server said loses what can be nothing else, and the secrets that were sent', () => {
  const cases = [
    [`invalid: ${jwt} ${pem}`, 'invalid: [hidden] [hidden]'],
    ['calling https://hook:opensesame@hook.example:443/a', 'calling https://hook:[hidden]@hook.example:443/a'],
    ['calling https://hook.example:443/a@b, image registry:5000/a@sha256:0', undefined],
    ['env[0].valueFrom.secretKeyRef.key: Required value', undefined],
    ['invalid continue token: encoded key is not valid', undefined],
    ['Secret: "db-password-2" is forbidden', undefined],
    ['image registry.example/a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', undefined],
  ] as const;
  for (const [text, expected] of cases) assert.equal(shownText(text), expected ?? text);
  assert.equal(shownText('the word is rosebud', [new Secret('rosebud')]), 'the word is [hidden]');
});
