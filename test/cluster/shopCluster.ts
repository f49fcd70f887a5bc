// A cluster as a developer meets it: some findings, some in what belongs to Kubernetes, and much that may not be read.

import { type FakeApiServerOptions, type Reply, type SeenRequest, startFakeApiServer } from './fakeApiServer.ts';

const securityContext = { privileged: true };
const podSpec = { containers: [{ name: 'web', image: 'registry.example.com/web:1.4.2', securityContext }] };
const template = (app: string, spec: object) => ({ metadata: { labels: { app } }, spec });
const workload = (namespace: string, name: string, spec: object) => ({
  metadata: { name, namespace, uid: `${namespace}-${name}`, managedFields: writtenBy(name) },
  spec: { selector: { matchLabels: { app: name } }, template: template(name, spec) },
});
/** Helm made it, and somebody took a shortcut since. */
const writtenBy = (name: string) => {
  const inContainer = (fields: object) => ({
    'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { [`k:{"name":"${name}"}`]: fields } } } },
  });
  const entry = { operation: 'Update', apiVersion: 'apps/v1', fieldsType: 'FieldsV1' };
  return [
    { ...entry, manager: 'helm', time: '2026-09-30T08:15:00Z', fieldsV1: inContainer({ '.': {}, 'f:image': {} }) },
    {
      ...entry,
      manager: 'kubectl-edit',
      time: '2026-11-03T15:04:00Z',
      fieldsV1: inContainer({ 'f:securityContext': { 'f:privileged': {} } }),
    },
  ];
};
const proxy = {
  hostNetwork: true,
  containers: [{ name: 'proxy', image: 'registry.k8s.io/kube-proxy:v1.37.2', securityContext }],
};

/** A kind that a cluster serves. */
export interface Served {
  /** `''` is the core group. */
  readonly group: string;
  readonly resource: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
  /** Undefined: nobody may read them. */
  readonly objects:
    | readonly { readonly metadata: { readonly name: string; readonly namespace?: string } }[]
    | undefined;
}

const served: readonly Served[] = [
  {
    group: '',
    resource: 'namespaces',
    kind: 'Namespace',
    isNamespaced: false,
    objects: [{ metadata: { name: 'shop' } }, { metadata: { name: 'kube-system' } }],
  },
  { group: '', resource: 'pods', kind: 'Pod', isNamespaced: true, objects: [] },
  { group: '', resource: 'nodes', kind: 'Node', isNamespaced: false, objects: undefined },
  {
    group: 'apps',
    resource: 'deployments',
    kind: 'Deployment',
    isNamespaced: true,
    objects: [workload('shop', 'web', podSpec), workload('shop', 'payment', { ...podSpec, hostPID: true })],
  },
  {
    group: 'apps',
    resource: 'daemonsets',
    kind: 'DaemonSet',
    isNamespaced: true,
    objects: [workload('kube-system', 'kube-proxy', proxy)],
  },
  {
    group: 'rbac.authorization.k8s.io',
    resource: 'clusterrolebindings',
    kind: 'ClusterRoleBinding',
    isNamespaced: false,
    objects: undefined,
  },
];

/** Starts it on the loopback interface. Counts every request in `seen`. */
export function startShopCluster(options: Omit<FakeApiServerOptions, 'reply'> = {}) {
  return startFakeApiServer({ ...options, reply: shopReply });
}

export function shopReply(request: SeenRequest): Reply {
  return replyOf(served, request);
}

/** What a cluster that serves these answers. */
export function replyOf(served: readonly Served[], { method, path, body }: SeenRequest): Reply {
  const [address = '', query = ''] = path.split('?');
  if (method === 'PATCH') return query.includes('dryRun=All') ? dryRunReply(address, body) : notAllowed;
  if (query.includes('watch=true')) return watchReply(address);
  if (method === 'POST' && address.endsWith('/selfsubjectaccessreviews')) {
    const asked = JSON.parse(body).spec?.resourceAttributes?.resource;
    const allowed = served.some(({ resource, objects }) => resource === asked && objects !== undefined);
    return { kind: 'json', status: 201, body: { status: { allowed } } };
  }
  switch (address) {
    case '/version':
      return { kind: 'json', body: { gitVersion: 'v1.37.2', minor: '37', platform: 'linux/amd64' } };
    case '/api':
      return { kind: 'json', body: discovery(served.filter(({ group }) => group === '')) };
    case '/apis':
      return { kind: 'json', body: discovery(served.filter(({ group }) => group !== '')) };
    case '/metrics':
    case '/flagz':
      return { kind: 'status', code: 403, message: 'forbidden' };
    default:
      return objectReply(served, address);
  }
}

const notAllowed: Reply = { kind: 'status', code: 403, message: 'forbidden' };

/** Takes every object but those that share the processes of their node; a namespace is warned of what runs in it. */
function dryRunReply(address: string, body: string): Reply {
  const warnings = address.includes('/namespaces/shop/') ? [] : ['299 - "web-1 (and 1 other pod): privileged"'];
  if (!/"hostPID":true/.test(body)) return { kind: 'json', body: {}, headers: { warning: warnings } };
  const causes = [
    { reason: 'FieldValueForbidden', message: 'not in this cluster', field: 'spec.template.spec.hostPID' },
  ];
  const status = {
    kind: 'Status',
    status: 'Failure',
    reason: 'Invalid',
    code: 422,
    message: 'invalid',
    details: { causes },
  };
  return { kind: 'json', status: 422, body: status };
}

/** A list of all, a list of a namespace, or one object. */
function objectReply(served: readonly Served[], address: string): Reply {
  for (const { group, resource, kind, objects } of served) {
    const root = group === '' ? '/api/v1' : `/apis/${group}/v1`;
    const match = new RegExp(`^${root}(?:/namespaces/([^/]+))?/${resource}(?:/([^/]+))?$`).exec(address);
    if (match === null) continue;
    if (objects === undefined) return { kind: 'status', code: 403, message: 'forbidden' };
    const [, namespace, name] = match;
    const inside = objects.filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace);
    if (name === undefined) return { kind: 'json', body: { metadata: { resourceVersion: '1' }, items: inside } };
    const object = inside.find(({ metadata }) => metadata.name === name);
    if (object === undefined) return { kind: 'status', code: 404, message: 'not found' };
    return { kind: 'json', body: { apiVersion: group === '' ? 'v1' : `${group}/v1`, kind, ...object } };
  }
  return { kind: 'status', code: 404, message: 'not found' };
}

/** A Deployment changes half a second after somebody begins to look. */
function watchReply(address: string): Reply {
  if (!address.endsWith('/deployments')) return { kind: 'hang' };
  const object = { kind: 'PartialObjectMetadata', metadata: { name: 'web', namespace: 'shop', resourceVersion: '2' } };
  return {
    kind: 'parts',
    parts: ['', `${JSON.stringify({ type: 'MODIFIED', object })}\n`],
    everyMs: 500,
    end: 'stay',
  };
}

/** The aggregated form (KEP-3352). */
function discovery(kinds: readonly Served[]): unknown {
  const groups = [...new Set(kinds.map(({ group }) => group))];
  return {
    kind: 'APIGroupDiscoveryList',
    items: groups.map((group) => ({
      metadata: { name: group },
      versions: [
        {
          version: 'v1',
          resources: kinds
            .filter((kind) => kind.group === group)
            .map(({ resource, kind, isNamespaced }) => ({
              resource,
              responseKind: { kind },
              scope: isNamespaced ? 'Namespaced' : 'Cluster',
            })),
        },
      ],
    })),
  };
}
