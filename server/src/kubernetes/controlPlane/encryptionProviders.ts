import type { ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';

/** One raw key of a provider that holds its keys in the file. */
export interface EncryptionKey {
  readonly provider: 'aescbc' | 'aesgcm' | 'secretbox';
  readonly name: string;
  readonly secret: ManifestNode;
}

const rawKeyProviders = ['aescbc', 'aesgcm', 'secretbox'] as const;

/** The `providers` lists of an EncryptionConfiguration, one for each item of `resources`. */
export function encryptionProviderLists(configuration: Resource): readonly ManifestNode[] {
  return configuration.node
    .get('resources')
    .items()
    .map((item) => item.get('providers'));
}

/** All raw keys of an EncryptionConfiguration, in source order. */
export function encryptionKeys(configuration: Resource): readonly EncryptionKey[] {
  return encryptionProviderLists(configuration)
    .flatMap((providers) => providers.items())
    .flatMap((entry) =>
      rawKeyProviders.flatMap((provider) =>
        entry
          .get(provider, 'keys')
          .items()
          .map((key) => ({ provider, name: key.get('name').string ?? '', secret: key.get('secret') })),
      ),
    );
}
