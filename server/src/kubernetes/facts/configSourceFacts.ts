import type { ManifestNode } from '../../manifest/index.ts';
import { groupKindOf } from '../resources/groupKind.ts';
import type { Resource } from '../resources/resource.ts';
import { factBase } from './factBase.ts';
import type { ConfigSourceFact } from './facts.ts';

/** The ConfigMaps and Secrets that a resource is, or that a controller or Kustomize makes of it. */
export function configSourceFacts(resource: Resource): readonly ConfigSourceFact[] {
  const { node, spec, name } = resource;
  const made = (of: ConfigSourceFact['of'], names: readonly (string | undefined)[]): readonly ConfigSourceFact[] =>
    names.flatMap((made) =>
      made === undefined || made === '' ? [] : [{ ...factBase(resource), type: 'configSource', of, name: made }],
    );
  switch (groupKindOf(resource)) {
    case 'ConfigMap':
      return [withKeys(resource, 'ConfigMap', [node.get('data'), node.get('binaryData')])];
    case 'Secret':
      return [withKeys(resource, 'Secret', [node.get('data'), node.get('stringData')])];
    case 'SealedSecret.bitnami.com':
      return made('Secret', [spec.get('template', 'metadata', 'name').string ?? name]);
    case 'ExternalSecret.external-secrets.io':
      return made('Secret', [spec.get('target', 'name').string ?? name]);
    case 'Certificate.cert-manager.io':
      return made('Secret', [spec.get('secretName').string]);
    case 'VaultStaticSecret.secrets.hashicorp.com':
    case 'VaultDynamicSecret.secrets.hashicorp.com':
    case 'VaultPKISecret.secrets.hashicorp.com':
      return made('Secret', [spec.get('destination', 'name').string]);
    case 'OnePasswordItem.onepassword.com':
      return made('Secret', [name]);
    case 'SecretProviderClass.secrets-store.csi.x-k8s.io': {
      const objects = spec.get('secretObjects').items();
      return made(
        'Secret',
        objects.map((object) => object.get('secretName').string),
      );
    }
    case 'Kustomization.kustomize.config.k8s.io':
    case 'Component.kustomize.config.k8s.io':
      return [
        ...made('ConfigMap', generatedNames(node.get('configMapGenerator'))),
        ...made('Secret', generatedNames(node.get('secretGenerator'))),
      ];
    default:
      return [];
  }
}

/** References name the generator; Kustomize puts the hash behind it in both places. */
function generatedNames(generators: ManifestNode): readonly (string | undefined)[] {
  return generators.items().map((generator) => generator.get('name').string);
}

function withKeys(resource: Resource, of: ConfigSourceFact['of'], maps: readonly ManifestNode[]): ConfigSourceFact {
  const fact = { ...factBase(resource), type: 'configSource', of, name: resource.name } as const;
  const areComplete = maps.every((map) => map.isMissing || (map.type === 'map' && map.isComplete));
  return areComplete ? { ...fact, keys: maps.flatMap((map) => map.entries().map(({ key }) => key)).sort() } : fact;
}
