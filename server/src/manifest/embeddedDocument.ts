import type { ManifestFile } from './manifestFile.ts';
import type { ManifestNode } from './manifestNode.ts';
import { createTextFile } from './textFile.ts';

const cache = new WeakMap<ManifestNode, ManifestFile>();
const maxBytes = 10 * 1024 * 1024;

/**
 * Reads the decoded text of a string as a manifest, such as a file in a ConfigMap. The places of its nodes lie in the
 * document of `node` (`place.document` is that document, `place.path` the path of `node`), so they can be shown like any
 * other; offsets in comments and problems are those of the embedded document.
 *
 * @returns a file that is not meant to be edited; it has one empty document if `node` is no known string
 */
export function embeddedDocuments(node: ManifestNode): ManifestFile {
  let file = cache.get(node);
  if (file === undefined) {
    file = createTextFile(node.string ?? '', { form: 'auto', maxBytes }, node);
    cache.set(node, file);
  }
  return file;
}
