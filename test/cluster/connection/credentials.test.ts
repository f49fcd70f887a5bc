// How a user of the kubeconfig signs in, and what the user at the keyboard reads when that fails.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { clientCertificateFacts, readKubeconfig } from '../../../server/src/cluster/index.ts';
import { selfSignedCertificate } from '../../support/certificates.ts';
import { base64, connectTo, fakeServer, said, scratchFolder } from '../connectTo.ts';
import type { FakeApiServer, SeenRequest } from '../fakeApiServer.ts';

const ok = { kind: 'json', body: {} } as const;

async function whoIs(test: TestContext, user: Readonly<Record<string, unknown>>): Promise<SeenRequest | undefined> {
  const server = await fakeServer(test, () => ok);
  const client = await connectTo(test, server, { user });
  assert.equal(said(await client.request({ path: '/version' })), 'answered');
  return server.seen[0];
}

test('a token', async (t) => {
  assert.equal((await whoIs(t, { token: 'abc' }))?.headers.authorization, 'Bearer abc');
});

test('nobody', async (t) => {
  assert.equal((await whoIs(t, {}))?.headers.authorization, undefined);
});

test('a client certificate, inline or in files beside the kubeconfig', async (t) => {
  const server = await fakeServer(t, () => ok);
  const { certificate, key } = server.clientCertificate('alice');
  const folder = scratchFolder(t);
  writeFileSync(join(folder, 'alice.crt'), certificate);
  writeFileSync(join(folder, 'alice.key'), key);
  const users = [
    { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) },
    { 'client-certificate': 'alice.crt', 'client-key': './alice.key' },
  ];
  for (const user of users) {
    const client = await connectTo(t, server, { user, folder });
    assert.equal(said(await client.request({ path: '/version' })), 'answered');
    assert.equal(server.seen.at(-1)?.clientName, 'alice');
  }
});

test('inline data goes before a file, as with kubectl', async (t) => {
  const server = await fakeServer(t, () => ok);
  const { certificate, key } = server.clientCertificate('alice');
  const user = {
    'client-certificate-data': base64(certificate),
    'client-certificate': 'absent.crt',
    'client-key-data': base64(key),
    'client-key': 'absent.key',
  };
  const client = await connectTo(t, server, { user, cluster: { 'certificate-authority': 'absent.crt' } });
  assert.equal(said(await client.request({ path: '/version' })), 'answered');
});

const broken = [
  [
    { 'client-certificate': 'absent.crt', 'client-key': 'absent.key' },
    (folder: string) => `The client certificate ${folder}/absent.crt of the kubeconfig cannot be used (ENOENT).`,
  ],
  [
    { 'client-certificate-data': base64('nonsense'), 'client-key-data': base64('nonsense') },
    () => 'The client certificate and its key cannot be used together (ERR_OSSL_PEM_NO_START_LINE).',
  ],
  [
    { 'client-certificate-data': base64('nonsense') },
    () => 'User "tester" of the kubeconfig has a client certificate without a key.',
  ],
  [{ 'client-key-data': '%%%' }, () => 'The field client-key-data of the kubeconfig is not base64.'],
  [
    { tokenFile: 'absent' },
    (folder: string) => `The token ${folder}/absent of the kubeconfig cannot be used (ENOENT).`,
  ],
  [
    { username: 'admin', password: 'hunter2' },
    () =>
      'The kubeconfig signs in with a user name and a password, which API servers no longer take since Kubernetes 1.19.',
  ],
  [
    { 'auth-provider': { name: 'gcp', config: { 'access-token': 'ya29.secret' } } },
    () =>
      'The kubeconfig signs in with the auth-provider "gcp", which Kubernetes has replaced by credential plugins (exec).',
  ],
  [
    { 'as-groups': ['admins'] },
    () => 'User "tester" impersonates groups or a uid but no user; kubectl refuses that too.',
  ],
  [
    { exec: { apiVersion: 'client.authentication.k8s.io/v1alpha1', command: 'aws' } },
    () => 'The credential plugin of user "tester" speaks a version that Kubernetes no longer knows.',
  ],
] as const;
for (const [user, sentence] of broken) {
  test(`no credentials, and nothing is sent: ${Object.keys(user)}`, async (t) => {
    const server = await fakeServer(t, () => ok);
    const folder = scratchFolder(t);
    const client = await connectTo(t, server, { user, folder });
    const answer = await client.request({ path: '/version' });
    assert.equal(answer.outcome, 'credentials');
    assert.equal(said(answer), sentence(folder));
    assert.equal(server.seen.length, 0);
  });
}

