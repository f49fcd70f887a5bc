import type { ManifestDocument } from '../../manifest/index.ts';
import type { Fix } from '../../rules/index.ts';

/** A replacement of the source characters [start, end) of a document; offsets relative to the document. */
export interface SourceEdit {
  readonly document: ManifestDocument;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A fix of what is no part of the YAML tree (comments). Only the engine's own findings have such fixes; rules never
 * see text.
 */
export interface SourceFix extends Fix {
  readonly operations: readonly [];
  readonly sourceEdit: SourceEdit;
}

export function sourceFix(fixClass: Fix['fixClass'], title: string, sourceEdit: SourceEdit): SourceFix {
  return { fixClass, title, operations: [], sourceEdit, isPreferred: true };
}

export function isSourceFix(fix: Fix): fix is SourceFix {
  return 'sourceEdit' in fix;
}
