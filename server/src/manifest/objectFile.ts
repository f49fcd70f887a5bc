import type { ManifestDocument } from './manifestDocument.ts';
import type { ManifestFile, Position } from './manifestFile.ts';
import type { FieldOrigin, ManifestPath } from './manifestNode.ts';
import { objectDocument } from './objectDocument.ts';

const fileStart: Position = { line: 0, character: 0 };

/**
 * One object that was never text, as a file of one document: an object of a live cluster. Its places have paths and no
 * ranges, and no fix can be written into it.
 *
 * @param object parsed JSON; it is read lazily and must not be changed afterwards
 * @param origin tells who set the field at a path; without it nobody knows
 */
export function objectFile(object: unknown, origin?: (path: ManifestPath) => FieldOrigin): ManifestFile {
  return new ObjectFile(objectDocument(object, origin));
}

class ObjectFile implements ManifestFile {
  readonly text = '';
  readonly documents: readonly ManifestDocument[];
  readonly notChecked = undefined;
  readonly lineEnding = '\n';

  constructor(document: ManifestDocument) {
    this.documents = [document];
  }

  /** @throws always: who has no text changes an object by giving another. */
  edit(): ManifestFile {
    throw new Error('An object that was never text cannot be edited.');
  }

  startOf(): number {
    return 0;
  }

  documentAt(): ManifestDocument | undefined {
    return this.documents[0];
  }

  positionAt(): Position {
    return fileStart;
  }

  offsetAt(): number {
    return 0;
  }

  rangeOf(): undefined {
    return undefined;
  }
}
