import type { FixValue } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';

/** A name for the Secret that takes a value out of an object, as RFC 1123 demands; undefined where none can be made. */
export function secretNameFor(resource: Resource, ...parts: readonly string[]): string | undefined {
  // What a patch is merged into may have the value already, in another form.
  if (resource.isPartial || resource.name === '') return undefined;
  const name = [resource.name, ...parts]
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return name.length > 253 ? undefined : name;
}

/** The Secret document that holds one value moved out of `resource`, in its namespace. */
export function secretWith(resource: Resource, name: string, key: string, text: string): FixValue {
  const metadata = resource.namespace === '' ? { name } : { name, namespace: resource.namespace };
  return { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', stringData: { [key]: text } };
}
