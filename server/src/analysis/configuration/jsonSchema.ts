import type { JsonSchema } from '../../rules/index.ts';

/** A value that does not fit a schema: where it stands and what was expected there, as a phrase ("one of a and b"). */
export interface SchemaMismatch {
  readonly path: readonly (string | number)[];
  readonly expected: string;
}

/** The keywords of JSON Schema that options of rules may use; anything else is a mistake in the rule. */
const annotations = new Set(['title', 'description', 'markdownDescription', 'default', 'examples', '$comment']);
const assertions = new Set([
  'type',
  'enum',
  'const',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minimum',
  'maximum',
  'minLength',
  'pattern',
]);

/** The first place where a plain JSON value does not fit; throws for a schema that uses an unknown keyword. */
export function schemaMismatch(value: unknown, schema: JsonSchema): SchemaMismatch | undefined {
  return mismatchAt(value, schema, []);
}

function mismatchAt(
  value: unknown,
  schema: JsonSchema,
  path: readonly (string | number)[],
): SchemaMismatch | undefined {
  for (const keyword of Object.keys(schema)) {
    if (!annotations.has(keyword) && !assertions.has(keyword))
      throw new Error(`Unsupported JSON schema keyword ${keyword}`);
  }
  const expected = scalarExpectation(value, schema);
  if (expected !== undefined) return { path, expected };
  if (Array.isArray(value)) return listMismatch(value, schema, path);
  if (typeof value === 'object' && value !== null) return mapMismatch(value as Record<string, unknown>, schema, path);
  return undefined;
}

/** What was expected of the value itself, or undefined if it fits. */
function scalarExpectation(value: unknown, schema: JsonSchema): string | undefined {
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return oneOf(schema.enum);
  if ('const' in schema && schema.const !== value) return JSON.stringify(schema.const);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOfType(value, String(type)))) {
    return types.map((type) => typePhrases[String(type)] ?? String(type)).join(' or ');
  }
  if (typeof value === 'number') {
    if (typeof schema.minimum === 'number' && value < schema.minimum) return `at least ${schema.minimum}`;
    if (typeof schema.maximum === 'number' && value > schema.maximum) return `at most ${schema.maximum}`;
  }
  if (typeof value === 'string') {
    const shortest = schema.minLength;
    if (typeof shortest === 'number' && value.length < shortest) return `a text of at least ${shortest} characters`;
    const pattern = schema.pattern;
    if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)) return `a text that matches ${pattern}`;
  }
  return undefined;
}

function listMismatch(
  list: readonly unknown[],
  schema: JsonSchema,
  path: readonly (string | number)[],
): SchemaMismatch | undefined {
  const { minItems, maxItems, items, uniqueItems } = schema;
  if (typeof minItems === 'number' && list.length < minItems)
    return { path, expected: `a list of at least ${minItems}` };
  if (typeof maxItems === 'number' && list.length > maxItems)
    return { path, expected: `a list of at most ${maxItems}` };
  if (uniqueItems === true && new Set(list.map((item) => JSON.stringify(item))).size < list.length) {
    return { path, expected: 'a list without repetition' };
  }
  if (!isSchema(items)) return undefined;
  for (const [index, item] of list.entries()) {
    const mismatch = mismatchAt(item, items, [...path, index]);
    if (mismatch !== undefined) return mismatch;
  }
  return undefined;
}

function mapMismatch(
  map: Readonly<Record<string, unknown>>,
  schema: JsonSchema,
  path: readonly (string | number)[],
): SchemaMismatch | undefined {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  for (const key of (schema.required ?? []) as readonly string[]) {
    if (!Object.hasOwn(map, key)) return { path, expected: `a map with the key "${key}"` };
  }
  for (const [key, value] of Object.entries(map)) {
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const rest = schema.additionalProperties;
    if (own === undefined && rest === false) return { path: [...path, key], expected: oneOf(Object.keys(properties)) };
    const propertySchema = own ?? (isSchema(rest) ? rest : undefined);
    const mismatch = propertySchema && mismatchAt(value, propertySchema, [...path, key]);
    if (mismatch !== undefined) return mismatch;
  }
  return undefined;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const typePhrases: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'null',
};

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isSchema(value);
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** `a`, `a or b`, `one of a, b and c`. */
export function oneOf(values: readonly unknown[]): string {
  const words = values.map(String);
  if (words.length <= 2) return words.join(' or ');
  return `one of ${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
