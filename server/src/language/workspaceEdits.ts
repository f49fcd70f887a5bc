import type {
  AnnotatedTextEdit,
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { ManifestFile, NewFile, TextEdit as OffsetEdit } from '../manifest/index.ts';
import type { ClientAbilities } from './clientAbilities.ts';
import { siblingUri } from './fileUris.ts';
import type { OpenDocument } from './openDocuments.ts';

/** A file and what is done to it, before it is said in the form that the client understands. */
export interface FileEdits {
  readonly uri: string;
  /** The client's version of an open document, null for a file that is not open. */
  readonly version: number | null;
  readonly edits: readonly TextEdit[];
  /** The text that the edits are made for, where they may have placeholders. */
  readonly file?: ManifestFile;
}

export interface NewFileEdit {
  readonly uri: string;
  readonly text: string;
}

/** What an edit is called in the editor's preview; with one the editor asks before it applies anything. */
export interface Confirmation {
  readonly label: string;
  readonly description?: string;
}

export interface EditRequest {
  readonly files: readonly FileEdits[];
  readonly newFiles?: readonly NewFileEdit[];
  readonly confirmation?: Confirmation;
  /** Turns placeholders of the inserted text into tab stops where the client has snippet edits. */
  readonly placeholders?: boolean;
}

/** The edits of an open document from offsets of its current text. */
export function documentEdits(document: OpenDocument, file: ManifestFile, edits: readonly OffsetEdit[]): FileEdits {
  return { uri: document.clientUri, version: document.version, edits: toTextEdits(file, edits), file };
}

export function toTextEdits(file: ManifestFile, edits: readonly OffsetEdit[]): TextEdit[] {
  return edits.map(({ start, end, text }) => ({
    range: { start: file.positionAt(start), end: file.positionAt(end) },
    newText: text,
  }));
}

/** New files of a fix beside the file that is fixed; undefined if that file lies in no folder. */
export function newFileEdits(uri: string, newFiles: readonly NewFile[]): readonly NewFileEdit[] | undefined {
  const placed: NewFileEdit[] = [];
  for (const { path, text } of newFiles) {
    const target = siblingUri(uri, path);
    if (target === undefined) return undefined;
    placed.push({ uri: target, text });
  }
  return placed;
}

/** Versioned where the client understands that; undefined if the client cannot do what is asked. */
export function toWorkspaceEdit(request: EditRequest, abilities: ClientAbilities): WorkspaceEdit | undefined {
  const newFiles = request.newFiles ?? [];
  if (newFiles.length > 0 && !abilities.createFiles) return undefined;
  if (!abilities.documentChanges) {
    return { changes: Object.fromEntries(request.files.map(({ uri, edits }) => [uri, [...edits]])) };
  }
  const confirmation = abilities.changeAnnotations ? request.confirmation : undefined;
  const annotate = <E extends TextEdit | SnippetTextEdit>(edit: E): E =>
    confirmation === undefined ? edit : { ...edit, annotationId };
  const asSnippet = request.placeholders === true && abilities.snippetEdits && confirmation === undefined;
  return {
    documentChanges: [
      ...newFiles.map(({ uri }) => ({
        kind: 'create' as const,
        uri,
        options: { overwrite: false, ignoreIfExists: false },
        ...(confirmation !== undefined && { annotationId }),
      })),
      ...newFiles.map(
        ({ uri, text }): TextDocumentEdit => ({
          textDocument: { uri, version: null },
          edits: [annotate({ range: { start: origin, end: origin }, newText: text })],
        }),
      ),
      ...request.files.map(
        (target): TextDocumentEdit => ({
          textDocument: { uri: target.uri, version: target.version },
          edits: target.edits.map((edit): AnnotatedTextEdit | SnippetTextEdit | TextEdit =>
            asSnippet ? toSnippetEdit(edit, target) : annotate(edit),
          ),
        }),
      ),
    ],
    ...(confirmation !== undefined && {
      changeAnnotations: { [annotationId]: { ...confirmation, needsConfirmation: true } },
    }),
  };
}

const origin = { line: 0, character: 0 };
const annotationId = 'kubeharden';

/** Placeholders as fixes write them: `<why this is acceptable>`, `REPLACE_WITH_VERSION`, `namespace-to-choose`. */
const placeholder = /<([a-z][a-z0-9 _./-]*)>|REPLACE_WITH_[A-Z_]*[A-Z]|\b[a-z]+(?:-[a-z]+)*-to-choose\b/g;

function toSnippetEdit(edit: TextEdit, target: FileEdits): TextEdit | SnippetTextEdit {
  if (edit.newText.search(placeholder) < 0) return edit;
  const head = headOfLine(edit, target);
  if (head === undefined) return edit;
  let tabStop = 0;
  const value = escapeSnippet(edit.newText).replace(placeholder, (whole, name: string | undefined) => {
    tabStop += 1;
    return `\${${tabStop}:${name ?? whole}}`;
  });
  const { start, end } = edit.range;
  return {
    range: { start: { line: start.line, character: start.character - head.length }, end },
    snippet: { kind: 'snippet', value: escapeSnippet(head) + value },
  };
}

/**
 * What a snippet has to replace before its edit. VS Code indents the further lines of a snippet like the line that it is
 * put into (`SnippetSession.adjustWhitespace`), and ours are indented already: such a snippet begins where its line does.
 * undefined if another edit is in the way.
 */
function headOfLine(edit: TextEdit, { file, edits }: FileEdits): string | undefined {
  const { start } = edit.range;
  if (start.character === 0 || file === undefined || !edit.newText.includes('\n')) return '';
  const offset = file.offsetAt(start);
  const head = file.text.slice(offset - start.character, offset);
  if (!/^[ \t]/.test(head)) return '';
  const isInTheWay = ({ range }: TextEdit): boolean =>
    (range.end.line === start.line && range.end.character > 0 && range.end.character <= start.character) ||
    (range.start.line === start.line && range.start.character === 0);
  return edits.some((other) => other !== edit && isInTheWay(other)) ? undefined : head;
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
