import { readFile, stat } from 'node:fs/promises';
import type { Workspace } from '../analysis/index.ts';
import type { Localize } from '../sentences/index.ts';
import { filePathOf, fileUri } from './fileUris.ts';
import { listManifestFiles } from './manifestFileList.ts';
import type { OpenDocuments } from './openDocuments.ts';
import type { SettingsStore } from './settingsStore.ts';
import type { WorkspaceFolders } from './workspaceFolders.ts';

/** Above these a folder counts as too large to be judged as a whole; nobody waits for a home directory. */
const maxEntries = 400_000;
const maxFiles = 20_000;

export interface IndexedFile {
  readonly uri: string;
  readonly folder: string;
  /** Bytes and modification time as of the last reading: equal ones are not read again. */
  readonly size: number;
  readonly modified: number;
  /** Why it was not read, a sentence. */
  readonly notRead?: string;
}

export interface IndexHost {
  readonly workspace: Workspace;
  readonly documents: OpenDocuments;
  readonly settled: Set<string>;
  readonly settings: SettingsStore;
  readonly folders: WorkspaceFolders;
  readonly localize: Localize;
  busyChanged(isBusy: boolean): void;
}

/**
 * Keeps the facts of every manifest in the workspace folders in the engine. Reads in the background: each file is
 * awaited, so that requests are answered in between. Only folders of the file system are read; in others (and in a file
 * opened alone) nothing is judged across files.
 */
export class WorkspaceIndex {
  readonly #host: IndexHost;
  #files = new Map<string, IndexedFile>();
  #notChecked: readonly string[] = [];
  #running: Promise<void> | undefined;
  #isStale = false;

  constructor(host: IndexHost) {
    this.#host = host;
  }

  get files(): readonly IndexedFile[] {
    return [...this.#files.values()];
  }

  /** Sentences on folders that are not judged as a whole. */
  get notChecked(): readonly string[] {
    return this.#notChecked;
  }

  /** Lists the folders again and reads what is new or changed. Resolves when all that was asked for so far is in. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#running ??= this.#runUntilFresh().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** A document was closed: what is judged from now on is the file as it lies on disk. */
  async closed(uri: string): Promise<void> {
    this.#files.delete(uri);
    if (this.#host.folders.of(uri) === undefined || filePathOf(uri) === undefined) this.#host.workspace.remove(uri);
    else await this.refresh();
    // Not listed: outside what the index holds, or gone from disk.
    if (!this.#files.has(uri) && !this.#host.documents.has(uri)) this.#host.workspace.remove(uri);
  }

  async #runUntilFresh(): Promise<void> {
    this.#host.busyChanged(true);
    try {
      while (this.#isStale) {
        this.#isStale = false;
        await this.#readFolders();
      }
    } finally {
      this.#host.busyChanged(false);
    }
  }

  async #readFolders(): Promise<void> {
    const { workspace, documents, folders, settings, settled, localize } = this.#host;
    const found = new Map<string, IndexedFile>();
    const complete: string[] = [];
    const notChecked: string[] = [];
    for (const folder of folders.uris) {
      const root = filePathOf(folder);
      if (root === undefined) continue;
      const before = settings.of(folder).face;
      await settings.load(folder);
      if (settings.of(folder).face !== before) workspace.configurationChanged();
      const budget = { left: maxEntries };
      for await (const path of listManifestFiles(root, budget)) {
        const uri = fileUri(path);
        if (workspace.configurationFor(uri).isExcluded) continue;
        const file = await this.#read(uri, path, folder);
        if (file !== undefined) found.set(uri, file);
        if (found.size >= maxFiles) budget.left = -1;
        if (budget.left < 0) break;
      }
      if (budget.left >= 0) complete.push(folder);
      else
        notChecked.push(
          localize(
            'The folder {folder} is too large to be judged as a whole, so findings across its files are not shown.',
            { folder: root },
          ),
        );
    }
    for (const uri of this.#files.keys()) {
      if (found.has(uri) || documents.has(uri)) continue;
      settled.delete(uri);
      workspace.remove(uri);
    }
    this.#files = found;
    this.#notChecked = notChecked;
    workspace.foldersComplete(complete);
  }

  /** undefined: the file went away meanwhile. */
  async #read(uri: string, path: string, folder: string): Promise<IndexedFile | undefined> {
    const { workspace, documents, settled, localize } = this.#host;
    const status = await stat(path).catch(() => undefined);
    if (status === undefined) return undefined;
    const file: IndexedFile = { uri, folder, size: status.size, modified: status.mtimeMs };
    const known = this.#files.get(uri);
    if (known !== undefined && known.size === file.size && known.modified === file.modified) return known;
    if (documents.has(uri)) return file;
    const limit = workspace.configurationFor(uri).maxFileSizeKb;
    if (status.size > limit * 1024) {
      workspace.remove(uri);
      return { ...file, notRead: localize('The file is larger than the limit of {limit} KB.', { limit }) };
    }
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) return { ...file, notRead: localize('The file cannot be read.') };
    // It may have been opened while it was being read; then the editor's text counts.
    if (!documents.has(uri)) {
      workspace.setText(uri, text);
      settled.add(uri);
      workspace.settle(uri);
    }
    return file;
  }
}
