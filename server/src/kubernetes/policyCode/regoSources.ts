import type { ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';
import { parseRegoModule, type RegoModule } from './regoModule.ts';

/** A Rego module in a resource. */
export interface RegoSource {
  readonly node: ManifestNode;
  readonly module: RegoModule;
  /**
   * What evaluates it. Gatekeeper gives it `input.review` and asks for `violation`; OPA as an admission webhook gives it
   * `input.request` and asks for `deny`, by convention.
   */
  readonly engine: 'gatekeeper' | 'opa';
  /** The syntax that Gatekeeper is told to read it in. OPA's depends on its release. */
  readonly version: 'v0' | 'v1' | undefined;
  /** Modules that it is evaluated with and that cannot be told apart from it as far as what it looks at goes. */
  readonly libraries: readonly RegoModule[];
}

/** Kinds that hold Rego. */
export const regoKinds = ['ConstraintTemplate.templates.gatekeeper.sh', 'ConfigMap'];

const cache = new WeakMap<Resource, readonly RegoSource[]>();

/**
 * The Rego modules of a ConstraintTemplate (`spec.targets[].rego`, or `code[]` with engine Rego) or a ConfigMap
 * (`data["*.rego"]`). What does not read as Rego is left out.
 */
export function regoSourcesOf(resource: Resource): readonly RegoSource[] {
  const known = cache.get(resource);
  if (known !== undefined) return known;
  const sources = resource.kind === 'ConfigMap' ? configMapSources(resource) : templateSources(resource);
  cache.set(resource, sources);
  return sources;
}

function configMapSources(configMap: Resource): readonly RegoSource[] {
  return configMap.node
    .get('data')
    .entries()
    .flatMap(({ key, value }) =>
      key.endsWith('.rego') && !key.endsWith('_test.rego') ? read(value, 'opa', undefined, []) : [],
    );
}

function templateSources(template: Resource): readonly RegoSource[] {
  return template.spec
    .get('targets')
    .items()
    .flatMap((target) => {
      const ofEngine = target
        .get('code')
        .items()
        .filter((code) => code.get('engine').string === 'Rego')
        .map((code) => code.get('source'));
      // `rego` takes the place of what `code` says (frameworks/constraint, pkg/apis/templates/v1/conversion.go).
      const source = (target.get('rego').isMissing ? ofEngine[0] : undefined) ?? target;
      const libraries = source
        .get('libs')
        .items()
        .flatMap(({ string }) => parseRegoModule(string ?? '') ?? []);
      return read(source.get('rego'), 'gatekeeper', source.get('version').string === 'v1' ? 'v1' : 'v0', libraries);
    });
}

function read(
  node: ManifestNode,
  engine: RegoSource['engine'],
  version: RegoSource['version'],
  libraries: readonly RegoModule[],
): readonly RegoSource[] {
  const module = node.string === undefined ? undefined : parseRegoModule(node.string);
  return module === undefined ? [] : [{ node, module, engine, version, libraries }];
}
