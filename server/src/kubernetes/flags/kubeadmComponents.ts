import type { ManifestNode, ManifestPath } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';
import type { Component, ComponentFlag, ComponentName, FlagSource } from './component.ts';
import { makeComponent } from './componentFlags.ts';
import { kubeadmDefaults } from './kubeadmDefaults.ts';
import { scalarText, valueFlag } from './valueFlag.ts';

const controlPlane: readonly (readonly [ComponentName, ManifestPath])[] = [
  ['kube-apiserver', ['apiServer']],
  ['kube-controller-manager', ['controllerManager']],
  ['kube-scheduler', ['scheduler']],
  ['etcd', ['etcd', 'local']],
];

/**
 * The components that a kubeadm configuration starts. A ClusterConfiguration starts the whole control plane whatever it
 * says of it; the kubelet is judged where it is given extra arguments.
 */
export function kubeadmComponents(resource: Resource): readonly Component[] {
  if (resource.group !== 'kubeadm.k8s.io') return [];
  switch (resource.kind) {
    case 'ClusterConfiguration':
      return controlPlane
        .filter(([component]) => component !== 'etcd' || !resource.node.get('etcd', 'external').isKnown)
        .map(([component, path]) => kubeadmComponent(resource, component, resource.node.get(...path, 'extraArgs')));
    case 'InitConfiguration':
    case 'JoinConfiguration': {
      const extraArguments = resource.node.get('nodeRegistration', 'kubeletExtraArgs');
      return extraArguments.isKnown ? [kubeadmComponent(resource, 'kubelet', extraArguments)] : [];
    }
    default:
      return [];
  }
}

function kubeadmComponent(resource: Resource, component: ComponentName, extraArguments: ManifestNode): Component {
  const source: FlagSource = takesMaps(resource.version) ? 'kubeadm-v1beta3' : 'kubeadm-v1beta4';
  const defaults = kubeadmDefaults(component, resource.node);
  return makeComponent({
    component,
    source,
    resource,
    argumentsNode: extraArguments,
    anchor: extraArguments,
    flags: [...mapFlags(extraArguments, source), ...listFlags(extraArguments, source, defaults)],
    isOpen: extraArguments.isUnknown || (extraArguments.isKnown && !extraArguments.isComplete),
    defaults,
  });
}

/** v1beta4 turned the maps of v1alpha1 to v1beta3 into lists. */
function takesMaps(version: string): boolean {
  return /^v1(alpha\d|beta[123])$/.test(version);
}

function mapFlags(extraArguments: ManifestNode, source: FlagSource): readonly ComponentFlag[] {
  return extraArguments.entries().map(({ key, value }) => valueFlag(key, source, value));
}

function listFlags(
  extraArguments: ManifestNode,
  source: FlagSource,
  defaults: ReadonlyMap<string, string>,
): readonly ComponentFlag[] {
  return extraArguments.items().flatMap((item) => {
    const name = item.get('name').string;
    if (name === undefined) return [];
    const node = item.get('value');
    return [valueFlag(name, source, node, mergedValue(item, scalarText(node), defaults.get(name)))];
  });
}

/** kubeadm.k8s.io/v1 can put an argument before or behind kubeadm's own (apis/kubeadm/argument.go, MergeArgWithBase). */
function mergedValue(item: ManifestNode, value: string | undefined, base: string | undefined): string | undefined {
  const method = item.get('mergeMethod');
  if (method.isUnknown || value === undefined) return undefined;
  if (method.string === 'append') return `${base ?? ''}${value}`;
  if (method.string === 'prepend') return `${value}${base ?? ''}`;
  return value;
}
