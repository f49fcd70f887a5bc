import type { EditPlan, FixOperation, NewFile, TextEdit, ValueSource } from '../fix.ts';
import type { ManifestDocument } from '../manifestDocument.ts';
import type { ManifestFile } from '../manifestFile.ts';
import type { ManifestNode } from '../manifestNode.ts';
import { TextDocument } from '../textDocument.ts';
import { newFile, withDocuments } from './addedDocuments.ts';
import { DEFAULT_STYLE, exampleStyle } from './blockStyle.ts';
import { diffEdits } from './diffEdits.ts';
import { DocumentEditor } from './documentEditor.ts';
import type { EditSource } from './editSource.ts';
import { reasons } from './reasons.ts';
import { type BlockStyle, fillIn, type PlainValue } from './writeValue.ts';

/** So many documents of a file are looked at for its style. */
const MAX_EXAMPLES = 10;

/** What a fix does to one document. */
interface DocumentPlan {
  readonly document: TextDocument;
  readonly editor: DocumentEditor;
  readonly added: PlainValue[];
}

/**
 * The edits that do all operations of a fix, or none of them. The nodes, indices and text positions of the operations all
 * mean the file as it is now. Every byte that no operation speaks of stays; only the documents named are parsed.
 */
export function planEdits(file: ManifestFile, operations: readonly FixOperation[], values: ValueSource): EditPlan {
  if (file.notChecked !== undefined) return refused(reasons.notChecked);
  const plans = new Map<ManifestDocument, DocumentPlan>();
  const newFiles: NewFile[] = [];
  for (const operation of operations) {
    if (operation.op === 'createFile') {
      const style = fileStyle(file, file.documents[0]);
      newFiles.push(newFile(operation.path, operation.documents, values, style, file.lineEnding));
      continue;
    }
    const documents = documentsOf(operation);
    for (const document of documents) {
      if (plans.has(document)) continue;
      if (!file.documents.includes(document)) return refused(reasons.stale);
      if (!(document instanceof TextDocument)) return refused(reasons.object);
      plans.set(document, { document, editor: new DocumentEditor(sourceOf(file, document)), added: [] });
    }
    const [document, other] = documents;
    const plan = plans.get(document);
    if (plan === undefined || other !== undefined) return refused(reasons.acrossDocuments);
    const reason = apply(operation, plan, values);
    if (reason !== undefined) return refused(reason);
  }
  const edits: TextEdit[] = [];
  for (const plan of [...plans.values()].sort((a, b) => file.startOf(a.document) - file.startOf(b.document))) {
    const reason = plan.editor.finish();
    if (reason !== undefined) return refused(reason);
    const start = file.startOf(plan.document);
    for (const edit of diffEdits(plan.document.text, finalText(file, plan))) {
      edits.push({ start: start + edit.start, end: start + edit.end, text: edit.text });
    }
  }
  return { kind: 'edits', edits, newFiles };
}

function refused(reason: string): EditPlan {
  return { kind: 'refused', reason };
}

/** The documents that an operation names; two only for a move across documents. */
function documentsOf(
  operation: Exclude<FixOperation, { op: 'createFile' }>,
): readonly [ManifestDocument] | readonly [ManifestDocument, ManifestDocument] {
  switch (operation.op) {
    case 'addDocument':
      return [operation.after];
    case 'insert':
      return [operation.list.document];
    case 'move': {
      const { from, to } = operation;
      return from.document === to.document ? [from.document] : [from.document, to.document];
    }
    default:
      return [operation.node.document];
  }
}

function apply(
  operation: Exclude<FixOperation, { op: 'createFile' }>,
  { document, editor, added }: DocumentPlan,
  values: ValueSource,
): string | undefined {
  switch (operation.op) {
    case 'set':
      return notEditable(operation.node) ?? editor.set(operation.node.path, fillIn(operation.value, values));
    case 'remove':
      return notEditable(operation.node) ?? editor.remove(operation.node.path, operation.keepEmptyParent === true);
    case 'rename':
      return notEditable(operation.node) ?? editor.rename(operation.node.path, operation.key);
    case 'keepOne':
      return notEditable(operation.node) ?? editor.keepOne(operation.node.path, operation.occurrence);
    case 'move': {
      const { from, to } = operation;
      return notEditable(from) ?? notEditable(to) ?? editor.move(from.path, to.path);
    }
    case 'insert': {
      const { list, index, value } = operation;
      return notEditable(list) ?? editor.insert(list.path, index, fillIn(value, values));
    }
    case 'replaceText': {
      const { node, from, to, text } = operation;
      return notEditable(node) ?? editor.replaceText(node.path, from, to, text);
    }
    case 'addDocument':
      if (document.form === 'json') return reasons.jsonDocument;
      added.push(fillIn(operation.value, values));
      return undefined;
  }
}

/** Why nothing may be written at a node, undefined if it may. */
function notEditable(node: ManifestNode): string | undefined {
  if (node.isShared) return reasons.shared;
  if (!node.isUnknown) return undefined;
  // Unknown though the text itself is clear: the document is read as a fragment, of which another one is a part.
  if (!node.document.root.get(...node.path).isUnknown) return reasons.fragment;
  return node.document.form === 'helm-template' ? reasons.template : reasons.syntax;
}

function sourceOf(file: ManifestFile, document: TextDocument): EditSource {
  const { root, comments, problems } = document.syntax;
  const { text, form } = document;
  const fallbackStyle = DEFAULT_STYLE;
  const source = { text, form, root, comments, problems, lineEnding: file.lineEnding, fallbackStyle };
  const { indent, listIndent } = exampleStyle(source);
  const isShown = indent !== undefined && listIndent !== undefined;
  return isShown ? source : { ...source, fallbackStyle: fileStyle(file, document) };
}

/** The style of a document where it shows one, else of the first other document of its file that does. */
function fileStyle(file: ManifestFile, document: ManifestDocument | undefined): BlockStyle {
  let indent: number | undefined;
  let listIndent: number | undefined;
  const first = file.documents.slice(0, MAX_EXAMPLES);
  for (const other of document === undefined ? first : [document, ...first]) {
    if (!(other instanceof TextDocument)) continue;
    const { root, comments, problems } = other.syntax;
    const { text, form } = other;
    const source = { text, form, root, comments, problems, lineEnding: file.lineEnding, fallbackStyle: DEFAULT_STYLE };
    const style = exampleStyle(source);
    indent ??= style.indent;
    listIndent ??= style.listIndent;
    if (indent !== undefined && listIndent !== undefined) break;
  }
  return { indent: indent ?? DEFAULT_STYLE.indent, listIndent: listIndent ?? DEFAULT_STYLE.listIndent };
}

function finalText(file: ManifestFile, { document, editor, added }: DocumentPlan): string {
  const { text } = editor.source;
  if (added.length === 0) return text;
  const isLast = document === file.documents.at(-1);
  return withDocuments(text, added, fileStyle(file, document), file.lineEnding, isLast);
}
