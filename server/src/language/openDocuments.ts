import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { Workspace } from '../analysis/index.ts';
import { isJsonLanguage, isSelected, looksLikeJsonManifest } from './documentSelection.ts';
import { canonicalUri } from './fileUris.ts';

export interface OpenDocument {
  /** As the client spells it; answers use this spelling. */
  readonly clientUri: string;
  /** As the engine knows it. */
  readonly uri: string;
  readonly languageId: string;
  /** The client's version of the text. */
  readonly version: number;
  /** Rises with every change of any document and is never used twice, so it names a text without hashing it. */
  readonly revision: number;
}

/** The documents that the client has open and that are judged. Their texts live in the engine's workspace only. */
export class OpenDocuments {
  readonly #workspace: Workspace;
  readonly #byUri = new Map<string, OpenDocument>();
  /** The limit under which a document was read. */
  readonly #limits = new Map<string, number>();
  #revision = 0;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** undefined for documents of a scheme or language that is not judged. */
  open(clientUri: string, languageId: string, version: number, text: string): OpenDocument | undefined {
    if (!isSelected(clientUri, languageId)) return undefined;
    const uri = canonicalUri(clientUri);
    this.#limits.set(uri, this.#workspace.configurationFor(uri).maxFileSizeKb);
    this.#workspace.setText(uri, text);
    return this.#put({ clientUri, uri, languageId, version, revision: this.#nextRevision() });
  }

  /** Applies what was typed; each change is relative to the text that the one before left (LSP). */
  change(
    clientUri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
  ): OpenDocument | undefined {
    const document = this.get(clientUri);
    if (document === undefined) return undefined;
    for (const change of changes) {
      const file = this.#workspace.file(document.uri);
      if ('range' in change && file !== undefined) {
        const start = file.offsetAt(change.range.start);
        const end = Math.max(start, file.offsetAt(change.range.end));
        this.#workspace.change(document.uri, [{ start, end, text: change.text }]);
      } else {
        this.#workspace.setText(document.uri, change.text);
      }
    }
    return this.#put({ ...document, version, revision: this.#nextRevision() });
  }

  close(clientUri: string): OpenDocument | undefined {
    const document = this.get(clientUri);
    if (document !== undefined) {
      this.#byUri.delete(document.uri);
      this.#limits.delete(document.uri);
    }
    return document;
  }

  get(clientUri: string): OpenDocument | undefined {
    return this.#byUri.get(canonicalUri(clientUri));
  }

  has(uri: string): boolean {
    return this.#byUri.has(uri);
  }

  all(): readonly OpenDocument[] {
    return [...this.#byUri.values()];
  }

  textOf(uri: string): string | undefined {
    return this.#byUri.has(uri) ? this.#workspace.file(uri)?.text : undefined;
  }

  /** Reads a document again if its settings, which came later than its text, set another limit to its size. */
  applySizeLimit({ uri }: OpenDocument): void {
    const limit = this.#workspace.configurationFor(uri).maxFileSizeKb;
    const text = this.#workspace.file(uri)?.text;
    if (text !== undefined && this.#limits.get(uri) !== limit) {
      this.#workspace.remove(uri);
      this.#workspace.setText(uri, text);
    }
    this.#limits.set(uri, limit);
  }

  /** A JSON document counts only while its head shows a manifest. */
  isJudged(document: OpenDocument): boolean {
    if (!isJsonLanguage(document.languageId)) return true;
    return looksLikeJsonManifest(this.#workspace.file(document.uri)?.text ?? '');
  }

  #put(document: OpenDocument): OpenDocument {
    this.#byUri.set(document.uri, document);
    return document;
  }

  #nextRevision(): number {
    this.#revision += 1;
    return this.#revision;
  }
}
