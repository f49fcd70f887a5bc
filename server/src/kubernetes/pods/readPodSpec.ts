import type { ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';
import { containerFields } from './containerLists.ts';
import type { Container, ContainerKind, EffectiveValue, InheritedSecurityField, PodSpec } from './podSpec.ts';

/** The pod spec of a template: a map with `metadata` and `spec`. */
export function readPodSpec(resource: Resource, template: ManifestNode): PodSpec {
  return new TemplatePodSpec(resource, template);
}

class TemplatePodSpec implements PodSpec {
  readonly resource: Resource;
  readonly node: ManifestNode;
  readonly metadata: ManifestNode;
  readonly securityContext: ManifestNode;
  readonly containers: readonly Container[];
  readonly osName: string;

  constructor(resource: Resource, template: ManifestNode) {
    this.resource = resource;
    this.node = template.get('spec');
    this.metadata = template.get('metadata');
    this.securityContext = this.node.get('securityContext');
    this.osName = this.node.get('os', 'name').string ?? '';
    this.containers = containerFields.flatMap(([key, kind]) =>
      this.node
        .get(key)
        .items()
        .flatMap((item, index) =>
          item.type === 'map' ? [new SpecContainer(this, kind, item, `${key}[${index}]`)] : [],
        ),
    );
  }
}

class SpecContainer implements Container {
  readonly podSpec: PodSpec;
  readonly kind: ContainerKind;
  readonly node: ManifestNode;
  readonly name: string;
  readonly securityContext: ManifestNode;

  constructor(podSpec: PodSpec, kind: ContainerKind, node: ManifestNode, position: string) {
    this.podSpec = podSpec;
    this.kind = kind;
    this.node = node;
    this.name = node.get('name').string ?? position;
    this.securityContext = node.get('securityContext');
  }

  /**
   * As pkg/securitycontext/util.go, DetermineEffectiveSecurityContext, merges them: whole values, the container's before
   * the pod's. (Of windowsOptions it takes each field by itself; who judges those reads both levels.)
   */
  effective(field: InheritedSecurityField): EffectiveValue {
    const own = this.securityContext.get(field);
    if (!own.isMissing) return { node: own, origin: 'container' };
    const inherited = this.podSpec.securityContext.get(field);
    if (!inherited.isMissing) return { node: inherited, origin: 'pod' };
    return { node: own, origin: 'unset' };
  }
}
