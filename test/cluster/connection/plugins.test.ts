// Exec credential plugins: one run for all, a limit of time, what they are told, and what the user reads when they fail.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import type { ClusterClient, PluginQuestion } from '../../../server/src/cluster/index.ts';
import { base64, type ConnectOptions, connectTo, fakeServer, said, scratchFolder } from '../connectTo.ts';
import type { FakeApiServer, FakeApiServerOptions } from '../fakeApiServer.ts';
import { type FakePlugin, writeFakePlugin } from '../fakePlugin.ts';

const v1 = 'client.authentication.k8s.io/v1';

interface Setting {
  readonly client: ClusterClient;
  readonly plugin: FakePlugin;
  readonly server: FakeApiServer;
  readonly folder: string;
}

/** A client whose kubeconfig names a plugin that runs the script. */
async function withPlugin(
  test: TestContext,
  script: string,
  options: ConnectOptions & { exec?: object; reply?: FakeApiServerOptions['reply'] } = {},
): Promise<Setting> {
  const folder = scratchFolder(test);
  const plugin = writeFakePlugin(folder, script);
  const server = await fakeServer(test, options.reply ?? (() => ({ kind: 'json', body: {} })));
  const exec = { apiVersion: v1, command: './fake-plugin', interactiveMode: 'Never', ...options.exec };
  const client = await connectTo(test, server, { user: { exec }, folder, ...options });
  return { client, plugin, server, folder };
}

test('thirty requests at once start one plugin, beside the kubeconfig, and it knows that nobody is there', async (t) => {
  const { client, plugin, server, folder } = await withPlugin(t, "setTimeout(() => print({ token: 'fresh' }), 100)", {
    exec: { args: ['get-token', '--region', 'x'], interactiveMode: 'IfAvailable' },
  });
  await Promise.all(Array.from({ length: 30 }, () => client.request({ path: '/version' })));
  await client.request({ path: '/version' });
  assert.deepEqual(plugin.runs(), [
    {
      args: ['get-token', '--region', 'x'],
      info: { kind: 'ExecCredential', apiVersion: v1, spec: { interactive: false } },
      folder,
    },
  ]);
  assert.ok(server.seen.every(({ headers }) => headers.authorization === 'Bearer fresh'));
  assert.equal(client.statistics.execSpawns, 1);
});

test('a plugin that asks for the cluster is told of it', async (t) => {
  const { client, plugin, server } = await withPlugin(t, "print({ token: 'fresh' })", {
    exec: { provideClusterInfo: true, apiVersion: 'client.authentication.k8s.io/v1beta1' },
    cluster: {
      'tls-server-name': 'localhost',
      extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'us' } }],
    },
  });
  assert.equal(said(await client.request({ path: '/version' })), 'answered');
  assert.deepEqual(plugin.runs()[0]?.info, {
    kind: 'ExecCredential',
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    spec: {
      interactive: false,
      cluster: {
        server: server.url,
        'tls-server-name': 'localhost',
        'certificate-authority-data': base64(server.authority),
        config: { audience: 'us' },
      },
    },
  });
});

test('a plugin may give a client certificate', async (t) => {
  const issued = { certificate: '', key: '' };
  const folder = scratchFolder(t);
  const server = await fakeServer(t, () => ({ kind: 'json', body: {} }));
  Object.assign(issued, server.clientCertificate('alice'));
  writeFakePlugin(
    folder,
    `print(${JSON.stringify({ clientCertificateData: issued.certificate, clientKeyData: issued.key })})`,
  );
  const exec = { apiVersion: v1, command: './fake-plugin', interactiveMode: 'Never' };
  const client = await connectTo(t, server, { user: { exec }, folder });
  assert.equal(said(await client.request({ path: '/version' })), 'answered');
  assert.equal(server.seen[0]?.clientName, 'alice');
});

