import type { ManifestNode } from '../../manifest/index.ts';
import { podImages } from '../images/podImages.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import { serviceAccountNameOf } from '../pods/serviceAccountName.ts';
import { matchesGroupKind } from '../resources/groupKind.ts';
import type { Resource } from '../resources/resource.ts';
import { factBase } from './factBase.ts';
import type { ImagePullFact, PullSecretFact } from './facts.ts';

/** What one pod template pulls, and with whose credentials. */
export function imagePullFact(podSpec: PodSpec): ImagePullFact {
  const { resource, node } = podSpec;
  const secrets = node.get('imagePullSecrets');
  return {
    ...factBase(resource),
    type: 'imagePull',
    images: podImages(podSpec).flatMap((image) => {
      const repository = image.reference?.normalizedRepository;
      return repository === undefined ? [] : [{ repository, path: below(resource, image.node), user: image.user }];
    }),
    pullSecrets: pullSecretsIn(resource, secrets),
    serviceAccountName: serviceAccountNameOf(podSpec),
    isOpen: secrets.isUnknown || !secrets.isComplete,
  };
}

/** `imagePullSecrets` of a pod or a ServiceAccount. */
export function pullSecretsIn(resource: Resource, list: ManifestNode): ImagePullFact['pullSecrets'] {
  return list.items().flatMap((item) => {
    const node = item.get('name');
    return node.string === undefined ? [] : [{ name: node.string, path: below(resource, node) }];
  });
}

function below(resource: Resource, node: ManifestNode): readonly (string | number)[] {
  return node.path.slice(resource.node.path.length);
}

/** A Secret with credentials for registries, or what a controller makes one of. */
export function pullSecretFacts(resource: Resource): readonly PullSecretFact[] {
  const secret = madeSecret(resource);
  if (secret === undefined || !/^kubernetes\.io\/dockerc(?:onfigjson|fg)$/.test(secret.type)) return [];
  return [{ ...factBase(resource), type: 'pullSecret', secretName: secret.name }];
}

function madeSecret(resource: Resource): { readonly name: string; readonly type: string } | undefined {
  const { node, spec, name } = resource;
  if (matchesGroupKind(resource, 'Secret')) return { name, type: node.get('type').string ?? '' };
  if (matchesGroupKind(resource, 'SealedSecret.bitnami.com')) {
    return { name, type: spec.get('template', 'type').string ?? '' };
  }
  if (matchesGroupKind(resource, 'ExternalSecret.external-secrets.io')) {
    const target = spec.get('target');
    return { name: target.get('name').string ?? name, type: target.get('template', 'type').string ?? '' };
  }
  return undefined;
}
