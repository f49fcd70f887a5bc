// What a user reads when a cluster fails: as a whole, or in one of the lists of a scan, which then lacks just that.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { ClusterReport, CoverageGap, ScanResult } from '../../../server/src/cluster/index.ts';
import { ClusterSessions } from '../../../server/src/cluster/process/clusterSessions.ts';
import { inEnglish, type Spoken } from '../../../server/src/sentences/index.ts';
import { spoken } from '../../support/spoken.ts';
import { fakeServer, kubeconfigFor, scratchFolder } from '../connectTo.ts';
import type { FakeApiServer, FakeApiServerOptions, Reply, SeenRequest } from '../fakeApiServer.ts';
import { writeFakePlugin } from '../fakePlugin.ts';
import { shopReply } from '../shopCluster.ts';

const timing = { firstPauseMs: 2, longestPauseMs: 100 };
/** Long enough for what does answer, on a busy machine too. */
const impatient = { ...timing, requestMs: 1500, pluginMs: 1500 };

interface Setting {
  readonly cluster?: Readonly<Record<string, unknown>>;
  /** Of a credential plugin. */
  readonly script?: string;
  readonly user?: Readonly<Record<string, unknown>>;
  readonly isImpatient?: boolean;
}

/** Scans as the cluster process does, with short pauses. */
async function scan(
  test: TestContext,
  server: Pick<FakeApiServer, 'url' | 'authority'>,
  { script, isImpatient = false, ...setting }: Setting = {},
): Promise<ScanResult> {
  const folder = scratchFolder(test);
  const path = join(folder, 'config');
  if (script !== undefined) writeFakePlugin(folder, script);
  writeFileSync(path, JSON.stringify(kubeconfigFor(server, setting)));
  const host = { mayRun: async () => true, progress() {}, changed() {} };
  const variables = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: path };
  const sessions = new ClusterSessions(variables, host, isImpatient ? impatient : timing);
  test.after(() => sessions.close());
  sessions.use({ userAgent: 'kubeharden/test', isTrusted: true, workspaceFolders: [] });
  return sessions.scan({ contextName: 'test', readsSecretMetadata: false }, new AbortController().signal);
}

async function reportOf(
  test: TestContext,
  reply: FakeApiServerOptions['reply'],
  isImpatient = false,
): Promise<ClusterReport> {
  const result = await scan(test, await fakeServer(test, reply), { isImpatient });
  if (result.kind !== 'report') assert.fail(JSON.stringify(result));
  return result.report;
}

const status = (code: number, message: string, headers: Record<string, string> = {}): Reply => ({
  kind: 'status',
  code,
  message,
  headers,
});
const page = { kind: 'text', type: 'text/html', text: '<html>Sign in</html>' } as const;
const hang = { kind: 'hang' } as const;
const list = { metadata: {}, items: [] };

/** What becomes of a request for `address` the first, second, ... time; the last of the replies stays. */
function failing(address: string, ...replies: readonly Reply[]): (request: SeenRequest) => Reply {
  let count = 0;
  return (request) => {
    const [asked] = request.path.split('?');
    if (asked !== address) return shopReply(request);
    const reply = replies[Math.min(count, replies.length - 1)];
    count++;
    return reply ?? shopReply(request);
  };
}

