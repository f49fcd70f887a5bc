import type { ManifestDocument, ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';
import type { Argument } from './argument.ts';
import type { Component, ComponentName } from './component.ts';
import { makeComponent } from './componentFlags.ts';
import { parseArguments } from './parseArguments.ts';

const argumentKeys: readonly (readonly [string, ComponentName])[] = [
  ['kube-apiserver-arg', 'kube-apiserver'],
  ['kube-controller-manager-arg', 'kube-controller-manager'],
  ['kube-scheduler-arg', 'kube-scheduler'],
  ['kube-proxy-arg', 'kube-proxy'],
  ['kubelet-arg', 'kubelet'],
  ['etcd-arg', 'etcd'],
];

/**
 * The components of a k3s or RKE2 configuration file (`/etc/rancher/k3s/config.yaml`), which has neither apiVersion nor
 * kind: `kube-apiserver-arg: [anonymous-auth=false]`. Empty for any other document. The server adds its own arguments,
 * and drop-in files may add more (`kubelet-arg+`), so these components are open.
 */
export function distributionComponents(document: ManifestDocument): readonly Component[] {
  const { root } = document;
  if (root.type !== 'map' || !root.get('kind').isMissing) return [];
  const resource = namelessResource(document);
  return argumentKeys.flatMap(([key, component]) =>
    [key, `${key}+`].flatMap((written) => {
      const list = root.get(written);
      if (list.type !== 'list' && list.type !== 'string') return [];
      return [distributionComponent(resource, component, list)];
    }),
  );
}

function distributionComponent(resource: Resource, component: ComponentName, list: ManifestNode): Component {
  const items = list.type === 'list' ? list.items() : [list];
  return makeComponent({
    component,
    source: 'k3s',
    resource,
    argumentsNode: list,
    anchor: list,
    flags: parseArguments(component, 'k3s', items.map(dashlessArgument)).flags,
    isOpen: true,
  });
}

/** k3s writes the dashes; `name=value` and `--name=value` are the same. Offsets make up for those that are not there. */
function dashlessArgument(node: ManifestNode): Argument {
  const written = node.string ?? '';
  const missing = written.startsWith('-') ? 0 : 2;
  return {
    node,
    text: '--'.slice(0, missing) + written,
    offsets: Array.from({ length: written.length + missing + 1 }, (_, index) => Math.max(0, index - missing)),
    isUnknown: node.isUnknown,
    hasExpansion: false,
  };
}

function namelessResource(document: ManifestDocument): Resource {
  const { root } = document;
  return {
    document,
    node: root,
    apiVersion: '',
    group: '',
    version: '',
    kind: '',
    namespace: '',
    name: '',
    metadata: root.get('metadata'),
    spec: root.get('spec'),
    labels: new Map(),
    annotations: new Map(),
    isPartial: false,
  };
}
