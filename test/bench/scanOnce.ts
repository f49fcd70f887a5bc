// Scans the cluster of a kubeconfig once and prints what that took, as JSON.

import { monitorEventLoopDelay } from 'node:perf_hooks';
import {
  collectCluster,
  createClusterClient,
  createPluginPermissions,
  judgeClusterInSlices,
  readKubeconfig,
} from '../../server/src/cluster/index.ts';
import { scanRequest } from '../cluster/scanRequest.ts';

export interface ScanFigures {
  readonly readingMs: number;
  readonly judgingMs: number;
  /** Time that the process itself took of a processor. */
  readonly readingCpuMs: number;
  readonly judgingCpuMs: number;
  readonly readingStallMs: number;
  readonly judgingStallMs: number;
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
  const cpuAtStart = process.cpuUsage();
  const outcome = await collectCluster(scanRequest(client));
  const readingMs = performance.now() - start;
  const readingCpuMs = process.cpuUsage(cpuAtStart).user / 1000;
  const readingStallMs = delay.max / 1e6;
  delay.reset();
  if (outcome.kind !== 'scanned') throw new Error(`The scan ended: ${outcome.kind}`);
  const judging = performance.now();
  const cpuAtJudging = process.cpuUsage();
  const { signal } = new AbortController();
  const report = await judgeClusterInSlices(outcome.snapshot, { settings: { profile: 'restricted' } }, signal);
  const judgingMs = performance.now() - judging;
  const judgingCpuMs = process.cpuUsage(cpuAtJudging).user / 1000;
  const judgingStallMs = delay.max / 1e6;
  delay.disable();
  clearInterval(sampling);
  client.close();
  const { requests, connections, execSpawns, bytes } = client.statistics;
  return {
    readingMs,
    judgingMs,
    readingCpuMs,
    judgingCpuMs,
    readingStallMs,
    judgingStallMs,
    heapMb: most.heap / megabyte,
    residentMb: most.resident / megabyte,
    receivedMb: bytes / megabyte,
    requests,
    connections,
    pluginStarts: execSpawns,
    findings: report?.findings.length ?? 0,
  };
}

console.log(JSON.stringify(await scanOnce(process.argv[2] ?? '')));