test('a client certificate that has expired', async (t) => {
  const server = await fakeServer(t, () => ok);
  const issued = { validFrom: new Date('2024-01-31'), validTo: new Date('2025-01-31T12:00:00Z') };
  const { certificate, key } = selfSignedCertificate({ commonName: 'alice', ...issued });
  const user = { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) };
  const client = await connectTo(t, server, { user });
  assert.equal(
    said(await client.request({ path: '/version' })),
    'The client certificate of the kubeconfig expired on 2025-01-31, so the cluster will not know who you are.',
  );
  assert.equal(server.seen.length, 0);
});

test('what a client certificate says of its user', async (t) => {
  const notAfter = new Date('2099-01-31T12:00:00Z');
  const { certificate } = selfSignedCertificate({
    commonName: 'admin',
    organizations: ['system:masters'],
    validTo: notAfter,
  });
  const folder = scratchFolder(t);
  writeFileSync(join(folder, 'admin.crt'), certificate);
  const facts = async (user: object) => {
    const path = join(folder, 'config');
    const contexts = [{ name: 'a', context: { cluster: 'a', user: 'a' } }];
    writeFileSync(path, JSON.stringify({ contexts, users: [{ name: 'a', user }] }));
    const kubeconfig = await readKubeconfig({ environment: { KUBECONFIG: path }, workspaceFolders: [] });
    return clientCertificateFacts(kubeconfig.contexts[0]?.user);
  };
  const expected = { commonName: 'admin', organizations: ['system:masters'], validTo: notAfter.getTime() };
  assert.deepEqual(await facts({ 'client-certificate-data': base64(certificate) }), expected);
  assert.deepEqual(await facts({ 'client-certificate': 'admin.crt' }), expected);
  for (const user of [{}, { 'client-certificate': 'absent' }, { 'client-certificate-data': base64('x') }]) {
    assert.equal(await facts(user), undefined);
  }
});

test('a key that is not of its certificate', async (t) => {
  const server = await fakeServer(t, () => ok);
  const user = {
    'client-certificate-data': base64(server.clientCertificate('alice').certificate),
    'client-key-data': base64(server.clientCertificate('bob').key),
  };
  const client = await connectTo(t, server, { user });
  assert.match(
    said(await client.request({ path: '/version' })),
    /^The client certificate and its key cannot be used together \(ERR_OSSL_X509_KEY_VALUES_MISMATCH\)\.$/,
  );
});

function tokenServer(test: TestContext, accepted: () => string): Promise<FakeApiServer> {
  return fakeServer(test, ({ headers }) =>
    headers.authorization === `Bearer ${accepted()}` ? ok : { kind: 'status', code: 401, message: 'Unauthorized' },
  );
}

test('a token file is read again when the server no longer takes what was in it', async (t) => {
  const folder = scratchFolder(t);
  const file = join(folder, 'token');
  writeFileSync(file, 'first\n');
  let accepted = 'first';
  const server = await tokenServer(t, () => accepted);
  const client = await connectTo(t, server, { user: { tokenFile: 'token', token: 'older' }, folder });
  assert.equal(said(await client.request({ path: '/version' })), 'answered');
  accepted = 'second';
  writeFileSync(file, 'second\n');
  await new Promise((resolve) => setTimeout(resolve, 1100));
  assert.equal(said(await client.request({ path: '/version' })), 'answered');
  assert.equal(server.seen.length, 3);
});

test('an unreadable token file leaves the token that stands beside it', async (t) => {
  assert.equal((await whoIs(t, { token: 'abc', tokenFile: 'absent' }))?.headers.authorization, 'Bearer abc');
});

test('impersonation as the kubeconfig asks for it, a header line for each value', async (t) => {
  const seen = await whoIs(t, {
    token: 'abc',
    as: 'jürgen',
    'as-uid': '17',
    'as-groups': ['dev', 'ops, with a comma'],
    'as-user-extra': { 'example.com/team %': ['red', 'blue'], Scopes: ['view'] },
  });
  const lines: string[] = [];
  const raw = seen?.rawHeaders ?? [];
  for (let index = 0; index < raw.length; index += 2) {
    if (/^impersonate/i.test(raw[index] ?? '')) {
      lines.push(`${raw[index]}: ${Buffer.from(raw[index + 1] ?? '', 'latin1').toString()}`);
    }
  }
  assert.deepEqual(lines, [
    'Impersonate-User: jürgen',
    'Impersonate-Uid: 17',
    'Impersonate-Group: dev',
    'Impersonate-Group: ops, with a comma',
    'Impersonate-Extra-example.com%2Fteam%20%25: red',
    'Impersonate-Extra-example.com%2Fteam%20%25: blue',
    'Impersonate-Extra-Scopes: view',
  ]);
});
