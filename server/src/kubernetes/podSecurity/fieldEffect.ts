import type { ManifestNode } from '../../manifest/index.ts';
import type { FieldPlace } from './knownFields.ts';

/** What a value does to a pod's security once it takes effect. */
export type FieldEffect = 'hardens' | 'loosens' | 'other';

/** The value of a boolean field that hardens; the opposite one loosens (or is the loose default). */
const hardeningBooleans: ReadonlyMap<string, boolean> = new Map([
  ['allowPrivilegeEscalation', false],
  ['automountServiceAccountToken', false],
  ['hostIPC', false],
  ['hostNetwork', false],
  ['hostPID', false],
  ['hostProcess', false],
  ['hostUsers', false],
  ['privileged', false],
  ['readOnlyRootFilesystem', true],
  ['runAsNonRoot', true],
  ['shareProcessNamespace', false],
]);

/** Fields whose map hardens if each of its own fields does. */
const blocks: ReadonlySet<string> = new Set(['securityContext', 'capabilities', 'seccompProfile', 'appArmorProfile']);

/**
 * What `value` does as the value of `field` of a pod spec, container, security context or one of its parts. A block
 * hardens if all its values do, and loosens if none does anything else.
 */
export function fieldEffect(field: string, value: ManifestNode): FieldEffect {
  const hardening = hardeningBooleans.get(field);
  if (hardening !== undefined) {
    if (value.boolean === undefined) return 'other';
    return value.boolean === hardening ? 'hardens' : 'loosens';
  }
  if (blocks.has(field)) return blockEffect(value);
  switch (field) {
    case 'drop':
      return isListOfStrings(value) ? 'hardens' : 'other';
    case 'add':
    case 'hostPath':
      return 'loosens';
    case 'runAsUser':
    case 'runAsGroup':
      if (value.number === undefined) return 'other';
      return value.number > 0 ? 'hardens' : 'loosens';
    case 'procMount':
      return value.string === 'Default' ? 'hardens' : 'loosens';
    case 'supplementalGroupsPolicy':
      return value.string === 'Strict' ? 'hardens' : 'other';
    case 'type':
      return profileTypeEffect(value);
    case 'localhostProfile':
      return value.string === undefined ? 'other' : 'hardens';
    default:
      return 'other';
  }
}

/**
 * The same where the type of the map is known: `type` speaks of a profile in two of them only, and SELinux options,
 * volumes and Secrets have a field of that name too.
 */
export function fieldEffectAt(place: FieldPlace, field: string, value: ManifestNode): FieldEffect {
  if (field === 'type' && place !== 'SeccompProfile' && place !== 'AppArmorProfile') return 'other';
  return fieldEffect(field, value);
}

function blockEffect(block: ManifestNode): FieldEffect {
  if (block.type !== 'map' || !block.isComplete) return 'other';
  const effects = new Set(block.entries().map((entry) => fieldEffect(entry.key, entry.value)));
  const [only, ...more] = effects;
  return only === undefined || more.length > 0 ? 'other' : only;
}

/** The `type` of a seccomp or AppArmor profile. */
function profileTypeEffect(value: ManifestNode): FieldEffect {
  switch (value.string) {
    case 'RuntimeDefault':
    case 'Localhost':
      return 'hardens';
    case 'Unconfined':
      return 'loosens';
    default:
      return 'other';
  }
}

function isListOfStrings(list: ManifestNode): boolean {
  return list.type === 'list' && list.isComplete && list.items().every((item) => item.string !== undefined);
}
