import { editDistance } from '../values/editDistance.ts';
import { type FieldPlace, fieldPlaces, knownFields } from './knownFields.ts';
import { isSecurityPlace } from './securityPlaces.ts';

/** Known somewhere in a pod, so that at another place it is misplaced rather than misspelt. */
const fieldsOfPods: ReadonlySet<string> = new Set(fieldPlaces.filter(isSecurityPlace).flatMap(knownFields));

/**
 * The field of a place that an unknown `key` was meant to be: another name for it, or see {@link nearestField}. Undefined
 * for known keys, for fields that belong elsewhere in a pod and where nothing or more than one field is near.
 */
export function meantField(place: FieldPlace, key: string): string | undefined {
  const known = knownFields(place);
  if (known.includes(key)) return undefined;
  const otherName = otherNames.get(place)?.get(key);
  if (otherName !== undefined) return otherName;
  if (fieldsOfPods.has(key)) return known.find((field) => lettersOf(field) === lettersOf(key));
  return nearestField(known, key);
}

const otherNamesOfBothContexts = {
  apparmor: 'appArmorProfile',
  appArmor: 'appArmorProfile',
  nonRoot: 'runAsNonRoot',
  seccomp: 'seccompProfile',
  selinux: 'seLinuxOptions',
  seLinux: 'seLinuxOptions',
} as const;

/** What people write who remember what a field does but not what it is called; too far off to be a slip. */
const otherNames: ReadonlyMap<FieldPlace, ReadonlyMap<string, string>> = new Map(
  Object.entries({
    PodSpec: {
      automountServiceAccount: 'automountServiceAccountToken',
      automountServiceToken: 'automountServiceAccountToken',
      automountToken: 'automountServiceAccountToken',
      podSecurityContext: 'securityContext',
    },
    Container: { containerSecurityContext: 'securityContext' },
    PodSecurityContext: otherNamesOfBothContexts,
    SecurityContext: {
      ...otherNamesOfBothContexts,
      readOnly: 'readOnlyRootFilesystem',
      readOnlyFilesystem: 'readOnlyRootFilesystem',
      readOnlyRoot: 'readOnlyRootFilesystem',
      readOnlyRootFS: 'readOnlyRootFilesystem',
      readOnlyRootFs: 'readOnlyRootFilesystem',
    },
    SecretVolumeSource: { name: 'secretName' },
    ConfigMapVolumeSource: { configMapName: 'name' },
    PersistentVolumeClaimVolumeSource: { name: 'claimName' },
  }).map(([place, names]) => [place as FieldPlace, new Map(Object.entries(names))]),
);

/**
 * The field itself, else the one of the same letters (in another case, with `_` or `-` between the words), else the only
 * one within an edit distance of 2 (of 1 for keys under five letters, where 2 would turn one word into another).
 */
export function nearestField(fields: readonly string[], key: string): string | undefined {
  if (fields.includes(key)) return key;
  const letters = lettersOf(key);
  const sameLetters = fields.find((field) => lettersOf(field) === letters);
  if (sameLetters !== undefined) return sameLetters;
  const limit = key.length < 5 ? 1 : 2;
  const near = fields.filter((field) => editDistance(letters, lettersOf(field), limit + 1) <= limit);
  return near.length === 1 ? near[0] : undefined;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}
