import type { ManifestDocument, ManifestNode } from '../../manifest/index.ts';

/** A text somewhere in the values of a Helm chart. */
export interface HelmValue {
  readonly node: ManifestNode;
  /** What the setting is called: its key, or the `name` beside a `value`, as in lists of environment variables. */
  readonly name: string;
  /** As `--set` takes it: `auth.password`, `extraEnv[0].value`. */
  readonly path: string;
}

/** The values of a Helm chart: a file without kind, which the chart's templates are rendered with. */
export interface HelmValues {
  readonly node: ManifestNode;
  /** Every text in it, in source order. */
  readonly texts: readonly HelmValue[];
}

/** `values.yaml`, `values-prod.yaml`, `values.prod.yaml`, `prod-values.yaml`. */
export function isHelmValuesFile(uri: string): boolean {
  return /(?:^|\/)(?:[\w.-]+[-_.])?values(?:[-_.][\w.-]+)?\.ya?ml$/i.test(uri);
}

/** The values in a document of such a file; undefined for one that is a Kubernetes object after all, or no map. */
export function helmValuesOf({ root }: ManifestDocument): HelmValues | undefined {
  if (root.type !== 'map' || !root.get('kind').isMissing || !root.get('apiVersion').isMissing) return undefined;
  const texts: HelmValue[] = [];
  collectTexts(root, '', '', texts);
  return { node: root, texts };
}

function collectTexts(node: ManifestNode, name: string, path: string, into: HelmValue[]): void {
  // An alias is judged where it is written.
  if (node.isShared) return;
  if (node.string !== undefined) into.push({ node, name, path });
  for (const [index, item] of node.items().entries()) collectTexts(item, name, `${path}[${index}]`, into);
  const itemName = node.get('name').string;
  for (const { key, value } of node.entries()) {
    const below = path === '' ? key : `${path}.${key}`;
    collectTexts(value, key === 'value' && itemName !== undefined ? itemName : key, below, into);
  }
}
