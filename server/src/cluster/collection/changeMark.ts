import { createHash } from 'node:crypto';
import { asObject } from '../../kubernetes/index.ts';

/**
 * What is another after somebody changed an object, and the same after the cluster noted its status. The generation counts
 * changes of the spec, and no changes of labels and annotations (ObjectMeta in k8s.io/apimachinery, meta/v1/types.go).
 *
 * @param object whole, or its metadata alone
 * @returns undefined for kinds that have no generation, such as those of RBAC
 */
export function changeMark(object: unknown): string | undefined {
  const { generation, labels, annotations } = asObject(asObject(object).metadata);
  if (typeof generation !== 'number') return undefined;
  // Keys of maps come sorted from the API server.
  return createHash('sha1')
    .update(JSON.stringify([generation, labels, annotations]))
    .digest('base64');
}

/** Tells an object from the others of its kind. */
export function objectKey(object: unknown): string {
  const { namespace, name } = asObject(asObject(object).metadata);
  return JSON.stringify([namespace, name]);
}
