import type {
  ClusterEvidence,
  GroupKind,
  MetricSample,
  Permission,
  PodGroup,
  RawObject,
  Seen,
  Unseen,
} from '../../../server/src/kubernetes/index.ts';
import { objectResource } from '../../../server/src/kubernetes/index.ts';
import { type CheckOutcome, clusterChecks } from '../../../server/src/rules/index.ts';

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
    user: forbidden('who you are'),
    version: forbidden('the version'),
    apiGroups: forbidden('the list of APIs'),
    anonymous: forbidden('anything without credentials'),
    tls: forbidden('the handshake'),
    flags: forbidden('/flagz', { kind: 'url', path: '/flagz' }),
    metrics: forbidden('/metrics', { kind: 'url', path: '/metrics' }),
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

export function forbidden(what: string, permission?: Permission): Unseen {
  return {
    kind: 'unseen',
    cause: 'forbidden',
    reason: `You may not read ${what}.`,
    ...(permission === undefined ? {} : { permission }),
  };
}

export function metric(name: string, labels: Readonly<Record<string, string>>, value = 1): MetricSample {
  return { name, labels, value };
}

/** The outcome of the check with that id. */
export function outcome(id: string, known: Known): CheckOutcome {
  const check = clusterChecks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`There is no check ${id}.`);
  return check.judge(evidence(known));
}

/** In a line, for tables: `pass`, `fail warning: <message>`, `notVerifiable: <reason>`. */
export function said(id: string, known: Known): string {
  const judged = outcome(id, known);
  switch (judged.kind) {
    case 'pass':
      return `pass: ${judged.because}`;
    case 'fail':
      return judged.failures
        .map(({ severity, message }) => `fail${severity ? ` ${severity}` : ''}: ${message}`)
        .join('\n');
    case 'notVerifiable':
      return `notVerifiable: ${judged.because}`;
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