test('credentials that the server no longer takes are fetched anew, once', async (t) => {
  let accepted = 'token-1';
  const { client, plugin, server } = await withPlugin(t, "print({ token: 'token-' + run })", {
    reply: ({ headers }) =>
      headers.authorization === `Bearer ${accepted}`
        ? { kind: 'json', body: {} }
        : { kind: 'status', code: 401, message: 'Unauthorized' },
  });
  const ask = () => client.request({ path: '/version' });
  assert.equal(said(await ask()), 'answered');
  accepted = 'token-2';
  const answers = await Promise.all(Array.from({ length: 12 }, ask));
  assert.ok(answers.every(({ outcome }) => outcome === 'answered'));
  assert.equal(plugin.runs().length, 2);
  // Whatever comes now is not taken: one more try, and no run for each of the requests after it.
  accepted = 'none';
  const before = server.seen.length;
  for (let count = 0; count < 5; count++) assert.match(said(await ask()), /^The cluster does not know who you are/);
  assert.equal(plugin.runs().length, 2);
  assert.equal(server.seen.length - before, 5);
});

test('credentials are fetched anew before they expire', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-01-01T00:00:00Z') });
  const { client, plugin } = await withPlugin(
    t,
    `print({ token: 'token-' + run, expirationTimestamp: run === 1 ? '2026-01-01T00:10:00Z' : '2026-01-01T01:00:00Z' })`,
  );
  await client.request({ path: '/version' });
  t.mock.timers.tick(8.9 * 60_000);
  await client.request({ path: '/version' });
  assert.equal(plugin.runs().length, 1);
  t.mock.timers.tick(0.2 * 60_000);
  await client.request({ path: '/version' });
  assert.equal(plugin.runs().length, 2);
});

test('a plugin of another clock, whose credentials have always expired, is not run for each request', async (t) => {
  const { client, plugin } = await withPlugin(
    t,
    "print({ token: 'old', expirationTimestamp: '2001-01-01T00:00:00Z' })",
  );
  for (let count = 0; count < 5; count++) assert.equal(said(await client.request({ path: '/version' })), 'answered');
  assert.equal(plugin.runs().length, 1);
});

const failures = [
  {
    name: 'is missing',
    exec: { command: 'no-such-plugin', installHint: '\u001b[31mInstall it:\u001b[0m brew install it' },
    sentence: 'The credential plugin "no-such-plugin" is not installed or not in the PATH. Install it: brew install it',
  },
  {
    name: 'fails',
    script: "console.error('Session expired, run: aws sso login'); process.exit(3)",
    sentence: 'The credential plugin "PLUGIN" failed (3). Session expired, run: aws sso login',
  },
  {
    name: 'is killed',
    script: "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 60000)",
    sentence: 'The credential plugin "PLUGIN" failed (SIGTERM).',
  },
  {
    name: 'waits for ever, and so does what it started',
    script: `console.error('Open https://login.example');
      require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit' });
      setTimeout(() => {}, 60000)`,
    timing: { pluginMs: 4000 },
    sentence:
      'The credential plugin "PLUGIN" did not end within 4 s and was stopped; it may be waiting for a sign-in. Open https://login.example',
  },
  {
    name: 'prints nothing',
    script: '',
    sentence: 'The credential plugin "PLUGIN" gave no credentials: it printed nothing.',
  },
  {
    name: 'prints nonsense',
    script: "console.log('Welcome to the cloud!'); console.error('warning: old')",
    sentence: 'The credential plugin "PLUGIN" gave no credentials: what it printed is not JSON. warning: old',
  },
  {
    name: 'prints something else',
    script: 'console.log(JSON.stringify({ accessToken: 1 }))',
    sentence: 'The credential plugin "PLUGIN" gave no credentials: what it printed is no ExecCredential.',
  },
  {
    name: 'prints another version',
    script: `info.apiVersion = 'client.authentication.k8s.io/v1beta1'; print({ token: 'a-token' })`,
    sentence: `The credential plugin "PLUGIN" gave no credentials: it printed another version than ${v1}.`,
  },
  {
    name: 'prints an empty credential',
    script: 'print({})',
    sentence: 'The credential plugin "PLUGIN" gave no credentials: it printed neither a token nor a certificate.',
  },
  {
    name: 'prints half a certificate',
    script: "print({ clientCertificateData: 'x' })",
    sentence:
      'The credential plugin "PLUGIN" gave no credentials: it printed a certificate or a key without the other.',
  },
  {
    name: 'prints a token with a line break, which would be a header of its own',
    script: "print({ token: 'a\\r\\nb: c' })",
    sentence:
      'The credential plugin "PLUGIN" gave no credentials: the token that it printed has characters that no token has.',
  },
  {
    name: 'prints no time',
    script: "print({ token: 'a-token', expirationTimestamp: 'tomorrow' })",
    sentence: 'The credential plugin "PLUGIN" gave no credentials: its expirationTimestamp is no time.',
  },
  {
    name: 'wants a terminal',
    script: "print({ token: 'a-token' })",
    exec: { interactiveMode: 'Always' },
    sentence: 'The credential plugin "PLUGIN" wants a terminal (interactiveMode: Always), and there is none here.',
    runs: 0,
  },
];
for (const { name, script = '', exec = {}, timing = {}, sentence, runs } of failures) {
  test(`a plugin that ${name}`, async (t) => {
    const { client, plugin, server } = await withPlugin(t, script, { exec, timing });
    const started = performance.now();
    const answers = await Promise.all([1, 2, 3].map(() => client.request({ path: '/version' })));
    // A failure is remembered for a while, so that a list of requests does not become a list of failing runs.
    answers.push(await client.request({ path: '/version' }));
    for (const answer of answers) assert.equal(said(answer), sentence.replace('PLUGIN', plugin.command));
    assert.ok(performance.now() - started < 20_000);
    assert.equal(server.seen.length, 0);
    assert.equal(client.statistics.execSpawns, runs ?? 1);
  });
}

