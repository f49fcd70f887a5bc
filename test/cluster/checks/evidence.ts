import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  ClusterEvidence,
  GroupKind,
  MetricSample,
  PodGroup,
  RawObject,
  Seen,
} from '../../../server/src/kubernetes/index.ts';
import { describePermission, forbidden, objectResource } from '../../../server/src/kubernetes/index.ts';
import { type CheckOutcome, type ClusterCheck, clusterChecks } from '../../../server/src/rules/index.ts';
import { inEnglish, phrase } from '../../../server/src/sentences/index.ts';
import { assertTranslatable } from '../../support/translations.ts';
import { recordReads } from './recordReads.ts';

/** What a test says of a cluster. Everything else could not be seen. */
export interface Known extends Partial<Omit<ClusterEvidence, 'resources'>> {
  /** Objects with `apiVersion` and `kind`; a kind that is named here is seen, with all of its objects. */
  readonly objects?: Readonly<Record<GroupKind, readonly RawObject[]>>;
}

export function evidence({ objects = {}, ...known }: Known): ClusterEvidence {
  return {
    scannedAt: '2026-11-25T12:00:00.000Z',
    kubeconfig: {
      path: '~/.kube/config',
      server: 'https://cluster.example:6443',
      skipsTlsVerification: false,
      authentication: 'client-certificate',
      clientCertificateExpires: '2027-06-01T00:00:00.000Z',
      fileMode: 0o600,
      execCommand: undefined,
      impersonates: false,
    },
    user: forbidden(phrase('who you are to the cluster')),
    version: forbidden(phrase('the version')),
    apiGroups: forbidden(phrase('the list of APIs')),
    anonymous: forbidden('/healthz'),
    tls: forbidden('certificates'),
    flags: forbidden('/flagz', { kind: 'url', path: '/flagz' }),
    metrics: forbidden('/metrics', { kind: 'url', path: '/metrics' }),
    retiringWrites: [],
    secretTraces: [],
    pods: forbidden('pods', { kind: 'resource', group: '', resource: 'pods', verbs: ['list'] }),
    ...known,
    resources: (kind) => {
      const listed = objects[kind];
      return listed === undefined ? forbidden(kind) : seen(listed.map(objectResource));
    },
  };
}

export function seen<T>(value: T): Seen<T> {
  return { kind: 'seen', value };
}

export function metric(name: string, labels: Readonly<Record<string, string>>, value = 1): MetricSample {
  return { name, labels, value };
}

/**
 * The outcome of the check with that id. Whatever a test asks, the check has to have declared what it reads, what it says can be
 * translated, and it must not pass for not having found something in lists of which only a part was read.
 */
export function outcome(id: string, known: Known): CheckOutcome {
  const check = clusterChecks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`There is no check ${id}.`);
  const { evidence: recording, reads } = recordReads(evidence(known));
  const judged = check.judge(recording);
  assertTranslatable(judged);
  const declared = new Set(check.needs.map(describePermission));
  assert.deepEqual(
    [...reads].filter((read) => !declared.has(read)),
    [],
    `${id} reads what it does not declare`,
  );
  if (judged.kind === 'pass' && !passesByFinding.has(id) && reads.size > 0) assertWholeLists(check, known);
  return judged;
}

/** These pass for what they found, so that it does not matter what else there is; the control plane is in one namespace. */
const passesByFinding: ReadonlySet<string> = new Set([
  'api-server/admission-node-restriction',
  'api-server/admission-pod-security-disabled',
  'api-server/audit-logging',
  'api-server/authorization',
  'api-server/replicas-agree',
  'etcd/mutual-tls',
  'image/admission-enforced',
  'image/vulnerability-scanner',
  'monitoring/log-forwarder-missing',
  'monitoring/prometheus-missing',
  'monitoring/falco-missing',
  'network/cni-no-netpol',
  'upgrade/node-auto-update',
]);

function assertWholeLists(check: ClusterCheck, known: Known): void {
  const whole = evidence(known);
  let isAsked = false;
  const partial = <T>(list: Seen<T>): Seen<T> => {
    if (list.kind === 'unseen') return list;
    isAsked = true;
    return { ...list, incomplete: { text: 'Only a part was read.' } };
  };
  const judged = check.judge({
    ...whole,
    get pods() {
      return partial(whole.pods);
    },
    resources: (kind) => (clusterWide.has(kind) ? whole.resources(kind) : partial(whole.resources(kind))),
  });
  assert.ok(!isAsked || judged.kind !== 'pass', `${check.id} passes by lists of which only a part was read`);
}

/** These are read whole or not at all. */
const clusterWide: ReadonlySet<GroupKind> = new Set([
  'Node',
  'APIServer.config.openshift.io',
  'APIService.apiregistration.k8s.io',
  'ConfigMap',
  'Lease.coordination.k8s.io',
]);

/** In a line, for tables: `pass`, `fail warning: <message>`, `notVerifiable: <reason>`. */
export function said(id: string, known: Known): string {
  const judged = outcome(id, known);
  switch (judged.kind) {
    case 'pass':
      return `pass: ${inEnglish(judged.because)}`;
    case 'fail':
      return judged.failures
        .map(({ severity, message }) => `fail${severity ? ` ${severity}` : ''}: ${inEnglish(message)}`)
        .join('\n');
    case 'notVerifiable':
      return `notVerifiable: ${inEnglish(judged.because)}`;
  }
}

/** Running pods of one Deployment `shop/<name>`. */
export function podGroup(name: string, more: Partial<PodGroup> & { readonly spec?: RawObject } = {}): PodGroup {
  const { spec = { containers: [] }, ...group } = more;
  const namespace = group.namespace ?? 'shop';
  const labels = group.labels ?? { app: name };
  return {
    controller: { group: 'apps', version: 'v1', kind: 'Deployment', namespace, name },
    pod: objectResource({ apiVersion: 'v1', kind: 'Pod', metadata: { name: `${name}-1`, namespace, labels }, spec }),
    namespace,
    labels,
    hostNetwork: false,
    count: 1,
    images: [],
    ...group,
  };
}

/** Each row: what is known, and what the check says. */
export function table(id: string, rows: readonly (readonly [string, Known, RegExp])[]): void {
  describe(id, () => {
    for (const [name, known, expected] of rows) test(name, () => assert.match(said(id, known), expected));
  });
}

/** A static pod of the control plane with these arguments. */
export function staticPod(component: string, args: readonly string[], node = 'node-1'): PodGroup {
  const name = `${component}-${node}`;
  const metadata = { name, namespace: 'kube-system' };
  const spec = { containers: [{ name: component, image: component, command: [component, ...args] }] };
  return podGroup(name, {
    namespace: 'kube-system',
    controller: { group: '', version: 'v1', kind: 'Pod', ...metadata },
    pod: objectResource({ apiVersion: 'v1', kind: 'Pod', metadata, spec }),
    hostNetwork: true,
  });
}

/** The volume by which the admission plugin ServiceAccount hands a pod its token. */
export const tokenVolume: RawObject = {
  name: 'kube-api-access-x',
  projected: { sources: [{ serviceAccountToken: { path: 'token' } }] },
};

export function configMap(name: string, data: Readonly<Record<string, string>>, namespace = 'kube-system'): RawObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}
