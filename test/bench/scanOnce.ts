// Scans the cluster of a kubeconfig once and prints what that took, as JSON.

import { monitorEventLoopDelay } from 'node:perf_hooks';
import {
  collectCluster,
  createClusterClient,
  createPluginPermissions,
  judgeCluster,
  readKubeconfig,
} from '../../server/src/cluster/index.ts';
import { scanRequest } from '../cluster/scanRequest.ts';

export interface ScanFigures {
  readonly readingMs: number;
  readonly judgingMs: number;
  readonly stallMs: number;
  readonly heapMb: number;
  readonly residentMb: number;
  readonly receivedMb: number;
  readonly requests: number;
  readonly connections: number;
  readonly pluginStarts: number;
  readonly findings: number;
}

const megabyte = 2 ** 20;

async function scanOnce(explicitFile: string): Promise<ScanFigures> {
  const environment = { PATH: process.env.PATH };
  const { contexts } = await readKubeconfig({ environment, explicitFile, workspaceFolders: [] });
  const [context] = contexts;
  if (context === undefined) throw new Error(`${explicitFile} has no context`);
  const client = createClusterClient({
    context,
    environment,
    permissions: createPluginPermissions(
      () => true,
      async () => true,
    ),
    userAgent: 'kubeharden/0',
  });
  const most = { heap: 0, resident: 0 };
  const sampling = setInterval(() => {
    const { heapUsed, rss } = process.memoryUsage();
    most.heap = Math.max(most.heap, heapUsed);
    most.resident = Math.max(most.resident, rss);
  }, 20);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const start = performance.now();
  const outcome = await collectCluster(scanRequest(client));
  const readingMs = performance.now() - start;
  delay.disable();
  clearInterval(sampling);
  if (outcome.kind !== 'scanned') throw new Error(`The scan ended: ${outcome.kind}`);
  const judging = performance.now();
  const { findings } = judgeCluster(outcome.snapshot, { settings: { profile: 'restricted' } });
  const judgingMs = performance.now() - judging;
  client.close();
  const { requests, connections, execSpawns, bytes } = client.statistics;
  return {
    readingMs,
    judgingMs,
    stallMs: delay.max / 1e6,
    heapMb: most.heap / megabyte,
    residentMb: most.resident / megabyte,
    receivedMb: bytes / megabyte,
    requests,
    connections,
    pluginStarts: execSpawns,
    findings: findings.length,
  };
}

console.log(JSON.stringify(await scanOnce(process.argv[2] ?? '')));
