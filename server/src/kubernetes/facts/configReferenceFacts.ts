import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import type { Resource } from '../resources/resource.ts';
import { factBase } from './factBase.ts';
import type { ConfigReference, ConfigReferenceFact } from './facts.ts';

/** The ConfigMaps and Secrets without which the pods of a resource do not start. */
export function configReferenceFacts(resource: Resource, podSpecs: readonly PodSpec[]): readonly ConfigReferenceFact[] {
  const references = podSpecs.flatMap((podSpec) => [
    ...podSpec.containers.flatMap(({ node }) => [
      ...node.get('env').items().flatMap(referencesOfVariable),
      ...node.get('envFrom').items().flatMap(referencesOfPrefix),
    ]),
    ...podSpec.node.get('volumes').items().flatMap(referencesOfVolume),
    ...podSpec.node
      .get('imagePullSecrets')
      .items()
      .flatMap((secret) => reference('Secret', secret, secret.get('name'), [])),
  ]);
  if (references.length === 0) return [];
  const base = factBase(resource);
  const below = base.path.length;
  const relative = references.map((each) => ({ ...each, path: each.path.slice(below) }));
  return [{ ...base, type: 'configReference', references: relative }];
}

function referencesOfVariable(variable: ManifestNode): readonly ConfigReference[] {
  const from = variable.get('valueFrom');
  return [
    ...keyReference('ConfigMap', from.get('configMapKeyRef')),
    ...keyReference('Secret', from.get('secretKeyRef')),
  ];
}

function keyReference(of: ConfigReference['of'], selector: ManifestNode): readonly ConfigReference[] {
  return reference(of, selector, selector.get('name'), [selector.get('key')]);
}

function referencesOfPrefix(source: ManifestNode): readonly ConfigReference[] {
  return [
    wholeReference('ConfigMap', source.get('configMapRef')),
    wholeReference('Secret', source.get('secretRef')),
  ].flat();
}

function wholeReference(of: ConfigReference['of'], object: ManifestNode): readonly ConfigReference[] {
  return reference(of, object, object.get('name'), []);
}

function referencesOfVolume(volume: ManifestNode): readonly ConfigReference[] {
  const secret = volume.get('secret');
  const configMap = volume.get('configMap');
  const sources = volume.get('projected', 'sources').items();
  return [
    ...reference('Secret', secret, secret.get('secretName'), itemKeys(secret)),
    ...reference('ConfigMap', configMap, configMap.get('name'), itemKeys(configMap)),
    ...sources.flatMap((source) => [
      ...reference('Secret', source.get('secret'), source.get('secret', 'name'), itemKeys(source.get('secret'))),
      ...reference(
        'ConfigMap',
        source.get('configMap'),
        source.get('configMap', 'name'),
        itemKeys(source.get('configMap')),
      ),
    ]),
  ];
}

function itemKeys(source: ManifestNode): readonly ManifestNode[] {
  return source
    .get('items')
    .items()
    .map((item) => item.get('key'));
}

/** One reference for each key, or one for the object as a whole; none where it may be absent, or cannot be told. */
function reference(
  of: ConfigReference['of'],
  object: ManifestNode,
  nameNode: ManifestNode,
  keys: readonly ManifestNode[],
): readonly ConfigReference[] {
  const name = nameNode.string ?? '';
  const optional = object.get('optional');
  if (name === '' || optional.isUnknown || optional.boolean === true) return [];
  return [
    { of, name, path: nameNode.path },
    ...keys.flatMap((key) => (key.string === undefined ? [] : [{ of, name, key: key.string, path: key.path }])),
  ];
}
