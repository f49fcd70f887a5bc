import type { RawObject, ResourceIdentity } from '../../kubernetes/index.ts';
import { asObject, asString, parseApiVersion } from '../../kubernetes/index.ts';

/** What names an object, or will begin its name; empty where the object does not say. */
export function identityOf(object: RawObject): ResourceIdentity {
  const metadata = asObject(object.metadata);
  return {
    ...parseApiVersion(asString(object.apiVersion) ?? ''),
    kind: asString(object.kind) ?? '',
    namespace: asString(metadata.namespace) ?? '',
    name: asString(metadata.name) ?? asString(metadata.generateName) ?? '',
  };
}