test('a plugin runs only in a trusted workspace', async (t) => {
  let asked = 0;
  const { client, plugin } = await withPlugin(t, "print({ token: 'a-token' })", {
    isTrusted: false,
    mayRun: async () => {
      asked++;
      return true;
    },
  });
  assert.equal(
    said(await client.request({ path: '/version' })),
    `The credential plugin "${plugin.command}" does not run in a workspace that is not trusted.`,
  );
  assert.equal(asked, 0);
  assert.equal(plugin.runs().length, 0);
});

test('the user is asked once, and shown the command without what looks like a secret', async (t) => {
  const questions: PluginQuestion[] = [];
  const { client, folder } = await withPlugin(t, "print({ token: 'a-token' })", {
    exec: {
      args: ['get-token', '--client-secret=hunter2hunter2'],
      env: [{ name: 'PROFILE', value: 'private' }],
      installHint: 'brew install it',
    },
    mayRun: async (question) => {
      questions.push(question);
      return true;
    },
  });
  await Promise.all([1, 2, 3].map(() => client.request({ path: '/version' })));
  const [{ fingerprint, ...shown } = { fingerprint: '' }] = questions;
  assert.equal(questions.length, 1);
  assert.match(fingerprint, /^[0-9a-f]{64}$/);
  assert.deepEqual(shown, {
    command: join(folder, 'fake-plugin'),
    args: ['get-token', '--client-secret=[hidden]'],
    environment: ['PROFILE'],
    folder,
    installHint: 'brew install it',
  });
});

test('a no is a no for all who wait, and a question that fails is one too', async (t) => {
  const sentence = (command: string) =>
    `The credential plugin "${command}" was not allowed to run, so there is nothing to sign in with.`;
  let asked = 0;
  const answers = [async () => false, () => Promise.reject(new Error('dialog closed'))];
  for (const mayRun of answers) {
    asked = 0;
    const { client, plugin } = await withPlugin(t, "print({ token: 'a-token' })", {
      mayRun: () => {
        asked++;
        return mayRun();
      },
    });
    const got = await Promise.all([1, 2, 3].map(() => client.request({ path: '/version' })));
    for (const answer of got) assert.equal(said(answer), sentence(plugin.command));
    assert.equal(asked, 1);
    assert.equal(plugin.runs().length, 0);
  }
});

