import { parseImageReference } from '../images/imageReference.ts';
import { isRawObject } from '../values/json.ts';

/** A JSON object as the API server sends it. */
export type RawObject = Readonly<Record<string, unknown>>;

/**
 * A copy of a live object without the fields that the API server filled in by itself, so that "not set" means in a
 * cluster what it means in a file. A field goes only if its value is the default, which by definition means the same as
 * leaving it out; whoever wrote just that value loses nothing but a word. Lists keep their length, so that paths stay
 * true. What is not changed is shared with `object`, which stays as it is.
 *
 * Sources: pkg/apis/{core/v1,apps/v1,batch/v1,networking/v1,rbac/v1,admissionregistration/v1}/defaults.go of Kubernetes 1.37.
 */
export function withoutServerDefaults(object: RawObject): RawObject {
  const kind = object.kind;
  const defaults = typeof kind === 'string' ? defaultsOf[kind] : undefined;
  const stripped = defaults === undefined ? object : strip(object, defaults);
  return isRawObject(stripped) ? stripped : object;
}

/**
 * What the server fills in: a value to drop where the field equals it, a function that says whether the field's value is
 * the default (given the map that it stands in), or the defaults of what lies below.
 */
type Default =
  | { readonly equals: unknown }
  | { readonly when: (value: unknown, owner: RawObject) => boolean }
  | { readonly below: Defaults; readonly dropIfEmpty?: true }
  | { readonly choose: (value: RawObject) => Defaults }
  | { readonly each: Defaults };

type Defaults = Readonly<Record<string, Default>>;

function strip(value: unknown, defaults: Defaults): unknown {
  if (!isRawObject(value)) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [key, rule] of Object.entries(defaults)) {
    if (!Object.hasOwn(value, key)) continue;
    const before = value[key];
    const after = apply(rule, before, value);
    if (after === before) continue;
    copy ??= { ...value };
    if (after === undefined) delete copy[key];
    else copy[key] = after;
  }
  return copy ?? value;
}

