import {
  type FieldPlace,
  fieldEffectAt,
  haveSameValue,
  meantField,
  podSpecsOf,
  type Resource,
  type SecurityMap,
  securityMaps,
} from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix, type RuleContext } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/misspelt-security-field',
  summary: 'Misspelt security field',
  severity: 'error',
  profile: 'guide',
  why:
    'Field names are case-sensitive and compared letter by letter. `kubectl` refuses a manifest with an unknown field, and clients that ' +
    'do not validate strictly drop it without a word, so that what looks hardened is not.',
  whenNot: 'If the field is one that a newer Kubernetes or a fork knows, suppress the finding.',
  references: { peers: ['KL:schema-validation'] },
  fixClass: 'safe',
  reveals: [
    'pod/wrong-type-security-field',
    'pod/capabilities-spelling',
    'pod/run-as-root-contradiction',
    'pod/privilege-escalation-conflict',
    'pod/host-users-conflict',
    'pod/seccomp-localhost-profile',
    'pod/supplemental-groups-policy',
    'pod/feature-gate-dropped-field',
    'pod/os-field-conflict',
    'pod/run-as-root-group',
    'pod/sysctls',
    'secrets/plaintext-secret-in-repo',
  ],
  messages: {
    misspelt:
      'Kubernetes has no field {written} here, so it is refused or silently dropped; {meant} is probably meant.',
  },
  subject: 'resource',
  judge(resource, report, { podTemplates }) {
    for (const { place, node } of mapsOf(resource, podTemplates)) {
      for (const { key, value } of node.entries()) {
        const meant = meantField(place, key);
        if (meant === undefined) continue;
        report({
          at: value.keyPlace,
          message: 'misspelt',
          args: { written: key, meant },
          fixes: () => fixesOf(node, place, meant, value),
        });
      }
    }
  },
});

function mapsOf(resource: Resource, podTemplates: RuleContext['podTemplates']): readonly SecurityMap[] {
  if (resource.group === '' && resource.kind === 'ServiceAccount') {
    return [{ place: 'ServiceAccount', node: resource.node }];
  }
  if (resource.group === '' && resource.kind === 'Secret') return [{ place: 'Secret', node: resource.node }];
  return podSpecsOf(resource, podTemplates).flatMap(securityMaps);
}

function fixesOf(map: ManifestNode, place: FieldPlace, meant: string, value: ManifestNode): readonly Fix[] {
  const target = map.get(meant);
  if (haveSameValue(target, value)) return [removal('safe', `Remove the field, for ${meant} says the same`, value)];
  if (!target.isMissing || target.isNull) return [];
  // Of two spellings the first gets the name.
  const first = map.entries().find(({ key }) => meantField(place, key) === meant);
  if (first?.value.keyPlace.range?.start !== value.keyPlace.range?.start) return [];
  const effect = fieldEffectAt(place, meant, value);
  if (effect === 'loosens') {
    const title = `Remove the field, which has no effect (check first whether ${meant} is really wanted)`;
    return [removal('review', title, value)];
  }
  return [
    {
      fixClass: effect === 'hardens' ? 'safe' : 'review',
      title: effect === 'hardens' ? `Rename to ${meant}` : `Rename to ${meant} (check first what its value does)`,
      operations: [{ op: 'rename', node: value, key: meant }],
      isPreferred: true,
    },
  ];
}

function removal(fixClass: 'safe' | 'review', title: string, node: ManifestNode): Fix {
  return { fixClass, title, operations: [{ op: 'remove', node }], isPreferred: true };
}
