// The door of the ground floor: everything the rooms above may use of it.

export { diffEdits } from './edit/diffEdits.ts';
export { planEdits } from './edit/planEdits.ts';
export { applyEdits } from './edit/textEdits.ts';
export { embeddedDocuments } from './embeddedDocument.ts';
export type { EditPlan, FixOperation, FixValue, NewFile, TextEdit, ValueSource } from './fix.ts';
export { RandomBytes } from './fix.ts';
export type { DocumentForm, ManifestComment, ManifestDocument, SyntaxProblem } from './manifestDocument.ts';
export type * from './manifestFile.ts';
export type * from './manifestNode.ts';
export { manifestText } from './manifestText.ts';
export { objectDocument } from './objectDocument.ts';
export { objectFile } from './objectFile.ts';
export { parseManifest } from './parseManifest.ts';
export { type RepeatedKey, repeatedKeys } from './repeatedKeys.ts';
