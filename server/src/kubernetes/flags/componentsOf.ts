import type { Container, PodSpec } from '../pods/podSpec.ts';
import type { Resource } from '../resources/resource.ts';
import { findCommandLine } from './commandLine.ts';
import type { Component } from './component.ts';
import { makeComponent } from './componentFlags.ts';
import { environmentFlags } from './environmentFlags.ts';
import { kopsComponents } from './kopsComponents.ts';
import { kubeadmComponents } from './kubeadmComponents.ts';
import { parseArguments } from './parseArguments.ts';

/**
 * The control-plane and node components of a resource: containers that run one, kubeadm and kOps configurations. For k3s
 * and RKE2 see `distributionComponents`, as their files are no resources.
 */
export function componentsOf(resource: Resource, podSpecs: readonly PodSpec[]): readonly Component[] {
  const inContainers = podSpecs.flatMap((podSpec) => podSpec.containers.flatMap(componentOfContainer));
  return [...inContainers, ...kubeadmComponents(resource), ...kopsComponents(resource)];
}

function componentOfContainer(container: Container): readonly Component[] {
  const commandLine = findCommandLine(container.node);
  if (commandLine === undefined) return [];
  const { component, anchor, argumentsNode, words } = commandLine;
  const written = parseArguments(component, 'container', words);
  const environment = component === 'etcd' ? environmentFlags(container.node) : { flags: [], isOpen: false };
  return [
    makeComponent({
      component,
      source: 'container',
      resource: container.podSpec.resource,
      argumentsNode,
      anchor,
      flags: [...environment.flags, ...written.flags],
      isOpen: commandLine.isOpen || written.isOpen || environment.isOpen || container.podSpec.resource.isPartial,
    }),
  ];
}
