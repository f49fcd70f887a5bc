import type { ManifestNode } from '../../manifest/index.ts';

/** The fields of a kustomization file (kustomize, api/types/kustomization.go), those that have been given up included. */
const fields: ReadonlySet<string> = new Set([
  'bases',
  'buildMetadata',
  'commonAnnotations',
  'commonLabels',
  'components',
  'configMapGenerator',
  'configurations',
  'crds',
  'generatorOptions',
  'generators',
  'helmChartInflationGenerator',
  'helmCharts',
  'helmGlobals',
  'imageTags',
  'images',
  'labels',
  'metadata',
  'namePrefix',
  'nameSuffix',
  'namespace',
  'openapi',
  'patches',
  'patchesJson6902',
  'patchesStrategicMerge',
  'replacements',
  'replicas',
  'resources',
  'secretGenerator',
  'sortOptions',
  'transformers',
  'validators',
  'vars',
]);

/**
 * Whether a document without apiVersion and kind is a kustomization, which may leave them out: it has the fields of one and
 * no others, and names something to build from.
 */
export function isBareKustomization(root: ManifestNode): boolean {
  const entries = root.entries();
  return (
    entries.every(({ key }) => fields.has(key)) &&
    ['resources', 'bases', 'components'].some((list) => isListOfTexts(root.get(list)))
  );
}

function isListOfTexts(node: ManifestNode): boolean {
  return node.items().length > 0 && node.items().every((item) => item.string !== undefined);
}

/** What kustomize puts for the missing fields (FixKustomizationPostUnmarshal). */
export const kustomizationType = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };

/** Whether a text may be such a document; spares the parsing of nearly all others. */
export function mayBeBareKustomization(text: string): boolean {
  return /^(?:resources|bases|components):/m.test(text);
}
