import { type ManifestFile, planEdits, type ValueSource } from '../../manifest/index.ts';
import type { Fix } from '../../rules/index.ts';
import type { FixPlan } from '../workspace.ts';
import { isSourceFix, type SourceEdit } from './sourceFix.ts';

/** The edits of one fix against a file, or why it cannot be applied. */
export function planFix(file: ManifestFile, fix: Fix, values: ValueSource): FixPlan {
  return isSourceFix(fix) ? planSourceEdit(file, fix.sourceEdit) : planEdits(file, fix.operations, values);
}

export function planSourceEdit(file: ManifestFile, { document, start, end, text }: SourceEdit): FixPlan {
  if (!file.documents.includes(document)) return { kind: 'refused', reason: 'The document has changed meanwhile.' };
  const offset = file.startOf(document);
  return { kind: 'edits', edits: [{ start: offset + start, end: offset + end, text }], newFiles: [] };
}
