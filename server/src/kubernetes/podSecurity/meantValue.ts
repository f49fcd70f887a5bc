import type { FixValue, ManifestNode } from '../../manifest/index.ts';
import { type FieldPlace, knownFields } from './knownFields.ts';
import { isKnownThroughout } from './sameValue.ts';

/**
 * A value of the wrong type, written in the right one. Undefined where more than one thing may be meant.
 *
 * @param type the type that the field, or an item of it, must have, as in `typeOfField`
 */
export function meantValue(type: string, field: string, node: ManifestNode): FixValue | undefined {
  if (type.startsWith('[]')) return meantList(type.slice(2), field, node);
  switch (type) {
    case 'boolean':
      return meantBoolean(node);
    case 'integer':
      return meantInteger(field, node);
    case 'string':
      return Number.isInteger(node.number) ? String(node.number) : undefined;
    default:
      return meantMap(type, node);
  }
}

const booleanWords: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on', 'y', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', 'n', '0'].map((word) => [word, false] as const),
]);

function meantBoolean({ scalar }: ManifestNode): boolean | undefined {
  return scalar === undefined ? undefined : booleanWords.get(String(scalar).trim().toLowerCase());
}

/** Permission bits are written in octal by everybody, quoted or not. */
const octalFields: ReadonlySet<string> = new Set(['defaultMode', 'mode']);

function meantInteger(field: string, { string }: ManifestNode): number | undefined {
  const digits = string?.trim() ?? '';
  if (octalFields.has(field) && /^0o?[0-7]+$/.test(digits)) return Number.parseInt(digits.replace('o', ''), 8);
  const value = /^-?(?:0|[1-9]\d*)$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

function meantList(itemType: string, field: string, node: ManifestNode): readonly FixValue[] | undefined {
  if (itemType === 'string') return meantTexts(field, node);
  if (itemType === 'integer' && Number.isInteger(node.number)) return [Number(node.number)];
  if (isMapOf(itemType, node)) return [node.toJson() as FixValue];
  const item = node.type === 'list' ? undefined : meantValue(itemType, field, node);
  return item === undefined ? undefined : [item];
}

/** One text for a list of them; capabilities are also written one after the other. */
function meantTexts(field: string, { string }: ManifestNode): readonly string[] | undefined {
  const isCapabilities = field === 'add' || field === 'drop';
  const texts = (isCapabilities ? string?.split(/[\s,]+/) : [string])?.filter(
    (text) => text !== undefined && text !== '',
  );
  return texts === undefined || texts.length === 0 ? undefined : texts.map(String);
}

function meantMap(type: string, node: ManifestNode): FixValue | undefined {
  if (node.type === 'list') return mergedItems(type, node);
  const text = node.string?.trim() ?? '';
  switch (type) {
    case 'SeccompProfile':
    case 'AppArmorProfile':
      return meantProfile(text);
    case 'EmptyDirVolumeSource':
      return node.boolean === true || text === '' || text === '{}' ? {} : undefined;
    default: {
      const field = nameFields.get(type);
      return field === undefined || text === '' ? undefined : { [field]: text };
    }
  }
}

/** The one field that is nearly always all that a map of the type holds. */
const nameFields: ReadonlyMap<string, string> = new Map([
  ['ConfigMapVolumeSource', 'name'],
  ['HostPathVolumeSource', 'path'],
  ['LocalObjectReference', 'name'],
  ['PersistentVolumeClaimVolumeSource', 'claimName'],
  ['PodOS', 'name'],
  ['SecretVolumeSource', 'secretName'],
]);

/** A profile in one word, as the annotations of old wrote it too (`runtime/default`, `localhost/profiles/web.json`). */
function meantProfile(text: string): FixValue | undefined {
  const local = /^localhost\/(.+)$/.exec(text)?.[1];
  if (local !== undefined) return { type: 'Localhost', localhostProfile: local };
  const word = text.toLowerCase();
  if (['runtimedefault', 'runtime/default', 'docker/default'].includes(word)) return { type: 'RuntimeDefault' };
  return word === 'unconfined' ? { type: 'Unconfined' } : undefined;
}

/** A map whose fields were each written as an item of a list. */
function mergedItems(type: string, list: ManifestNode): FixValue | undefined {
  const items = list.items();
  if (items.length === 0) return {};
  const entries = items.flatMap((item) => item.entries());
  const isWhole = list.isComplete && items.every((item) => isMapOf(type, item));
  if (!isWhole || new Set(entries.map(({ key }) => key)).size < entries.length) return undefined;
  return Object.fromEntries(entries.map(({ key, value }) => [key, value.toJson() as FixValue]));
}

function isMapOf(type: string, node: ManifestNode): boolean {
  const known = knownFields(type as FieldPlace);
  return node.type === 'map' && isKnownThroughout(node) && node.entries().every(({ key }) => known.includes(key));
}
