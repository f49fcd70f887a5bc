import type { ManifestComment, ManifestDocument, SyntaxProblem } from './manifestDocument.ts';
import type { FieldOrigin, ManifestNode, ManifestPath } from './manifestNode.ts';
import { ObjectNode } from './objectNode.ts';

/**
 * A document over plain JSON that was never text, such as an object of a live cluster. Places in it have paths only.
 *
 * @param object parsed JSON; it is read lazily and must not be changed afterwards
 * @param origin tells who set the field at a path; without it nobody knows
 */
export function objectDocument(object: unknown, origin?: (path: ManifestPath) => FieldOrigin): ManifestDocument {
  return new ObjectDocument(object, origin ?? (() => 'unknown'));
}

export class ObjectDocument implements ManifestDocument {
  readonly text = '';
  readonly form = 'object';
  readonly problems: readonly SyntaxProblem[] = [];
  readonly comments: readonly ManifestComment[] = [];
  readonly root: ManifestNode;
  readonly isEmpty: boolean;
  readonly originOf: (path: ManifestPath) => FieldOrigin;

  constructor(object: unknown, originOf: (path: ManifestPath) => FieldOrigin) {
    this.originOf = originOf;
    this.isEmpty = object === undefined || object === null;
    this.root = new ObjectNode(this, undefined, '', object);
  }
}