describe('one list of a scan fails', () => {
  const permission = { kind: 'resource', group: 'apps', resource: 'daemonsets', verbs: ['list'] } as const;
  const gap = (reason: string): Spoken<CoverageGap> => ({ what: 'daemonsets.apps', cause: 'failed', reason });
  const forbidden: Spoken<CoverageGap> = {
    what: 'daemonsets.apps',
    cause: 'forbidden',
    reason: 'You may not read daemonsets.apps. It needs: list daemonsets.apps.',
    permission,
  };
  const cases: readonly (readonly [string, readonly Reply[], Spoken<CoverageGap> | undefined])[] = [
    [
      '401, as credentials end while the scan runs',
      [status(401, 'Unauthorized')],
      gap(
        'Reading daemonsets.apps failed. The cluster does not know who you are (401): the credentials of the kubeconfig are wrong or have expired. Unauthorized',
      ),
    ],
    ['403, though a review said otherwise', [status(403, 'no')], forbidden],
    // A kind that is not there leaves no gap.
    ['404', [status(404, 'the server could not find the requested resource')], undefined],
    ['406', [status(406, 'only the following media types are accepted')], undefined],
    [
      '429, for ever',
      [status(429, 'too many requests')],
      gap('Reading daemonsets.apps failed: 429, too many requests.'),
    ],
    [
      '429, for longer than anybody waits',
      [status(429, 'come back tomorrow', { 'retry-after': '86400' })],
      gap('Reading daemonsets.apps failed: 429, come back tomorrow.'),
    ],
    ['500', [status(500, 'etcd is down')], gap('Reading daemonsets.apps failed: 500, etcd is down.')],
    ['503 without a word', [status(503, '')], gap('Reading daemonsets.apps failed. The API server failed (HTTP 503).')],
    ['a hang', [hang], gap('Reading daemonsets.apps failed. {address} did not answer within 1.5 s.')],
    [
      'a reset',
      [{ kind: 'reset' }],
      gap('Reading daemonsets.apps failed. The connection to {address} broke (ECONNRESET).'),
    ],
    [
      'an answer that breaks off',
      [{ kind: 'cutOff', body: list }],
      gap('Reading daemonsets.apps failed. The answer of {address} broke off.'),
    ],
    [
      'compressed data that ends too early',
      [{ kind: 'truncatedGzip', body: list }],
      gap('Reading daemonsets.apps failed. The answer of {address} broke off.'),
    ],
    [
      'a page of a gateway',
      [page],
      gap('Reading daemonsets.apps failed. What answers at {address} is no Kubernetes API server (it sent text/html).'),
    ],
    [
      'JSON that is none',
      [{ kind: 'text', type: 'application/json', text: '{"items":[' }],
      gap(
        'Reading daemonsets.apps failed. What answers at {address} is no Kubernetes API server (it sent application/json).',
      ),
    ],
  ];
  for (const [fault, replies, expected] of cases) {
    test(fault, async (t) => {
      const isImpatient = replies.includes(hang);
      const report = await reportOf(t, failing('/apis/apps/v1/daemonsets', ...replies), isImpatient);
      await assertLacks(t, report, expected, ({ object }) => object.kind !== 'DaemonSet');
    });
  }

  const passing: readonly (readonly [string, readonly Reply[]])[] = [
    ['429 once', [status(429, 'wait', { 'retry-after': '0' })]],
    ['500 twice', [status(500, 'no'), status(500, 'no')]],
    ['a reset once', [{ kind: 'reset' }]],
    ['an answer that breaks off once', [{ kind: 'cutOff', body: list }]],
  ];
  for (const [fault, replies] of passing) {
    test(`${fault}: nobody notices`, async (t) => {
      let count = 0;
      const report = await reportOf(t, (request) => {
        const isIt = request.path.startsWith('/apis/apps/v1/daemonsets');
        return (isIt ? replies[count++] : undefined) ?? shopReply(request);
      });
      assert.ok(count > replies.length);
      await assertLacks(t, report, undefined, () => true);
    });
  }

  test('a snapshot that expires while it is read, and again: what came is judged, and the gap says so', async (t) => {
    const [first, second] = [
      itemsOf('/apis/apps/v1/deployments').slice(0, 1),
      itemsOf('/apis/apps/v1/deployments').slice(1),
    ];
    assert.ok(first.length === 1 && second.length === 1);
    const report = await reportOf(t, (request) => {
      if (!request.path.startsWith('/apis/apps/v1/deployments?')) return shopReply(request);
      const token = new URLSearchParams(request.path.split('?')[1]).get('continue');
      if (token === 'old') return { ...status(410, 'expired'), continue: 'inconsistent' } as Reply;
      const body = token === null ? { metadata: { continue: 'old' }, items: first } : { metadata: {}, items: second };
      return { kind: 'json', body };
    });
    const expected: Spoken<CoverageGap> = {
      what: 'deployments.apps',
      cause: 'incomplete',
      reason: 'The list changed while it was read, so objects may be missing from it.',
      permission: { ...permission, resource: 'deployments' },
    };
    await assertLacks(t, report, expected, () => true);
  });

  /** What the shop's cluster serves under a path. */
  function itemsOf(path: string): readonly unknown[] {
    const request: SeenRequest = { method: 'GET', path, headers: {}, rawHeaders: [], body: '', clientName: undefined };
    const reply = shopReply(request);
    return reply.kind === 'json' ? (reply.body as { items: unknown[] }).items : [];
  }

  test('reviews of what may be read fail: then trying is all that is left', async (t) => {
    for (const reply of [
      { kind: 'reset' } as const,
      status(500, 'no'),
      status(404, 'no'),
      { kind: 'json', body: {} } as const,
    ]) {
      const report = await reportOf(t, failing('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', reply));
      await assertLacks(t, report, undefined, () => true);
    }
  });

  const endpoints: readonly (readonly [string, Reply, string])[] = [
    ['/metrics', status(500, 'no'), 'Reading /metrics failed: 500, no.'],
    ['/metrics', hang, 'Reading /metrics failed. {address} did not answer within 1.5 s.'],
    [
      '/flagz',
      page,
      'Reading /flagz failed. What answers at {address} is no Kubernetes API server (it sent text/html).',
    ],
    ['/flagz', { kind: 'json', body: [] }, 'The API server shows its flags in a form that is not known here.'],
    ['/metrics', { kind: 'json', body: {} }, 'The API server shows its metrics in a form that is not known here.'],
  ];
  for (const [what, reply, reason] of endpoints) {
    test(`${what} answers ${reply.kind}`, async (t) => {
      const report = await reportOf(t, failing(what, reply), reply.kind === 'hang');
      await assertLacks(t, report, { what, cause: 'failed', reason }, () => true);
    });
  }

  test('no list of APIs: kinds of Kubernetes are read where they have been for years', async (t) => {
    const report = await reportOf(t, failing('/apis', status(503, 'starting')));
    assert.ok(
      report.gaps.some(({ what, reason }) => what === 'API discovery' && inEnglish(reason).includes('503, starting')),
    );
    const whole = await reportOf(t, shopReply);
    assert.deepEqual(ofObjects(report), ofObjects(whole));
  });

  /** What is said of a namespace hangs on everything that was read in it. */
  function ofObjects({ findings }: ClusterReport): ClusterReport['findings'] {
    return findings.filter(({ object }) => object.kind !== 'Namespace');
  }

  /** All is as in the well cluster but for one gap and the findings that it costs. */
  async function assertLacks(
    test: TestContext,
    report: ClusterReport,
    lacking: Spoken<CoverageGap> | undefined,
    isKept: (finding: ClusterReport['findings'][number]) => boolean,
  ): Promise<void> {
    const whole = await reportOf(test, shopReply);
    assert.ok(whole.findings.some(({ object }) => object.kind === 'DaemonSet'));
    const { host } = new URL(report.server);
    const expected = lacking && { ...lacking, reason: lacking.reason.replaceAll('{address}', host) };
    assert.deepEqual(spoken(report.gaps.find(({ what }) => what === lacking?.what)), expected);
    const others = (gaps: readonly CoverageGap[]) => gaps.filter(({ what }) => what !== lacking?.what);
    assert.deepEqual(others(report.gaps), others(whole.gaps));
    assert.deepEqual(ofObjects(report), ofObjects(whole).filter(isKept));
    assert.equal(report.version, whole.version);
    assert.deepEqual(
      report.checks.map(({ id }) => id),
      whole.checks.map(({ id }) => id),
    );
  }
});

