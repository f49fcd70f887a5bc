import { repeatsSecretData } from '../credentials/repeatsSecretData.ts';
import type { ResourceIdentity } from '../resources/resource.ts';
import type { RawObject } from '../resources/serverDefaults.ts';
import { asArray, asObject, asString } from '../values/json.ts';

/** What the metadata of a Secret tells beside its names and labels; no value and no part of one is in it. */
export interface SecretTrace {
  readonly secret: ResourceIdentity;
  /** An annotation repeats its data. */
  readonly repeatsData: boolean;
  /** ISO 8601; undefined where the server recorded none. */
  readonly lastWritten: string | undefined;
}

/** Annotations in which those who apply an object as a whole leave a copy of it as JSON: kubectl and kapp. */
const copies = ['kubectl.kubernetes.io/last-applied-configuration', 'kapp.k14s.io/original'];

/** @param object a Secret, or its metadata alone, as it was read */
export function secretTrace(object: RawObject): SecretTrace {
  const metadata = asObject(object.metadata);
  const annotations = asObject(metadata.annotations);
  const writes = asArray(metadata.managedFields).map(asObject);
  const times = [metadata.creationTimestamp, ...writes.map(({ time }) => time)].flatMap((time) => asString(time) ?? []);
  return {
    secret: {
      group: '',
      version: 'v1',
      kind: 'Secret',
      namespace: asString(metadata.namespace) ?? '',
      name: asString(metadata.name) ?? '',
    },
    repeatsData: copies.some((name) => repeatsSecretData(asString(annotations[name]) ?? '')),
    // All in UTC and of the same form, so that the last in order is the latest.
    lastWritten: times.sort().at(-1),
  };
}