test('closing the client ends a running plugin', async (t) => {
  const { client } = await withPlugin(t, 'setTimeout(() => {}, 60000)');
  setTimeout(() => client.close(), 300);
  const started = performance.now();
  assert.deepEqual(await client.request({ path: '/version' }), { outcome: 'cancelled' });
  assert.ok(performance.now() - started < 20_000);
});

test('one request that is cancelled does not end the plugin that others wait for', async (t) => {
  const { client, plugin } = await withPlugin(t, "setTimeout(() => print({ token: 'a-token' }), 400)");
  const [cancelled, answered] = await Promise.all([
    client.request({ path: '/version', signal: AbortSignal.timeout(100) }),
    client.request({ path: '/version' }),
  ]);
  assert.equal(cancelled.outcome, 'cancelled');
  assert.equal(answered.outcome, 'answered');
  assert.equal(plugin.runs().length, 1);
});

test('a command without a slash is looked up in the PATH', async (t) => {
  const folder = scratchFolder(t);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const plugin = writeFakePlugin(bin, "print({ token: 'a-token' })", 'cloud-auth');
  const server = await fakeServer(t, () => ({ kind: 'json', body: {} }));
  const exec = { apiVersion: v1, command: 'cloud-auth', interactiveMode: 'Never' };
  const client = await connectTo(t, server, { user: { exec }, environment: { PATH: bin } });
  assert.equal(said(await client.request({ path: '/version' })), 'answered');
  assert.equal(plugin.runs().length, 1);
});

test('a command is looked up where kubectl does: not in the PATH of the kubeconfig, nor beside it, nor where it cannot run', async (t) => {
  const folder = scratchFolder(t);
  for (const name of ['bin', 'other', 'relative', 'later']) mkdirSync(join(folder, name));
  const plugins = ['.', 'relative', 'other', 'later'].map((name) =>
    writeFakePlugin(join(folder, name), "print({ token: 'a-token' })", 'cloud-auth'),
  );
  writeFileSync(join(folder, 'bin', 'cloud-auth'), 'no program', { mode: 0o644 });
  const server = await fakeServer(t, () => ({ kind: 'json', body: {} }));
  const env = [{ name: 'PATH', value: `${join(folder, 'other')}:${process.env.PATH}` }];
  const exec = { apiVersion: v1, command: 'cloud-auth', interactiveMode: 'Never', env };
  const PATH = ['', '.', 'relative', join(folder, 'bin'), join(folder, 'later')].join(':');
  const client = await connectTo(t, server, { user: { exec }, environment: { PATH }, folder });
  assert.equal(said(await client.request({ path: '/version' })), 'answered');
  assert.deepEqual(
    plugins.map((plugin) => plugin.runs().length),
    [0, 0, 0, 1],
  );
});

test('a plugin gets the variables of the user and of the kubeconfig, and none that the editor sets for itself', async (t) => {
  const { client, server } = await withPlugin(
    t,
    "print({ token: ['PROFILE', 'SHELL_VARIABLE', 'ELECTRON_RUN_AS_NODE'].map((name) => process.env[name]).join(':') })",
    {
      exec: { env: [{ name: 'PROFILE', value: 'dev' }] },
      environment: { PROFILE: 'other', SHELL_VARIABLE: 'kept', ELECTRON_RUN_AS_NODE: '1' },
    },
  );
  await client.request({ path: '/version' });
  assert.equal(server.seen[0]?.headers.authorization, 'Bearer dev:kept:');
});

test('a token that stands in the kubeconfig spares the plugin', async (t) => {
  const folder = scratchFolder(t);
  const plugin = writeFakePlugin(folder, "print({ token: 'fresh' })");
  const server = await fakeServer(t, () => ({ kind: 'json', body: {} }));
  const exec = { apiVersion: v1, command: './fake-plugin', interactiveMode: 'Never' };
  const client = await connectTo(t, server, { user: { exec, token: 'static' }, folder });
  await client.request({ path: '/version' });
  assert.equal(server.seen[0]?.headers.authorization, 'Bearer static');
  assert.equal(plugin.runs().length, 0);
});
