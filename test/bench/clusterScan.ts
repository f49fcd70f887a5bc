import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ApiClient } from '../cluster/apiServer/apiClient.ts';
import { type StartedApiServer, startApiServer } from '../cluster/apiServer/apiServer.ts';
import { findBinaries } from '../cluster/apiServer/binaries.ts';
import { heading, shown, spreadOf } from './measure.ts';
import type { ScanFigures } from './scanOnce.ts';

const deployments = 500;
const podsEach = 20;
const runs = 5;

/** A scan of 10,000 pods in a real API server, each by a process of its own as in the editor. */
export async function benchClusterScan(): Promise<void> {
  const binaries = findBinaries();
  if ('missing' in binaries) return console.log(`Scan of a cluster: no API server, ${binaries.missing}.`);
  const server = await startApiServer();
  try {
    const start = performance.now();
    await fill(server);
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    const count = (deployments * podsEach).toLocaleString('en');
    console.log(
      `Scan of ${count} pods of ${deployments} Deployments, created in ${seconds} s, in ${server.description}`,
    );
    const kubeconfig = server.kubeconfig('exec');
    const figures: ScanFigures[] = [];
    for (let run = 0; run < runs; run++) figures.push(await scanOnce(kubeconfig));
    report(figures);
  } finally {
    await server.stop();
  }
}

function report(figures: readonly ScanFigures[]): void {
  console.log(`${' '.repeat(34)}${heading}`);
  const rows: readonly (readonly [string, (figures: ScanFigures) => number])[] = [
    ['reading (ms)', ({ readingMs }) => readingMs],
    ['judging (ms)', ({ judgingMs }) => judgingMs],
    ['reading, processor (ms)', ({ readingCpuMs }) => readingCpuMs],
    ['judging, processor (ms)', ({ judgingCpuMs }) => judgingCpuMs],
    ['longest stall while reading (ms)', ({ readingStallMs }) => readingStallMs],
    ['longest stall while judging (ms)', ({ judgingStallMs }) => judgingStallMs],
    ['heap, most (MB)', ({ heapMb }) => heapMb],
    ['resident, most (MB)', ({ residentMb }) => residentMb],
    ['received (MB)', ({ receivedMb }) => receivedMb],
    ['requests', ({ requests }) => requests],
    ['connections, one of nobody', ({ connections }) => connections],
    ['starts of the credential plugin', ({ pluginStarts }) => pluginStarts],
    ['findings', ({ findings }) => findings],
  ];
  for (const [name, value] of rows) console.log(`  ${name.padEnd(32)}${shown(spreadOf(figures.map(value)))}`);
}

async function scanOnce(kubeconfig: string): Promise<ScanFigures> {
  const script = join(import.meta.dirname, 'scanOnce.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, kubeconfig]);
  return JSON.parse(stdout);
}

/** Deployments with ReplicaSets and pods, as their controllers would have made them. */
async function fill(server: StartedApiServer): Promise<void> {
  const namespaces = Array.from({ length: 10 }, (_, index) => `team-${index}`);
  for (const namespace of namespaces) await server.createNamespace(namespace);
  const clients = Array.from({ length: 4 }, (_, index) =>
    server.clientFor({ commonName: `filler-${index}`, organizations: ['system:masters'] }),
  );
  const numbers = Array.from({ length: deployments }, (_, index) => index);
  const workers = clients.map(async (client) => {
    for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) {
      await createDeployment(client, namespaces[number % namespaces.length] ?? 'default', number);
    }
    client.close();
  });
  await Promise.all(workers);
}

async function createDeployment(client: ApiClient, namespace: string, number: number): Promise<void> {
  const name = `app-${number}`;
  const labels = { app: name, 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': namespace };
  const create = async (collection: string, object: object): Promise<string> => {
    const created = (await client.expect('POST', collection, object)) as {
      readonly metadata: { readonly uid: string };
    };
    return created.metadata.uid;
  };
  const apps = `/apis/apps/v1/namespaces/${namespace}`;
  const owned = (kind: string, owner: string, uid: string) => ({
    labels,
    ownerReferences: [{ apiVersion: 'apps/v1', kind, name: owner, uid, controller: true }],
  });
  const spec = { selector: { matchLabels: { app: name } }, template: { metadata: { labels }, spec: podSpec(name) } };
  const deployment = await create(`${apps}/deployments`, { metadata: { name, labels }, spec });
  const replicaSet = await create(`${apps}/replicasets`, {
    metadata: { name: `${name}-1`, ...owned('Deployment', name, deployment) },
    spec,
  });
  const pods = Array.from({ length: podsEach }, (_, index) => ({
    metadata: { name: `${name}-1-${index}`, ...owned('ReplicaSet', `${name}-1`, replicaSet) },
    spec: podSpec(name),
  }));
  await Promise.all(pods.map((pod) => create(`/api/v1/namespaces/${namespace}/pods`, pod)));
}

/** Of the usual size: two containers, some of them with variables, probes and volumes. */
function podSpec(name: string): object {
  const env = Array.from({ length: 12 }, (_, index) => ({
    name: `SETTING_${index}`,
    value: `value-${index}-of-${name}`,
  }));
  const probe = { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 5 };
  const container = {
    image: `registry.example.com/${name}:1.4.2`,
    env,
    ports: [{ containerPort: 8080 }],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    livenessProbe: probe,
    readinessProbe: probe,
    volumeMounts: [{ name: 'settings', mountPath: '/etc/app' }],
  };
  return {
    containers: [
      { ...container, name: 'web', securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true } },
      { ...container, name: 'proxy' },
    ],
    volumes: [{ name: 'settings', configMap: { name } }],
  };
}
