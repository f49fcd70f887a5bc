import { editDistance } from '../values/editDistance.ts';
import { type FieldPlace, fieldPlaces, isKnownField, knownFields } from './knownFields.ts';
import { isSecurityPlace } from './securityPlaces.ts';

/** Known somewhere in a pod, so that at another place it is misplaced rather than misspelt. */
const fieldsOfPods: ReadonlySet<string> = new Set(fieldPlaces.filter(isSecurityPlace).flatMap(knownFields));

/**
 * The field of a place that an unknown `key` was meant to be: another name for it, or see {@link nearestField}. Undefined
 * for known keys, for fields that belong elsewhere in a pod and where nothing or more than one field is near.
 */
export function meantField(place: FieldPlace, key: string): string | undefined {
  if (isKnownField(place, key)) return undefined;
  const otherName = otherNames.get(place)?.get(key);
  if (otherName !== undefined) return otherName;
  const known = knownFields(place);
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
 *
 * @param fields a list that stays the same object: what was compared with it is remembered
 */
export function nearestField(fields: readonly string[], key: string): string | undefined {
  const { letters, nearest } = comparisonsWith(fields);
  let meant = nearest.get(key);
  if (meant === undefined && !nearest.has(key)) {
    if (nearest.size >= mostRemembered) nearest.clear();
    meant = findNearest(fields, letters, key);
    nearest.set(key, meant);
  }
  return meant;
}

/** The keys of all manifests are a few hundred words, and every one is met again with every object. */
interface Comparisons {
  /** Of each field, see {@link lettersOf}. */
  readonly letters: readonly string[];
  readonly nearest: Map<string, string | undefined>;
}

const comparisons = new WeakMap<readonly string[], Comparisons>();
const mostRemembered = 2_000;

function comparisonsWith(fields: readonly string[]): Comparisons {
  let made = comparisons.get(fields);
  if (made === undefined) {
    made = { letters: fields.map(lettersOf), nearest: new Map() };
    comparisons.set(fields, made);
  }
  return made;
}

function findNearest(fields: readonly string[], letters: readonly string[], key: string): string | undefined {
  if (fields.includes(key)) return key;
  const ofKey = lettersOf(key);
  const sameLetters = letters.indexOf(ofKey);
  if (sameLetters !== -1) return fields[sameLetters];
  const limit = key.length < 5 ? 1 : 2;
  const near = fields.filter((_, index) => editDistance(ofKey, letters[index] ?? '', limit + 1) <= limit);
  return near.length === 1 ? near[0] : undefined;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}
