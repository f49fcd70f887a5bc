import {
  isLabelValue,
  isPortName,
  type PodPortsFact,
  parseQuantity,
  podSpecsOf,
  type Resource,
  type ServiceFact,
  selectorMatches,
  strangeSelector,
} from '../../kubernetes/index.ts';
import type { ManifestNode, Place } from '../../manifest/index.ts';
import { defineRule, type JsonSchema } from '../rule.ts';

/** House rules of a team; none is asked for unless it is set. */
interface Options {
  readonly requiredLabels?: readonly string[];
  readonly requiredAnnotations?: readonly string[];
  /** `app.kubernetes.io/instance` has to be the name of the object. */
  readonly instanceIsName?: boolean;
  /** Pods have to set `dnsConfig.options`. */
  readonly dnsOptions?: boolean;
  /** Requests have to equal limits. */
  readonly equalResources?: boolean;
  readonly sortedKeys?: boolean;
}

type Message =
  | 'selector'
  | 'label'
  | 'repeatedVariable'
  | 'portName'
  | 'portNumber'
  | 'repeatedPort'
  | 'targetPort'
  | 'requiredLabel'
  | 'requiredAnnotation'
  | 'instance'
  | 'dnsOptions'
  | 'equalResources'
  | 'sortedKeys';

type Report = (at: ManifestNode | Place, message: Message, args: Readonly<Record<string, string | number>>) => void;

const on: JsonSchema = { type: 'boolean' };
const names: JsonSchema = { type: 'array', items: { type: 'string' } };

export const rule = defineRule<'resource', Message, Options>({
  id: 'reliability/selectors-labels-env',
  summary: 'Selectors, labels, variables or ports that do not fit together',
  severity: 'info',
  profile: 'off',
  why:
    'A selector that misses its pods, a variable that is set twice or a port that no container has are found out only when something does ' +
    'not work. The settings add house rules: labels and annotations that workloads must have, DNS options, requests that equal limits, sorted keys.',
  whenNot: 'The house rules are off unless they are set; of the rest, what a tool fills in later.',
  references: {
    peers: [
      'C-0076',
      'C-0077',
      'C-0295',
      'C-0296',
      'KICS:Metadata Label Is Invalid',
      'KL:dnsconfig-options',
      'KL:duplicate-env-var',
      'KL:invalid-target-ports',
      'KL:mismatching-selector',
      'KL:required-annotation-email',
      'KL:required-label-owner',
      'KL:sorted-keys',
      'KS:container-cpu-requests-equal-limits',
      'KS:container-ephemeral-storage-request-equals-limit',
      'KS:container-memory-requests-equal-limits',
      'KS:container-ports-check',
      'KS:container-resource-requests-equal-limits',
      'KS:deployment-pod-selector-labels-match-template-metadata-labels',
      'KS:environment-variable-key-duplication',
      'KS:label-values',
      'KS:statefulset-pod-selector-labels-match-template-metadata-labels',
      'PO:metadataAndInstanceMismatched',
    ],
    urls: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/'],
  },
  fixClass: 'none',
  messages: {
    selector:
      'The selector of {kind} "{name}" does not select the pods of its own template, so the API server refuses it.',
    label: 'The value of label {key} is none that a label may have, so the API server refuses the object.',
    repeatedVariable: 'Container "{container}" sets variable {variable} more than once, and only the last one counts.',
    portName: 'The port name "{port}" breaks the rules for names of ports, so the API server refuses the object.',
    portNumber: 'The port {port} is not between 1 and 65535, so the API server refuses the object.',
    repeatedPort: 'Port {port} is declared more than once in the pod, though only one process can listen on it.',
    targetPort: 'Service "{name}" sends to port {port}, which no pod that it selects declares.',
    requiredLabel: '{kind} "{name}" lacks the label {key}, which the settings ask for.',
    requiredAnnotation: '{kind} "{name}" lacks the annotation {key}, which the settings ask for.',
    instance: '{kind} "{name}" has the instance label {value}, which is not its name.',
    dnsOptions: 'The pods of {kind} "{name}" set no DNS options, which the settings ask for.',
    equalResources:
      'Container "{container}" requests another amount of {resource} than its limit, though the settings ask for the same.',
    sortedKeys: 'The key {key} does not stand in the order of the alphabet, which the settings ask for.',
  },
  subject: 'resource',
  options: {
    schema: {
      type: 'object',
      properties: {
        requiredLabels: { ...names, description: 'Labels that every workload has to have.' },
        requiredAnnotations: { ...names, description: 'Annotations that every workload has to have.' },
        instanceIsName: {
          ...on,
          description: 'The label app.kubernetes.io/instance has to be the name of the object.',
        },
        dnsOptions: { ...on, description: 'Pods have to set dnsConfig.options.' },
        equalResources: { ...on, description: 'Requests have to equal limits.' },
        sortedKeys: { ...on, description: 'Keys have to be sorted.' },
      },
      additionalProperties: false,
    },
    default: {},
  },
  judge(resource, reportFinding, { options, podTemplates }) {
    const report: Report = (at, message, args) => reportFinding({ at, message, args });
    const podSpecs = podSpecsOf(resource, podTemplates);
    const selector = strangeSelector(resource);
    if (selector !== undefined) report(selector, 'selector', { kind: resource.kind, name: resource.name });
    for (const metadata of new Set([resource.metadata, ...podSpecs.map((podSpec) => podSpec.metadata)])) {
      judgeLabels(metadata.get('labels'), report);
    }
    if (resource.kind === 'Service' && resource.group === '') judgeServicePorts(resource, report);
    for (const podSpec of podSpecs) {
      const containers = podSpec.containers.filter(({ kind }) => kind === 'container');
      judgePorts(
        containers.flatMap(({ node }) => node.get('ports').items()),
        report,
      );
      for (const { node, name } of podSpec.containers) {
        judgeVariables(node.get('env').items(), name, report);
        if (options.equalResources === true) judgeEqualResources(node, name, report);
      }
      const dnsOptions = podSpec.node.get('dnsConfig', 'options');
      if (options.dnsOptions === true && !dnsOptions.isUnknown && dnsOptions.items().length === 0)
        report(dnsOptions, 'dnsOptions', { kind: resource.kind, name: resource.name });
    }
    if (podSpecs.length > 0) judgeMetadata(resource, options, report);
    if (options.sortedKeys === true) judgeOrder(resource.node, report);
  },
  judgeNamespace({ name: namespace, facts }, report) {
    const pods = facts.read('podPorts', namespace).map(({ fact }) => fact);
    for (const filed of facts.read('service', namespace)) {
      const selected = pods.filter((pod) => selects(filed.fact, pod));
      // Who selects none has its pods elsewhere; who declares no port at all leaves it open.
      if (selected.length === 0 || selected.some(({ isOpen }) => isOpen)) continue;
      const isDeclared = selected.some(({ numbers }) => numbers.length > 0);
      for (const [index, port] of filed.fact.targetPorts.entries()) {
        if (port === undefined || (typeof port === 'number' ? !isDeclared || port > 65535 : !isPortName(port)))
          continue;
        if (selected.some(({ numbers, names }) => [...numbers, ...names].includes(port))) continue;
        report({
          at: { filed, path: ['spec', 'ports', index, 'targetPort'] },
          message: 'targetPort',
          args: { name: filed.fact.identity.name, port },
        });
      }
    }
  },
});

