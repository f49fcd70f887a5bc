import {
  asObject,
  declarationHints,
  fieldWriters,
  objectResource,
  type RawObject,
  type ResourceIdentity,
  writerOf,
} from '../../kubernetes/index.ts';
import { type ManifestPath, manifestText } from '../../manifest/index.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';
import { troubleSentence } from '../connection/troubleSentence.ts';
import type { ReadObjectResult } from '../protocol/index.ts';
import { objectPath } from './objectPath.ts';
import { repeatingAnnotations } from './secretsIn.ts';

/**
 * One object as it is now, and who wrote a field of it last, for a reader: without the bookkeeping of managedFields, and of a Secret without its values.
 */
export async function readObject(
  client: ClusterClient,
  identity: ResourceIdentity,
  { field, signal }: { readonly field?: ManifestPath | undefined; readonly signal?: AbortSignal } = {},
): Promise<ReadObjectResult> {
  const found = await objectPath(client, identity, signal);
  if (found.kind !== 'path') return { kind: 'trouble', message: found.message };
  const answer = await client.request({ path: found.path, ...(signal === undefined ? {} : { signal }) });
  if (answer.outcome !== 'answered') return { kind: 'trouble', message: troubleSentence(answer) };
  const object = withoutSecrets(identity, asObject(answer.body));
  const resource = objectResource({ ...object, kind: object.kind ?? identity.kind });
  const writers = fieldWriters(object);
  const writer = field === undefined ? undefined : writerOf(writers, field);
  return {
    kind: 'object',
    yaml: manifestText(withoutManagedFields(object)),
    writers,
    ...(writer === undefined ? {} : { writer }),
    declaredBy: declarationHints(resource),
  };
}

function withoutManagedFields(object: RawObject): Parameters<typeof manifestText>[0] {
  const { apiVersion, kind, ...rest } = object;
  const { managedFields, ...metadata } = asObject(object.metadata);
  // It came as JSON, so it is JSON.
  return { apiVersion, kind, ...rest, metadata } as Parameters<typeof manifestText>[0];
}

/** Without the values of a Secret, and the copies of them that those who apply it leave in annotations. */
function withoutSecrets({ kind }: ResourceIdentity, object: RawObject): RawObject {
  if (kind !== 'Secret' && object.kind !== 'Secret') return object;
  const hidden = (values: unknown) => Object.fromEntries(Object.keys(asObject(values)).map((key) => [key, '']));
  const metadata = asObject(object.metadata);
  const annotations = Object.entries(asObject(metadata.annotations));
  const repeating = repeatingAnnotations(object);
  const shown = annotations.map(([name, value]) => [name, repeating.has(name) ? '' : value]);
  return {
    ...object,
    metadata: annotations.length === 0 ? metadata : { ...metadata, annotations: Object.fromEntries(shown) },
    ...(object.data === undefined ? {} : { data: hidden(object.data) }),
    ...(object.stringData === undefined ? {} : { stringData: hidden(object.stringData) }),
  };
}
