import type { ManifestDocument, ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';

/**
 * What a build service runs: a workflow or action of GitHub, a pipeline of GitLab, Azure, Bitbucket or CircleCI, a Task or
 * Pipeline of Tekton. They differ in how jobs and steps are nested, and agree in that scripts and the actions or images
 * used stand under a few keys.
 */
export interface Pipeline {
  readonly document: ManifestDocument;
  /** Shell scripts in source order, each a string. */
  readonly scripts: readonly ManifestNode[];
  /** Names of actions, images, tasks and templates that steps use, each a string. */
  readonly uses: readonly ManifestNode[];
}

const scriptKeys: ReadonlySet<string> = new Set([
  'run',
  'script',
  'before_script',
  'after_script',
  'bash',
  'commands',
  'command',
]);
const useKeys: ReadonlySet<string> = new Set(['uses', 'image', 'template', 'task', 'taskRef', 'remote', 'component']);

/** Deeper than any of them nests. */
const deepest = 12;

/**
 * The pipeline in a document that is no resource. undefined for one without scripts and actions; a file of another kind
 * that has such keys is read as one, so a rule must look for commands that tell.
 */
export function pipelineOf(document: ManifestDocument): Pipeline | undefined {
  const { root } = document;
  if (root.type !== 'map' || root.get('apiVersion').isKnown) return undefined;
  return readPipeline(root);
}

/** The pipeline in a resource of Tekton. */
export function pipelineOfResource({ group, spec }: Resource): Pipeline | undefined {
  return group === 'tekton.dev' ? readPipeline(spec) : undefined;
}

function readPipeline(node: ManifestNode): Pipeline | undefined {
  const scripts: ManifestNode[] = [];
  const uses: ManifestNode[] = [];
  collect(node, '', 0, scripts, uses);
  return scripts.length + uses.length === 0 ? undefined : { document: node.document, scripts, uses };
}

/** `key` is the one that a value, or the list it stands in, stands under. */
function collect(node: ManifestNode, key: string, depth: number, scripts: ManifestNode[], uses: ManifestNode[]): void {
  if (depth > deepest) return;
  switch (node.type) {
    case 'map':
      for (const entry of node.entries()) {
        // GitLab's `image: {name: ...}`, Tekton's `taskRef: {name: ...}`.
        const isNameOfUsed = entry.key === 'name' && useKeys.has(key);
        collect(entry.value, isNameOfUsed ? key : entry.key, depth + 1, scripts, uses);
      }
      return;
    case 'list':
      for (const item of node.items()) collect(item, key, depth + 1, scripts, uses);
      return;
    case 'string':
      if (scriptKeys.has(key)) scripts.push(node);
      else if (useKeys.has(key)) uses.push(node);
      return;
    case 'number':
    case 'boolean':
    case 'missing':
    case 'unknown':
      return;
    default:
      node.type satisfies never;
  }
}