describe('nothing of a cluster can be read', () => {
  const servers: readonly (readonly [string, FakeApiServerOptions | Reply, Setting, RegExp])[] = [
    ['401', status(401, 'Unauthorized'), {}, /^The cluster does not know who you are \(401\)/],
    ['404', status(404, 'no such page'), {}, /^The cluster does not have this \(404\)\. no such page$/],
    ['429', status(429, 'wait'), {}, /^The cluster is overloaded and asks for patience \(429\)\. wait$/],
    ['500', status(500, 'no'), {}, /^The API server failed \(HTTP 500\)\. no$/],
    ['a hang', hang, { isImpatient: true }, /^127\.0\.0\.1:\d+ did not answer within 1\.5 s\.$/],
    ['a cut-off answer', { kind: 'cutOff', body: list }, {}, /^The answer of 127\.0\.0\.1:\d+ broke off\.$/],
    ['a gateway', page, {}, /^What answers at 127\.0\.0\.1:\d+ is no Kubernetes API server \(it sent text\/html\)\.$/],
    [
      'a certificate that has expired',
      { reply: shopReply, certificate: 'expired' },
      {},
      /^The certificate of 127\.0\.0\.1:\d+ has expired\.$/,
    ],
    [
      'a certificate of nobody known',
      { reply: shopReply, certificate: 'selfSigned' },
      {},
      /is signed by an authority that the kubeconfig does not name, so it may be another server\.$/,
    ],
    ['a certificate of another', { reply: shopReply, certificate: 'wrongHost' }, {}, /is made out to another name/],
    [
      'a plugin that is missing',
      { reply: shopReply },
      { user: { exec: { command: 'no-such-plugin', installHint: 'Install it.' } } },
      /^The credential plugin "no-such-plugin" is not installed or not in the PATH\. Install it\.$/,
    ],
    [
      'a plugin that is slow',
      { reply: shopReply },
      { script: 'setTimeout(() => {}, 60_000)', isImpatient: true },
      /did not end within 1\.5 s/,
    ],
    [
      'a plugin that prints nonsense',
      { reply: shopReply },
      { script: "console.log('Hello')" },
      /gave no credentials: /,
    ],
    ['a plugin that fails', { reply: shopReply }, { script: 'process.exit(3)' }, /failed \(3\)\.$/],
  ];
  for (const [fault, server, { user, ...setting }, sentence] of servers) {
    test(fault, async (t) => {
      const fake = await fakeServer(t, 'kind' in server ? () => server : server);
      const exec = {
        apiVersion: 'client.authentication.k8s.io/v1',
        interactiveMode: 'Never',
        command: './fake-plugin',
      };
      const { exec: more } = { exec: {}, ...user };
      const usesPlugin = user !== undefined || setting.script !== undefined;
      const result = await scan(t, fake, {
        ...setting,
        ...(usesPlugin ? { user: { exec: { ...exec, ...(more as object) } } } : {}),
      });
      assert.ok(result.kind === 'unreachable', JSON.stringify(result).slice(0, 300));
      assert.match(inEnglish(result.message), sentence);
      assert.deepEqual(result.details, fault === 'a plugin that is missing' ? ['Install it.'] : []);
    });
  }
});
