import type { ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';
import { decodeBase64 } from '../values/base64.ts';

/** One value of a Secret, as a workload gets it. */
export interface SecretValue {
  readonly key: string;
  /** Where it is written. */
  readonly node: ManifestNode;
  readonly field: 'data' | 'stringData';
  /** The bytes as text (UTF-8). */
  readonly text: string;
}

/** The values of a Secret that can be read: those of `data` decoded, those of `stringData` as they stand. */
export function secretValues(secret: Resource): readonly SecretValue[] {
  if (isSopsFile(secret)) return [];
  const values: SecretValue[] = [];
  for (const field of ['data', 'stringData'] as const) {
    for (const { key, value } of secret.node.get(field).entries()) {
      const text = value.string === undefined ? undefined : field === 'data' ? decodedText(value.string) : value.string;
      if (text !== undefined) values.push({ key, node: value, field, text });
    }
  }
  return values;
}

/** SOPS encrypts the values and adds its own metadata under `sops`. */
export function isSopsFile(resource: Resource): boolean {
  return resource.node.get('sops').isKnown;
}

/** The text that standard base64 stands for, undefined where it is none; bytes that are no UTF-8 are replaced. */
export function decodedText(base64: string): string | undefined {
  const bytes = decodeBase64(base64);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}
