import { type FixValue, type ManifestNode, objectDocument } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import { type FieldEffect, fieldEffectAt } from './fieldEffect.ts';
import { type FieldPlace, fieldPlaces, typeOfField } from './knownFields.ts';
import { meantValue } from './meantValue.ts';
import { type SecurityMap, securityMaps } from './securityMaps.ts';
import { isVolumePart } from './securityPlaces.ts';

export type ExpectedType = 'boolean' | 'integer' | 'string' | 'list' | 'map';

/** A value that the API server cannot read into its field, so that it refuses the whole object (400). */
export interface WrongType {
  /** The value, or the item of a list. */
  readonly node: ManifestNode;
  readonly field: string;
  readonly expected: ExpectedType;
  /** What was meant, in the right type; undefined if that cannot be told. */
  readonly meant: FixValue | undefined;
  /** What {@link meant} does once it takes effect. */
  readonly effect: FieldEffect;
}

/** The values of the wrong type in a pod's security fields and volumes. */
export function wrongTypes(podSpec: PodSpec): readonly WrongType[] {
  return [...securityMaps(podSpec), ...portMaps(podSpec)].flatMap(wrongTypesInMap);
}

/** The same in a map of one type: a ServiceAccount, say. */
export function wrongTypesInMap({ place, node }: SecurityMap): readonly WrongType[] {
  return node
    .entries()
    .filter(({ key }) => isJudged(place, key))
    .flatMap(({ key, value }) => wrongTypesOf(place, key, value));
}

function portMaps(podSpec: PodSpec): readonly SecurityMap[] {
  return podSpec.containers
    .flatMap(({ node }) => node.get('ports').items())
    .map((node): SecurityMap => ({ place: 'ContainerPort', node }));
}

/** Of the maps that hold much besides security, the fields that have to do with it; of all others every field. */
const judgedFields: ReadonlyMap<FieldPlace, ReadonlySet<string>> = new Map([
  [
    'PodSpec',
    new Set([
      ...['automountServiceAccountToken', 'hostIPC', 'hostNetwork', 'hostPID', 'hostUsers', 'shareProcessNamespace'],
      ...['securityContext', 'imagePullSecrets', 'os', 'runtimeClassName', 'serviceAccountName', 'volumes'],
    ]),
  ],
  ['Container', new Set(['securityContext', 'volumeMounts'])],
  ['EphemeralContainer', new Set(['securityContext', 'volumeMounts'])],
  ['ContainerPort', new Set(['hostPort'])],
]);

/** Of what is mounted how it is mounted, not where it comes from. */
const judgedFieldsOfVolumes: ReadonlySet<string> = new Set([
  ...['readOnly', 'optional', 'defaultMode', 'defaultUser', 'mode', 'user', 'items', 'sources', 'expirationSeconds'],
]);

function isJudged(place: FieldPlace, field: string): boolean {
  const fields = isVolumePart(place) ? judgedFieldsOfVolumes : judgedFields.get(place);
  return fields?.has(field) ?? true;
}

function wrongTypesOf(place: FieldPlace, field: string, value: ManifestNode): readonly WrongType[] {
  const type = typeOfField(place, field);
  if (type === undefined || !value.isKnown) return [];
  const itemType = type.startsWith('[]') ? type.slice(2) : undefined;
  if (itemType !== undefined && value.type === 'list') {
    return value.items().flatMap((item) => wrongTypeOf(place, field, itemType, item, true));
  }
  return wrongTypeOf(place, field, type, value, false);
}

function wrongTypeOf(
  place: FieldPlace,
  field: string,
  type: string,
  node: ManifestNode,
  isItem: boolean,
): readonly WrongType[] {
  const expected = expectedType(type);
  if (expected === undefined || !node.isKnown || fits(expected, node) || isSubstituted(node)) return [];
  const meant = meantValue(type, field, node);
  return [
    { node, field, expected, meant, effect: effectOf(place, field, isItem && meant !== undefined ? [meant] : meant) },
  ];
}

const structs: ReadonlySet<string> = new Set(fieldPlaces);

/** Undefined for what is no plain type: maps with keys of one's own, quantities, and types that read JSON in their own way. */
function expectedType(type: string): ExpectedType | undefined {
  if (type === 'boolean' || type === 'integer' || type === 'string') return type;
  if (type.startsWith('[]')) return 'list';
  return structs.has(type) ? 'map' : undefined;
}

/** A variable of Flux, envsubst or a template: what it becomes cannot be told. */
function isSubstituted({ string }: ManifestNode): boolean {
  return string !== undefined && /\$[({A-Z_]|\{\{|^<.*>$|^%.*%$|^@.*@$/.test(string);
}

function fits(expected: ExpectedType, node: ManifestNode): boolean {
  // 1000.0 and 1e3 are integers in JSON's eyes too.
  if (expected === 'integer') return node.number !== undefined && Number.isInteger(node.number);
  return node.type === expected;
}

function effectOf(place: FieldPlace, field: string, meant: FixValue | undefined): FieldEffect {
  if (meant === undefined) return 'other';
  const effect = fieldEffectAt(place, field, objectDocument({ [field]: meant }).root.get(field));
  if (effect !== 'other') return effect;
  const isRootGroup = (field === 'fsGroup' && meant === 0) || (field === 'supplementalGroups' && hasZero(meant));
  return isRootGroup || field === 'hostPort' ? 'loosens' : 'other';
}

function hasZero(meant: FixValue): boolean {
  return Array.isArray(meant) && meant.includes(0);
}
