import { type Container, lacksLimit, lacksRequest, parseQuantity, type ResourceName } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix, type Profile, type Rule, type RuleDescription, type Severity } from '../rule.ts';

/** A text that no API server takes for a quantity, so that a forgotten placeholder fails at once. */
const placeholder = 'REPLACE_WITH_QUANTITY';

interface Row extends Pick<RuleDescription, 'summary' | 'why' | 'whenNot' | 'references' | 'overrides'> {
  readonly name: string;
  readonly severity: Severity;
  readonly profile: Profile;
  readonly field: 'limits' | 'requests';
  readonly resource: ResourceName;
  readonly missing: string;
}

/** `atMost`: the highest limit that is still accepted. */
interface LimitOptions {
  readonly atMost?: string;
}

const resourceDocumentation = ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'];

const rows: readonly Row[] = [
  {
    name: 'memory-limit',
    summary: 'No memory limit',
    severity: 'warning',
    profile: 'restricted',
    field: 'limits',
    resource: 'memory',
    why:
      'Without a limit a leak, or a request made to use much memory, takes all the memory of the node, and the kernel then kills ' +
      'processes of other pods. A limit at the pod (from 1.34) does as well.',
    whenNot:
      'Where a LimitRange outside the workspace supplies the limit; those in it are taken into account. Suppress it with that reason.',
    references: {
      nsa: true,
      peers: [
        'C-0004',
        'C-0009',
        'C-0271',
        'CKV_K8S_13',
        'KA:LimitsMemoryExceeded',
        'KA:LimitsMemoryNotSet',
        'KA:LimitsNotSet',
        'KICS:Memory Limits Not Defined',
        'KL:unset-memory-requirements',
        'KS:container-resources',
        'KSEC:LimitsMemory',
        'KSV-0018',
        'PO:memoryLimitsMissing',
        'SNYK-CC-K8S-4',
      ],
      urls: resourceDocumentation,
    },
    // A limit is the request too where none is written.
    overrides: ['pod/memory-request'],
    missing: 'Container "{container}" has no memory limit, so a leak or an attack in it can exhaust the node.',
  },
  {
    name: 'memory-request',
    summary: 'No memory request',
    severity: 'info',
    profile: 'all',
    field: 'requests',
    resource: 'memory',
    why:
      'The scheduler counts requests only. A container without one lands on a node that has no memory left for it, and is among the ' +
      'first to be evicted.',
    whenNot: 'Where a LimitRange outside the workspace supplies the request; those in it are taken into account.',
    references: {
      peers: [
        'C-0269',
        'CKV_K8S_12',
        'KICS:Memory Requests Not Defined',
        'KSEC:RequestsMemory',
        'KSV-0016',
        'PO:memoryRequestsMissing',
      ],
      urls: resourceDocumentation,
    },
    missing:
      'Container "{container}" requests no memory, so the scheduler may put it where none is left and it is evicted early.',
  },
  {
    name: 'cpu-request',
    summary: 'No CPU request',
    severity: 'info',
    profile: 'all',
    field: 'requests',
    resource: 'cpu',
    why:
      'The scheduler counts requests only, and under load the kernel shares the CPU in proportion to them. A container without one ' +
      'gets next to nothing when its neighbours are busy.',
    whenNot: 'Where a LimitRange outside the workspace supplies the request; those in it are taken into account.',
    references: {
      peers: [
        'C-0268',
        'CKV_K8S_10',
        'KICS:CPU Requests Not Set',
        'KL:unset-cpu-requirements',
        'KSEC:RequestsCPU',
        'KSV-0015',
        'PO:cpuRequestsMissing',
      ],
      urls: resourceDocumentation,
    },
    missing:
      'Container "{container}" requests no CPU, so the scheduler does not reckon with it and busy neighbours starve it.',
  },
  {
    name: 'cpu-limit',
    summary: 'No CPU limit',
    severity: 'info',
    profile: 'off',
    field: 'limits',
    resource: 'cpu',
    why:
      'Without a limit a container may use all the CPU that its neighbours leave idle. Whether that is a weakness is contested: with ' +
      'requests set nobody starves, while a limit slows a container down on a node that has nothing else to do. So this rule is ' +
      'switched off unless it is asked for by name.',
    whenNot: 'Where CPU requests are set everywhere and latency matters more than an even bill.',
    references: {
      peers: [
        'C-0050',
        'C-0270',
        'CKV_K8S_11',
        'KA:LimitsCPUExceeded',
        'KA:LimitsCPUNotSet',
        'KICS:CPU Limits Not Set',
        'KSEC:LimitsCPU',
        'KSV-0011',
        'PO:cpuLimitsMissing',
        'SNYK-CC-K8S-5',
      ],
      urls: resourceDocumentation,
    },
    overrides: ['pod/cpu-request'],
    missing: 'Container "{container}" has no CPU limit, so it may take all the CPU that its neighbours leave idle.',
  },
  {
    name: 'ephemeral-storage-limit',
    summary: 'No ephemeral-storage limit',
    severity: 'info',
    profile: 'all',
    field: 'limits',
    resource: 'ephemeral-storage',
    why:
      'What a container writes outside its volumes, to emptyDir volumes and to its log lies on the disk of the node. When that is full the ' +
      'kubelet evicts pods until it is not, and not the guilty one first.',
    whenNot: 'Where a LimitRange outside the workspace supplies the limit; those in it are taken into account.',
    references: {
      peers: ['KS:container-ephemeral-storage-request-and-limit'],
      urls: ['https://kubernetes.io/docs/concepts/storage/ephemeral-storage/'],
    },
    missing:
      'Container "{container}" has no limit for ephemeral storage, so what it writes can fill the disk of the node.',
  },
];

