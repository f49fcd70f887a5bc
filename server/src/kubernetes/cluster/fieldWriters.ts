import type { ManifestPath } from '../../manifest/index.ts';
import type { RawObject } from '../resources/serverDefaults.ts';
import { asObject } from '../values/json.ts';

/** One entry of `metadata.managedFields`: who wrote which fields last. */
export interface FieldWriter {
  /** `kubectl-client-side-apply`, `helm`, `argocd-controller` */
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  /** The API version in which it was written. */
  readonly apiVersion: string;
  /** ISO 8601; undefined where the server recorded none. */
  readonly time: string | undefined;
  /** Paths of the fields; items of lists by the index that they have now. What is no longer there is left out. */
  readonly fields: readonly ManifestPath[];
}

/**
 * Who wrote the fields of a live object, the latest first. Fields of the status are left out, for they are nobody's wish.
 * Format: sigs.k8s.io/structured-merge-diff, fieldpath/serialize.go.
 */
export function fieldWriters(object: RawObject): readonly FieldWriter[] {
  const entries = asObject(object.metadata).managedFields;
  if (!Array.isArray(entries)) return [];
  return entries
    .map(asObject)
    .filter(({ subresource }) => subresource === undefined || subresource === '')
    .map((entry): FieldWriter => {
      const fields: ManifestPath[] = [];
      collect(asObject(entry.fieldsV1), object, [], fields);
      return {
        manager: typeof entry.manager === 'string' ? entry.manager : '',
        operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
        apiVersion: typeof entry.apiVersion === 'string' ? entry.apiVersion : '',
        time: typeof entry.time === 'string' ? entry.time : undefined,
        fields,
      };
    })
    .sort((a, b) => (b.time ?? '').localeCompare(a.time ?? ''));
}

/** The writer of a field: of the field itself, else of the nearest map or list above it that somebody wrote as a whole. */
export function writerOf(writers: readonly FieldWriter[], path: ManifestPath): FieldWriter | undefined {
  for (let length = path.length; length > 0; length--) {
    const field = JSON.stringify(path.slice(0, length));
    const found = writers.find(({ fields }) => fields.some((one) => JSON.stringify(one) === field));
    if (found !== undefined) return found;
  }
  return undefined;
}

function collect(fields: RawObject, value: unknown, path: ManifestPath, into: ManifestPath[]): void {
  for (const [step, below] of Object.entries(fields)) {
    if (step === '.') {
      into.push(path);
      continue;
    }
    const key = keyOf(step, value);
    if (key === undefined) continue;
    const child = Array.isArray(value) ? value[Number(key)] : asObject(value)[key];
    const here = [...path, key];
    // A field without anything below is one that its writer wrote as a whole.
    if (Object.keys(asObject(below)).length === 0) into.push(here);
    else collect(asObject(below), child, here, into);
  }
}

/** The key or index that a step leads to; undefined for what is not there (any more). */
function keyOf(step: string, value: unknown): string | number | undefined {
  const kind = step.slice(0, 2);
  const rest = step.slice(2);
  if (kind === 'f:') return Object.hasOwn(asObject(value), rest) ? rest : undefined;
  if (!Array.isArray(value)) return undefined;
  const wanted = parse(rest);
  const index = indexIn(value, kind, wanted);
  return index === undefined || index < 0 || index >= value.length ? undefined : index;
}

function indexIn(list: readonly unknown[], kind: string, wanted: unknown): number | undefined {
  switch (kind) {
    case 'i:':
      return typeof wanted === 'number' ? wanted : undefined;
    case 'v:':
      return list.findIndex((item) => JSON.stringify(item) === JSON.stringify(wanted));
    case 'k:': {
      const keys = Object.entries(asObject(wanted));
      return list.findIndex((item) => keys.every(([name, value]) => isKey(asObject(item), name, value)));
    }
    default:
      return undefined;
  }
}

/** Keys of ports have a default that the object may leave out (`protocol`). */
function isKey(item: RawObject, name: string, value: unknown): boolean {
  return item[name] === value || (item[name] === undefined && name === 'protocol' && value === 'TCP');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