/** The field without defaults; undefined where all of it is one. */
function apply(rule: Default, value: unknown, owner: RawObject): unknown {
  if ('equals' in rule) return isSame(value, rule.equals) ? undefined : value;
  if ('when' in rule) return rule.when(value, owner) ? undefined : value;
  if ('choose' in rule) return isRawObject(value) ? strip(value, rule.choose(value)) : value;
  if ('each' in rule) {
    if (!Array.isArray(value)) return value;
    const items = value.map((item) => strip(item, rule.each));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const stripped = strip(value, rule.below);
  return rule.dropIfEmpty && isRawObject(stripped) && Object.keys(stripped).length === 0 ? undefined : stripped;
}

const equals = (value: unknown): Default => ({ equals: value });
const httpGet: Default = { below: { path: equals('/'), scheme: equals('HTTP') } };
const probe: Default = {
  below: {
    timeoutSeconds: equals(1),
    periodSeconds: equals(10),
    successThreshold: equals(1),
    failureThreshold: equals(3),
    httpGet,
    grpc: { below: { service: equals('') } },
  },
};
const handler: Default = { below: { httpGet } };

/** Always for `:latest` or neither tag nor digest, else IfNotPresent (SetDefaults_Container). */
function isDefaultPullPolicy(value: unknown, container: RawObject): boolean {
  if (typeof container.image !== 'string') return false;
  const reference = parseImageReference(container.image);
  if (reference === undefined) return false;
  const isLatest = reference.tag === 'latest' || (reference.tag === '' && reference.digest === '');
  return value === (isLatest ? 'Always' : 'IfNotPresent');
}

const envSource: Default = { below: { fieldRef: { below: { apiVersion: equals('v1') } } } };

const container: Defaults = {
  imagePullPolicy: { when: isDefaultPullPolicy },
  terminationMessagePath: equals('/dev/termination-log'),
  terminationMessagePolicy: equals('File'),
  resources: { below: {}, dropIfEmpty: true },
  securityContext: { below: { procMount: equals('Default') } },
  ports: { each: { protocol: equals('TCP') } },
  env: { each: { valueFrom: envSource } },
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle: { below: { postStart: handler, preStop: handler } },
};

const downwardItems: Default = { each: { fieldRef: { below: { apiVersion: equals('v1') } } } };

const volume: Defaults = {
  secret: { below: { defaultMode: equals(0o644) } },
  configMap: { below: { defaultMode: equals(0o644) } },
  downwardAPI: { below: { defaultMode: equals(0o644), items: downwardItems } },
  projected: {
    below: {
      defaultMode: equals(0o644),
      sources: { each: { serviceAccountToken: { below: { expirationSeconds: equals(3600) } } } },
    },
  },
  hostPath: { below: { type: equals('') } },
  iscsi: { below: { iscsiInterface: equals('default') } },
  rbd: { below: { pool: equals('rbd'), user: equals('admin'), keyring: equals('/etc/ceph/keyring') } },
};

const podSpec: Defaults = {
  dnsPolicy: equals('ClusterFirst'),
  restartPolicy: equals('Always'),
  schedulerName: equals('default-scheduler'),
  terminationGracePeriodSeconds: equals(30),
  // An empty map is what the server makes of an absent one (SetDefaults_PodSpec).
  securityContext: { below: {}, dropIfEmpty: true },
  enableServiceLinks: equals(true),
  preemptionPolicy: equals('PreemptLowerPriority'),
  priority: equals(0),
  // The alias is written beside serviceAccountName (pkg/apis/core/v1/conversion.go).
  serviceAccount: { when: (value, owner) => value === owner.serviceAccountName },
  containers: { each: container },
  initContainers: { each: container },
  ephemeralContainers: { each: container },
  volumes: { each: volume },
};

/** The ServiceAccount admission plugin names the default account in pods, not in templates. */
const runningPodSpec: Defaults = { ...podSpec, serviceAccountName: equals('default') };

/** On the node's network every port is a host port; the server writes it into pods (SetDefaults_Pod). */
const hostNetworkContainer: Defaults = {
  ...container,
  ports: { each: { protocol: equals('TCP'), hostPort: { when: (value, owner) => value === owner.containerPort } } },
};
const hostNetworkPodSpec: Defaults = {
  ...runningPodSpec,
  containers: { each: hostNetworkContainer },
  initContainers: { each: hostNetworkContainer },
};

const template: Default = { below: { spec: { below: podSpec } } };
const jobSpec: Defaults = {
  completions: equals(1),
  parallelism: equals(1),
  backoffLimit: equals(6),
  completionMode: equals('NonIndexed'),
  suspend: equals(false),
  podReplacementPolicy: equals('TerminatingOrFailed'),
  template,
};
const rollingUpdate: Default = {
  below: { maxSurge: equals('25%'), maxUnavailable: equals('25%') },
  dropIfEmpty: true,
};

const webhook: Default = {
  each: {
    failurePolicy: equals('Fail'),
    matchPolicy: equals('Equivalent'),
    namespaceSelector: { below: {}, dropIfEmpty: true },
    objectSelector: { below: {}, dropIfEmpty: true },
    timeoutSeconds: equals(10),
    reinvocationPolicy: equals('Never'),
    rules: { each: { scope: equals('*') } },
    clientConfig: { below: { service: { below: { port: equals(443) } } } },
  },
};

const defaultsOf: Readonly<Record<string, Defaults | undefined>> = {
  Pod: { spec: { choose: (spec) => (spec.hostNetwork === true ? hostNetworkPodSpec : runningPodSpec) } },
  PodTemplate: { template },
  ReplicationController: { spec: { below: { replicas: equals(1), template } } },
  ReplicaSet: { spec: { below: { replicas: equals(1), template } } },
  Deployment: {
    spec: {
      below: {
        replicas: equals(1),
        revisionHistoryLimit: equals(10),
        progressDeadlineSeconds: equals(600),
        strategy: { below: { rollingUpdate, type: equals('RollingUpdate') }, dropIfEmpty: true },
        template,
      },
    },
  },
  DaemonSet: {
    spec: {
      below: {
        revisionHistoryLimit: equals(10),
        updateStrategy: equals({ rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: 'RollingUpdate' }),
        template,
      },
    },
  },
  StatefulSet: {
    spec: {
      below: {
        replicas: equals(1),
        revisionHistoryLimit: equals(10),
        podManagementPolicy: equals('OrderedReady'),
        updateStrategy: equals({ rollingUpdate: { partition: 0 }, type: 'RollingUpdate' }),
        persistentVolumeClaimRetentionPolicy: equals({ whenDeleted: 'Retain', whenScaled: 'Retain' }),
        template,
      },
    },
  },
  Job: { spec: { below: jobSpec } },
  CronJob: {
    spec: {
      below: {
        concurrencyPolicy: equals('Allow'),
        suspend: equals(false),
        successfulJobsHistoryLimit: equals(3),
        failedJobsHistoryLimit: equals(1),
        jobTemplate: { below: { spec: { below: { template } } } },
      },
    },
  },
  Service: {
    spec: {
      below: {
        type: equals('ClusterIP'),
        sessionAffinity: equals('None'),
        internalTrafficPolicy: equals('Cluster'),
        externalTrafficPolicy: equals('Cluster'),
        allocateLoadBalancerNodePorts: equals(true),
        ports: { each: { protocol: equals('TCP'), targetPort: { when: (value, owner) => value === owner.port } } },
      },
    },
  },
  NetworkPolicy: {
    spec: {
      below: {
        policyTypes: { when: isDefaultPolicyTypes },
        ingress: { each: { ports: { each: { protocol: equals('TCP') } } } },
        egress: { each: { ports: { each: { protocol: equals('TCP') } } } },
      },
    },
  },
  RoleBinding: { subjects: { each: { apiGroup: { when: isDefaultSubjectGroup } } } },
  ClusterRoleBinding: { subjects: { each: { apiGroup: { when: isDefaultSubjectGroup } } } },
  ValidatingWebhookConfiguration: { webhooks: webhook },
  MutatingWebhookConfiguration: { webhooks: webhook },
};

/** Ingress always, Egress where the policy has egress rules (SetDefaults_NetworkPolicy). */
function isDefaultPolicyTypes(value: unknown, spec: RawObject): boolean {
  const hasEgress = Array.isArray(spec.egress) && spec.egress.length > 0;
  return isSame(value, hasEgress ? ['Ingress', 'Egress'] : ['Ingress']);
}

function isDefaultSubjectGroup(value: unknown, subject: RawObject): boolean {
  return value === (subject.kind === 'ServiceAccount' ? '' : 'rbac.authorization.k8s.io');
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
