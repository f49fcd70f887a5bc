import table from './podFields.json' with { type: 'json' };

/** A type of Kubernetes' core/v1 API below a pod spec, a ServiceAccount or a Secret: `SecurityContext`, `Volume`. */
export type FieldPlace = keyof typeof table.types;

const types: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(table.types).map(([name, fields]) => [name, new Map(Object.entries(fields))]),
);

/**
 * Knative's RevisionSpec stands in the same place and embeds a pod spec
 * (knative.dev/serving/pkg/apis/serving/v1/revision_types.go).
 */
const revisionFields = [
  'containerConcurrency',
  'timeoutSeconds',
  'responseStartTimeoutSeconds',
  'idleTimeoutSeconds',
] as const;

const names: ReadonlyMap<string, readonly string[]> = new Map(
  [...types].map(([name, fields]) => [name, [...fields.keys(), ...(name === 'PodSpec' ? revisionFields : [])]]),
);

/** The fields of a type, alpha fields included. */
export function knownFields(place: FieldPlace): readonly string[] {
  return names.get(place) ?? [];
}

const nameSets: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...names].map(([name, fields]) => [name, new Set(fields)]),
);

export function isKnownField(place: FieldPlace, field: string): boolean {
  return nameSets.get(place)?.has(field) === true;
}

export const fieldPlaces: readonly FieldPlace[] = Object.keys(table.types) as FieldPlace[];

/** The type of a field as the API reference writes it: `boolean`, `[]string`, `SeccompProfile`, `map[string]string`. */
export function typeOfField(place: FieldPlace, field: string): string | undefined {
  return types.get(place)?.get(field);
}

/**
 * The type of the values of a field: for a map that of the map, for a list that of its items. Undefined for plain values,
 * for maps with keys of one's own (labels) and for fields that are not known.
 */
export function placeOfField(place: FieldPlace, field: string): FieldPlace | undefined {
  return placesBelow.get(place)?.get(field);
}

const placesBelow: ReadonlyMap<string, ReadonlyMap<string, FieldPlace>> = new Map(
  [...types].map(([name, fields]) => [name, new Map([...fields].flatMap(([field, type]) => placeOf(field, type)))]),
);

function placeOf(field: string, type: string): [string, FieldPlace][] {
  const name = type.replace(/^\[\]/, '');
  return types.has(name) ? [[field, name as FieldPlace]] : [];
}
