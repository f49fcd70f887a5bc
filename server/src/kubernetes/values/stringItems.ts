import type { ManifestNode } from '../../manifest/index.ts';

/** The items of a list that are known strings. */
export function stringItems(list: ManifestNode): readonly string[] {
  return list.items().flatMap((item) => item.string ?? []);
}
