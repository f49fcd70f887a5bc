import type { ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';
import type { Component, ComponentFlag, ComponentName } from './component.ts';
import { makeComponent } from './componentFlags.ts';
import { environmentFlags } from './environmentFlags.ts';
import { flagNamesOf } from './flagTable.ts';
import { scalarText, valueFlag } from './valueFlag.ts';

const sections: readonly (readonly [string, ComponentName])[] = [
  ['kubeAPIServer', 'kube-apiserver'],
  ['kubeControllerManager', 'kube-controller-manager'],
  ['kubeScheduler', 'kube-scheduler'],
  ['kubeProxy', 'kube-proxy'],
  ['kubelet', 'kubelet'],
  ['controlPlaneKubelet', 'kubelet'],
  ['masterKubelet', 'kubelet'],
];

/**
 * The component sections of a kOps Cluster or InstanceGroup. kOps adds many arguments by its own lights, which depend on
 * the cluster, so these components are always open: what is not written is not absent.
 */
export function kopsComponents(resource: Resource): readonly Component[] {
  if (resource.group !== 'kops.k8s.io' && resource.group !== 'kops') return [];
  if (resource.kind !== 'Cluster' && resource.kind !== 'InstanceGroup') return [];
  const components = sections.flatMap(([key, component]) => {
    const section = resource.spec.get(key);
    return section.type === 'map' ? [sectionComponent(resource, component, section)] : [];
  });
  const etcdClusters = resource.spec.get('etcdClusters').items();
  return [...components, ...etcdClusters.flatMap((cluster) => etcdComponent(resource, cluster.get('manager')))];
}

function sectionComponent(resource: Resource, component: ComponentName, section: ManifestNode): Component {
  return makeComponent({
    component,
    source: 'kops',
    resource,
    argumentsNode: section,
    anchor: section,
    flags: section.entries().map(({ key, value }) => fieldFlag(component, key, value)),
    isOpen: true,
  });
}

function etcdComponent(resource: Resource, manager: ManifestNode): readonly Component[] {
  const environment = manager.get('env');
  if (environment.type !== 'list') return [];
  const { flags } = environmentFlags(manager);
  return [
    makeComponent({
      component: 'etcd',
      source: 'kops',
      resource,
      argumentsNode: environment,
      anchor: environment,
      flags,
      isOpen: true,
    }),
  ];
}

/** Fields whose `flag:` tag in kOps' pkg/apis/kops/componentconfig.go is not simply their own name with dashes. */
const irregularFields: Readonly<Record<string, string>> = {
  auditLogMaxBackups: 'audit-log-maxbackup',
  enableContentionProfiling: 'contention-profiling',
  enableProfiling: 'profiling',
  kubeconfigPath: 'kubeconfig',
  logLevel: 'v',
};

function fieldFlag(component: ComponentName, field: string, node: ManifestNode): ComponentFlag {
  const name = irregularFields[field] ?? flagByLetters(component, field) ?? withDashes(field);
  return valueFlag(name, 'kops', node, fieldText(node));
}

/** `auditLogMaxAge` is `audit-log-maxage`: the letters are the same, the dashes are where the flag has them. */
function flagByLetters(component: ComponentName, field: string): string | undefined {
  const letters = field.toLowerCase();
  return flagNamesOf(component).find((flag) => flag.replaceAll('-', '') === letters);
}

/** `insecureBindAddress`, `clientCAFile`: a dash where a word starts, runs of capitals being one word. */
function withDashes(field: string): string {
  return field
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

/** Lists are joined by commas, maps as `key=value` pairs. */
function fieldText(node: ManifestNode): string | undefined {
  if (node.type === 'list') return joined(node.items().map(scalarText), node.isComplete);
  if (node.type !== 'map') return scalarText(node);
  const pairs = node.entries().map(({ key, value }) => {
    const text = scalarText(value);
    return text === undefined ? undefined : `${key}=${text}`;
  });
  return joined(pairs, node.isComplete);
}

function joined(values: readonly (string | undefined)[], isComplete: boolean): string | undefined {
  return isComplete && values.every((value) => value !== undefined) ? values.join(',') : undefined;
}