export const rules: readonly Rule[] = rows.map((row) => (row.field === 'limits' ? limitRule(row) : requestRule(row)));

function limitRule(row: Row): Rule {
  const { resource } = row;
  return defineRule<'container', 'missing' | 'exceeded', LimitOptions>({
    ...descriptionOf(row),
    messages: {
      missing: row.missing,
      exceeded: `Container "{container}" may use up to {limit} of ${resource}, more than the {atMost} that the settings allow.`,
    },
    subject: 'container',
    options: {
      schema: {
        type: 'object',
        properties: { atMost: { type: 'string', description: 'The highest limit that is still accepted, e.g. 2Gi.' } },
        additionalProperties: false,
      },
      default: {},
    },
    judge(container, report, { version, options: { atMost } }) {
      const node = container.node.get('resources', 'limits', resource);
      if (lacksLimit(container, resource, version)) {
        report({
          at: node,
          message: 'missing',
          args: { container: container.name },
          fixes: () => [scaffold(container, node, row)],
        });
        return;
      }
      const limit = node.string ?? node.number;
      if (atMost !== undefined && limit !== undefined && isMore(limit, atMost))
        report({ at: node, message: 'exceeded', args: { container: container.name, limit, atMost } });
    },
    madeGood: ({ name, facts }) =>
      facts.read('limitRange', name).some(({ fact }) => fact.defaultLimits.includes(resource)) ? ['missing'] : [],
  });
}

function requestRule(row: Row): Rule {
  const { resource } = row;
  return defineRule({
    ...descriptionOf(row),
    messages: { missing: row.missing },
    subject: 'container',
    judge(container, report, { version }) {
      if (!lacksRequest(container, resource, version)) return;
      const node = container.node.get('resources', 'requests', resource);
      report({
        at: node,
        message: 'missing',
        args: { container: container.name },
        fixes: () => [scaffold(container, node, row)],
      });
    },
    madeGood: ({ name, facts }) =>
      facts.read('limitRange', name).some(({ fact }) => fact.defaultRequests.includes(resource)) ? ['missing'] : [],
  });
}

function descriptionOf({ name, summary, severity, profile, why, whenNot, references, overrides }: Row) {
  const id = `pod/${name}` as const;
  const fixClass = 'input' as const;
  return { id, summary, severity, profile, why, whenNot, references, fixClass, ...(overrides && { overrides }) };
}

function isMore(limit: string | number, atMost: string): boolean {
  return (parseQuantity(limit) ?? 0) > (parseQuantity(atMost) ?? Number.POSITIVE_INFINITY);
}

function scaffold(container: Container, node: ManifestNode, { field, resource }: Row): Fix {
  return {
    fixClass: 'input',
    title: `Add resources.${field}.${resource} to container "${container.name}" (replace the placeholder)`,
    operations: [{ op: 'set', node, value: placeholder }],
  };
}
