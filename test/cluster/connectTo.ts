// A client for a fake API server, as a face would make it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  type ClientTiming,
  type ClusterAnswer,
  type ClusterClient,
  createClusterClient,
  createPluginPermissions,
  type PluginQuestion,
  readKubeconfig,
  troubleSentence,
  type WatchItem,
} from '../../server/src/cluster/index.ts';
import { inEnglish } from '../../server/src/sentences/index.ts';
import { type FakeApiServer, type FakeApiServerOptions, startFakeApiServer } from './fakeApiServer.ts';

export function scratchFolder(test: Pick<TestContext, 'after'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'kubeharden-cluster-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function fakeServer(
  test: TestContext,
  options: FakeApiServerOptions | FakeApiServerOptions['reply'],
): Promise<FakeApiServer> {
  const server = await startFakeApiServer(typeof options === 'function' ? { reply: options } : options);
  test.after(() => server.close());
  return server;
}

export interface ConnectOptions {
  /** Fields beside `server` and `certificate-authority-data`, which null removes. */
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly isTrusted?: boolean;
  readonly mayRun?: (question: PluginQuestion) => Promise<boolean>;
  readonly timing?: Partial<ClientTiming>;
  /** Where the kubeconfig is written; a scratch folder when absent. */
  readonly folder?: string;
}

/** Writes a kubeconfig, reads it and connects. Pauses are short. */
export async function connectTo(
  test: TestContext,
  server: Pick<FakeApiServer, 'url' | 'authority'>,
  options: ConnectOptions = {},
): Promise<ClusterClient> {
  const folder = options.folder ?? scratchFolder(test);
  const path = join(folder, 'config');
  writeFileSync(path, JSON.stringify(kubeconfigFor(server, options)));
  const environment = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: path, ...options.environment };
  const { contexts } = await readKubeconfig({ environment, workspaceFolders: [] });
  const [context] = contexts;
  if (context === undefined) throw new Error('The kubeconfig of the test has no context.');
  const client = createClusterClient({
    context,
    environment,
    permissions: createPluginPermissions(() => options.isTrusted ?? true, options.mayRun ?? (async () => true)),
    userAgent: 'kubeharden/0',
    timing: { firstPauseMs: 5, longestPauseMs: 2000, requestMs: 10_000, ...options.timing },
  });
  test.after(() => client.close());
  return client;
}

export function kubeconfigFor(
  server: Pick<FakeApiServer, 'url' | 'authority'>,
  { cluster, user }: ConnectOptions,
): unknown {
  const described = Object.entries({
    server: server.url,
    'certificate-authority-data': base64(server.authority),
    ...cluster,
  });
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'fake', cluster: Object.fromEntries(described.filter(([, value]) => value !== null)) }],
    contexts: [{ name: 'test', context: { cluster: 'fake', user: 'tester' } }],
    users: [{ name: 'tester', user: user ?? { token: 'a-token' } }],
  };
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** What the user reads. */
export function said(answer: ClusterAnswer | WatchItem): string {
  switch (answer.outcome) {
    case 'answered':
    case 'event':
    case 'ended':
      return answer.outcome;
    default:
      return inEnglish(troubleSentence(answer));
  }
}

export async function bodyOf(answer: Promise<ClusterAnswer>): Promise<unknown> {
  const settled = await answer;
  return settled.outcome === 'answered' ? settled.body : said(settled);
}

export async function allItems(items: AsyncIterable<WatchItem>): Promise<WatchItem[]> {
  const all: WatchItem[] = [];
  for await (const item of items) all.push(item);
  return all;
}
