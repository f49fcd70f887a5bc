import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type FieldPlace,
  fieldPlaces,
  knownFields,
  misplacedFields,
  type PodSpec,
  podSpecsOf,
  readResources,
  relocationFixes,
} from '../../../server/src/kubernetes/index.ts';
import { placeOfField, typeOfField } from '../../../server/src/kubernetes/podSecurity/knownFields.ts';
import { objectDocument } from '../../../server/src/manifest/index.ts';

type Path = readonly (string | number)[];

/** A way from the pod spec to every type below it. */
function pathsToPlaces(): ReadonlyMap<FieldPlace, Path> {
  const paths = new Map<FieldPlace, Path>([['PodSpec', []]]);
  for (const [place, path] of paths) {
    for (const field of knownFields(place)) {
      const below = placeOfField(place, field);
      const isList = typeOfField(place, field)?.startsWith('[]') === true;
      if (below !== undefined && !paths.has(below)) paths.set(below, [...path, field, ...(isList ? [0] : [])]);
    }
  }
  return paths;
}

function nested([step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  return typeof step === 'number' ? [nested(rest, value)] : { [step]: nested(rest, value) };
}

function podSpecWith(path: Path, field: string, value: unknown): PodSpec {
  const at = nested(path, { [field]: value }) as object;
  const spec = { containers: [{ name: 'web', image: 'web:1' }], ...at };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec };
  const [podSpec] = readResources(objectDocument(pod)).flatMap((resource) => podSpecsOf(resource));
  assert.ok(podSpec);
  return podSpec;
}

/** A value for each that hardens, or that neither hardens nor loosens. */
const securityFields: Readonly<Record<string, unknown>> = {
  allowPrivilegeEscalation: false,
  appArmorProfile: { type: 'RuntimeDefault' },
  automountServiceAccountToken: false,
  capabilities: { drop: ['ALL'] },
  fsGroup: 2000,
  hostNetwork: false,
  hostUsers: false,
  imagePullSecrets: [{ name: 'registry' }],
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 1000,
  runtimeClassName: 'gvisor',
  seccompProfile: { type: 'RuntimeDefault' },
  securityContext: { runAsNonRoot: true },
  supplementalGroupsPolicy: 'Strict',
  sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
};

test('a security field is found wherever in a pod it does not belong, and finds its way from there', () => {
  const paths = pathsToPlaces();
  const ofPods = fieldPlaces.filter((place) => place !== 'ServiceAccount' && place !== 'Secret');
  assert.ok(paths.size > 90 && ofPods.filter((place) => !paths.has(place)).length < 5, 'nearly every type is in a pod');
  for (const [place, path] of paths) {
    for (const [field, value] of Object.entries(securityFields)) {
      // In a map of its own name there is a value at its home already.
      if (knownFields(place).includes(field) || path.includes(field)) continue;
      const podSpec = podSpecWith(path, field, value);
      const found = misplacedFields(podSpec);
      assert.deepEqual(
        found.map((misplaced) => misplaced.field),
        [field],
        `${field} in ${place}`,
      );
      for (const misplaced of found) {
        assert.equal(relocationFixes(podSpec, misplaced).length, 1, `${field} in ${place}`);
      }
    }
  }
});
