import type {
  Answered,
  ClusterAnswer,
  ClusterClient,
  ClusterRequest,
  Refused,
} from '../../server/src/cluster/index.ts';

/** A cluster made of plain values: paths (without query) to the objects of lists, or to whole bodies. */
export interface StubCluster {
  /** `/apis/apps/v1/deployments` to items. */
  readonly lists?: Readonly<Record<string, readonly unknown[]>>;
  /** Any other path to its answer. */
  readonly answers?: Readonly<Record<string, (request: ClusterRequest) => ClusterAnswer>>;
  /** Plurals, with group (`deployments.apps`), that may be listed everywhere; all of them when undefined. */
  readonly mayList?: (resource: string, namespace: string | undefined) => boolean;
}

export interface StubClient extends ClusterClient {
  /** `METHOD path?query` of every request, in order. */
  readonly asked: readonly string[];
}

export function stubClient(cluster: StubCluster): StubClient {
  const asked: string[] = [];
  return {
    asked,
    contextName: 'test',
    server: 'https://cluster.example',
    namespace: 'default',
    statistics: { connections: 0, requests: 0, execSpawns: 0, bytes: 0 },
    async request(request) {
      if (request.signal?.aborted === true) return { outcome: 'cancelled' };
      asked.push(`${request.method ?? 'GET'} ${request.path}${request.anonymous === true ? ' anonymous' : ''}`);
      return answerOf(cluster, request);
    },
    async *watch() {
      yield { outcome: 'ended' as const };
    },
    close() {},
  };
}

function answerOf(cluster: StubCluster, request: ClusterRequest): ClusterAnswer {
  const [path = '', query = ''] = request.path.split('?');
  const programmed = cluster.answers?.[path];
  if (programmed !== undefined) return programmed(request);
  if (path.endsWith('/selfsubjectaccessreviews')) return answered({ status: { allowed: isAllowed(cluster, request) } });
  const items = cluster.lists?.[path];
  if (items !== undefined) return page(items, new URLSearchParams(query));
  if (path === '/version') return answered({ gitVersion: 'v1.37.2', major: '1', minor: '37', platform: 'linux/amd64' });
  if (path === '/api') return answered(discoveryOf(Object.keys(cluster.lists ?? {}), 'api'));
  if (path === '/apis') return answered(discoveryOf(Object.keys(cluster.lists ?? {}), 'apis'));
  return refused(404, 'notFound');
}

function isAllowed(cluster: StubCluster, { body }: ClusterRequest): boolean {
  const { spec } = body as { spec: { resourceAttributes: { group: string; resource: string; namespace?: string } } };
  const { group, resource, namespace } = spec.resourceAttributes;
  return cluster.mayList?.(group === '' ? resource : `${resource}.${group}`, namespace) ?? true;
}

/** As the API server pages: the token says how far. */
function page(items: readonly unknown[], query: URLSearchParams): Answered {
  const from = Number(query.get('continue') ?? 0);
  const to = from + Number(query.get('limit') ?? items.length);
  const rest = to < items.length ? { continue: String(to) } : {};
  return answered({ metadata: { resourceVersion: '7', ...rest }, items: items.slice(from, to) });
}

const kinds: Readonly<Record<string, string>> = {
  configmaps: 'ConfigMap',
  cronjobs: 'CronJob',
  daemonsets: 'DaemonSet',
  deployments: 'Deployment',
  jobs: 'Job',
  k8sallowedrepos: 'K8sAllowedRepos',
  k8srequiredlabels: 'K8sRequiredLabels',
  namespaces: 'Namespace',
  networkpolicies: 'NetworkPolicy',
  nodes: 'Node',
  pods: 'Pod',
  replicasets: 'ReplicaSet',
  secrets: 'Secret',
  services: 'Service',
  vulnerabilityreports: 'VulnerabilityReport',
  clusterroles: 'ClusterRole',
};
const clusterWide: ReadonlySet<string> = new Set([
  'namespaces',
  'nodes',
  'clusterroles',
  'k8sallowedrepos',
  'k8srequiredlabels',
]);

/** Aggregated discovery of what is listed. */
function discoveryOf(paths: readonly string[], root: 'api' | 'apis'): unknown {
  const items = paths.flatMap((path) => {
    const parts = path.split('/').slice(1);
    if (parts[0] !== root || parts.includes('namespaces') !== (parts.at(-1) === 'namespaces')) return [];
    const resource = parts.at(-1) ?? '';
    const [group, version] = root === 'api' ? ['', parts[1]] : [parts[1], parts[2]];
    return [
      {
        metadata: { name: group },
        versions: [
          {
            version,
            resources: [
              {
                resource,
                responseKind: { kind: kinds[resource] },
                scope: clusterWide.has(resource) ? 'Cluster' : 'Namespaced',
              },
            ],
          },
        ],
      },
    ];
  });
  return { kind: 'APIGroupDiscoveryList', items };
}

export function answered(body: unknown): Answered {
  return { outcome: 'answered', status: 200, body, warnings: [] };
}

export function refused(status: number, reason: Refused['reason'], more: Partial<Refused> = {}): Refused {
  return { outcome: 'refused', status, reason, message: '', causes: [], warnings: [], ...more };
}