function selects({ selector, isOpen }: ServiceFact, { podLabels }: PodPortsFact): boolean {
  if (isOpen || Object.keys(selector).length === 0) return false;
  return selectorMatches({ matchLabels: selector, matchExpressions: [] }, podLabels);
}

function judgeLabels(labels: ManifestNode, report: Report): void {
  for (const { key, value } of labels.entries()) {
    if (value.string !== undefined && !isLabelValue(value.string)) report(value, 'label', { key });
  }
}

function judgeVariables(variables: readonly ManifestNode[], container: string, report: Report): void {
  const seen = new Set<string>();
  for (const item of variables) {
    const variable = item.get('name').string;
    if (variable === undefined) continue;
    if (seen.has(variable)) report(item.get('name'), 'repeatedVariable', { container, variable });
    seen.add(variable);
  }
}

function judgePorts(ports: readonly ManifestNode[], report: Report): void {
  const seen = new Set<string>();
  for (const item of ports) {
    const name = item.get('name');
    if (name.string !== undefined && !isPortName(name.string)) report(name, 'portName', { port: name.string });
    const port = item.get('containerPort');
    judgePortNumber(port, report);
    const protocol = item.get('protocol');
    if (port.number === undefined || protocol.isUnknown) continue;
    const key = `${port.number}/${protocol.string ?? 'TCP'}`;
    if (seen.has(key)) report(port, 'repeatedPort', { port: key });
    seen.add(key);
  }
}

function judgePortNumber(port: ManifestNode, report: Report): void {
  const number = port.number ?? 1;
  if (number < 1 || number > 65535) report(port, 'portNumber', { port: number });
}

function judgeServicePorts({ spec }: Resource, report: Report): void {
  for (const item of spec.get('ports').items()) {
    const target = item.get('targetPort');
    judgePortNumber(target, report);
    // Digits in quotes are a name for the API server, and names need a letter.
    if (target.string !== undefined && !isPortName(target.string)) report(target, 'portName', { port: target.string });
  }
}

const resourceNames = ['cpu', 'memory', 'ephemeral-storage'];

/** A limit alone is the request too. */
function judgeEqualResources(container: ManifestNode, name: string, report: Report): void {
  for (const resource of resourceNames) {
    const request = container.get('resources', 'requests', resource);
    const limit = container.get('resources', 'limits', resource);
    const requested = quantityOf(request);
    if (requested === undefined || limit.isUnknown || requested === quantityOf(limit)) continue;
    report(request, 'equalResources', { container: name, resource });
  }
}

function quantityOf(node: ManifestNode): number | undefined {
  const quantity = node.string ?? node.number;
  return quantity === undefined ? undefined : parseQuantity(quantity);
}

function judgeMetadata(resource: Resource, options: Options, report: Report): void {
  const { kind, name, metadata } = resource;
  const required = [
    { message: 'requiredLabel', field: 'labels', keys: options.requiredLabels ?? [] },
    { message: 'requiredAnnotation', field: 'annotations', keys: options.requiredAnnotations ?? [] },
  ] as const;
  for (const { message, field, keys } of required) {
    for (const key of keys) {
      const node = metadata.get(field, key);
      if (node.isMissing) report(node, message, { kind, name, key });
    }
  }
  const instance = metadata.get('labels', 'app.kubernetes.io/instance');
  if (options.instanceIsName !== true || name === '') return;
  if (instance.isMissing) report(instance, 'requiredLabel', { kind, name, key: 'app.kubernetes.io/instance' });
  else if (instance.string !== undefined && instance.string !== name)
    report(instance, 'instance', { kind, name, value: instance.string });
}

/** The first key of each map that stands behind a greater one. */
function judgeOrder(node: ManifestNode, report: Report): void {
  let before = '';
  for (const { key, value } of node.entries()) {
    if (key < before) {
      report(value.keyPlace, 'sortedKeys', { key });
      break;
    }
    before = key;
  }
  for (const child of [...node.entries().map(({ value }) => value), ...node.items()]) judgeOrder(child, report);
}
