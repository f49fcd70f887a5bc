import {
  type PodSpec,
  podSpecsOf,
  type Resource,
  type WrongType,
  wrongTypes,
  wrongTypesInMap,
} from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix, type RuleContext } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/wrong-type-security-field',
  summary: 'Security field has the wrong type',
  severity: 'error',
  profile: 'guide',
  why:
    'The API server reads each field in one type only: `"true"` in quotes is a text and no boolean, `"1000"` is no number, ' +
    '`drop: ALL` is no list. It refuses the whole object, and tools that guess the type call a field hardened that nobody applies.',
  whenNot: 'There is no reason to keep it: no Kubernetes accepts it.',
  references: { peers: ['KL:schema-validation'] },
  fixClass: 'safe',
  reveals: [
    'pod/privileged',
    'pod/host-network',
    'pod/host-pid',
    'pod/host-ipc',
    'pod/host-port',
    'pod/run-as-user-root',
    'pod/run-as-root-group',
    'pod/supplemental-groups-policy',
    'pod/run-as-root-contradiction',
    'pod/capabilities-spelling',
    'pod/privilege-escalation-conflict',
    'pod/host-users-conflict',
    'pod/capabilities-added',
    'pod/cap-net-admin',
    'pod/cap-sys-admin',
    'pod/cap-sys-module',
    'pod/capabilities-add-restricted',
    'pod/seccomp-unconfined',
    'pod/apparmor-unconfined',
    'pod/selinux-options',
    'pod/sysctls',
    'pod/host-path',
    'pod/volume-types',
  ],
  messages: {
    boolean: '{field} must be true or false without quotes, so the API server refuses the object with this value.',
    integer: '{field} must be a whole number without quotes, so the API server refuses the object with this value.',
    string: '{field} must be a text, so the API server refuses the object with this value.',
    list: '{field} must be a list, so the API server refuses the object with this value.',
    map: '{field} must be a map of fields, so the API server refuses the object with this value.',
    booleanOfContainer:
      '{field} of container "{container}" must be true or false without quotes, so the API server refuses the object.',
    integerOfContainer:
      '{field} of container "{container}" must be a whole number without quotes, so the API server refuses the object.',
    stringOfContainer: '{field} of container "{container}" must be a text, so the API server refuses the object.',
    listOfContainer: '{field} of container "{container}" must be a list, so the API server refuses the object.',
    mapOfContainer: '{field} of container "{container}" must be a map of fields, so the API server refuses the object.',
  },
  subject: 'resource',
  judge(resource, report, { podTemplates }) {
    for (const { wrong, container } of wrongTypesOf(resource, podTemplates)) {
      const { node, field, expected } = wrong;
      report({
        at: node,
        message: container === undefined ? expected : (`${expected}OfContainer` as const),
        args: { field, container: container ?? '' },
        fixes: () => fixesOf(wrong),
      });
    }
  },
});

function wrongTypesOf(
  resource: Resource,
  podTemplates: RuleContext['podTemplates'],
): readonly { wrong: WrongType; container: string | undefined }[] {
  if (resource.group === '' && resource.kind === 'ServiceAccount') {
    const wrong = wrongTypesInMap({ place: 'ServiceAccount', node: resource.node });
    return wrong.map((each) => ({ wrong: each, container: undefined }));
  }
  return podSpecsOf(resource, podTemplates).flatMap((podSpec) =>
    wrongTypes(podSpec).map((wrong) => ({ wrong, container: containerAround(podSpec, wrong.node) })),
  );
}

function containerAround(podSpec: PodSpec, node: ManifestNode): string | undefined {
  return podSpec.containers.find((container) => container.node.path.every((step, depth) => step === node.path[depth]))
    ?.name;
}

function fixesOf({ node, field, expected, meant, effect }: WrongType): readonly Fix[] {
  if (meant === undefined) return [];
  const isPlain = expected === 'boolean' || expected === 'integer';
  const title = isPlain ? `Write ${field}: ${meant} without quotes` : `Write ${field} as a ${nouns[expected]}`;
  const operations = [{ op: 'set', node, value: meant }] as const;
  // Until today the API server refused it, so what loosens is new.
  return effect === 'loosens'
    ? [
        {
          fixClass: 'review',
          title: `${title} (check first whether it is really wanted)`,
          operations,
          isPreferred: true,
        },
      ]
    : [{ fixClass: 'safe', title, operations, isPreferred: true }];
}

const nouns = { string: 'text', list: 'list', map: 'map' } as const;
