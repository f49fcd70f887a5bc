import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
} from 'vscode-languageserver';
import { configurationFileName } from '../analysis/index.ts';
import type { DiskTexts } from './diskTexts.ts';
import { canonicalUri, fileNameOf } from './fileUris.ts';
import type { LanguageServices } from './languageServices.ts';
import type { OpenDocument } from './openDocuments.ts';
import { type LiveFindingsParams, liveFindingsMethod, settingsSection } from './protocol/index.ts';
import { PushedDiagnostics } from './pushedDiagnostics.ts';
import { StatusReports } from './statusReports.ts';
import { WorkspaceIndex } from './workspaceIndex.ts';

/** Several changes in a row (a checkout, typing in the configuration) are followed by one refresh (milliseconds). */
const refreshPause = 100;

/** Follows what happens in the editor: documents, files, settings and folders; and sees to it that findings follow. */
export class LanguageServer {
  readonly index: WorkspaceIndex;
  readonly status: StatusReports;
  readonly #connection: Connection;
  readonly #services: LanguageServices;
  readonly #diskTexts: DiskTexts;
  readonly #pushed: PushedDiagnostics | undefined;
  #refreshTimer: NodeJS.Timeout | undefined;
  #configurationTimer: NodeJS.Timeout | undefined;
  #indexTimer: NodeJS.Timeout | undefined;

  constructor(connection: Connection, services: LanguageServices, diskTexts: DiskTexts) {
    this.#connection = connection;
    this.#services = services;
    this.#diskTexts = diskTexts;
    this.status = new StatusReports(connection);
    this.#pushed = services.abilities.pullDiagnostics ? undefined : new PushedDiagnostics(connection, services);
    this.index = new WorkspaceIndex({ ...services, busyChanged: (isBusy) => this.#busyChanged(isBusy) });
  }

  /** Subscribes to everything the client tells without asking for an answer. */
  listen(): void {
    const connection = this.#connection;
    connection.onInitialized(() => this.#run('start', () => this.#start()));
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) =>
      this.#run('open', () => this.#opened(this.#services.documents.open(uri, languageId, version, text))),
    );
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) =>
      this.#run('change', () =>
        this.#changed(this.#services.documents.change(textDocument.uri, textDocument.version, contentChanges)),
      ),
    );
    connection.onDidSaveTextDocument(({ textDocument }) => this.#run('save', () => this.#saved(textDocument.uri)));
    connection.onDidCloseTextDocument(({ textDocument }) =>
      this.#run('close', () => this.#closed(this.#services.documents.close(textDocument.uri))),
    );
    connection.onDidChangeConfiguration((params) =>
      this.#run('settings', () => {
        this.#services.settings.changed((params.settings as Record<string, unknown> | null)?.[settingsSection]);
        this.#configurationChanged();
      }),
    );
    connection.onNotification(liveFindingsMethod, ({ uri, findings }: LiveFindingsParams) =>
      this.#run('live findings', () => {
        this.#services.live.tell(canonicalUri(uri), findings);
        this.#refreshSoon();
      }),
    );
    connection.onDidChangeWatchedFiles(({ changes }) =>
      this.#run('files', () => this.#filesChanged(changes.map(({ uri }) => canonicalUri(uri)))),
    );
  }

  /** Settings of a document must be here before it is judged. */
  async load(document: OpenDocument): Promise<void> {
    const { settings, folders, workspace } = this.#services;
    if (settings.isLoaded(document.uri)) return;
    const before = settings.of(document.uri, folders.of(document.uri)).face;
    await settings.load(document.uri);
    if (settings.of(document.uri).face !== before) workspace.configurationChanged();
  }

  /** Logs what went wrong, without any text of a document. */
  logFailure(what: string, error: unknown): void {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#connection.console.error(`${what}: ${reason}`);
  }

  /** Runs the work of a notification; nobody waits for it, so its failure goes to the log and nowhere else. */
  #run(what: string, work: () => void | Promise<void>): void {
    void (async () => work())().catch((error: unknown) => this.logFailure(what, error));
  }

  async #start(): Promise<void> {
    const { abilities } = this.#services;
    const registrations: Promise<unknown>[] = [];
    if (abilities.registerConfiguration) {
      const section = settingsSection;
      registrations.push(this.#connection.client.register(DidChangeConfigurationNotification.type, { section }));
    }
    if (abilities.registerFileWatchers) {
      const watchers = [{ globPattern: '**/*.{yaml,yml,json}' }, { globPattern: '**/{.gitignore,.trivyignore}' }];
      registrations.push(this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    }
    if (abilities.workspaceFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
        this.#run('folders', () => {
          const uris = (folders: readonly { uri: string }[]): string[] => folders.map(({ uri }) => canonicalUri(uri));
          this.#services.folders.change(uris(added), uris(removed));
          this.#services.settings.changed(undefined);
          this.#configurationChanged();
        }),
      );
    }
    await Promise.allSettled(registrations);
    await this.#readWorkspace();
  }

  async #readWorkspace(): Promise<void> {
    const before = this.#factsVersions();
    await this.index.refresh();
    if (this.#factsVersions() !== before) this.#refreshSoon();
  }

  #factsVersions(): string {
    const { documents, workspace } = this.#services;
    return documents
      .all()
      .map(({ uri }) => `${uri} ${workspace.factsVersion(uri)}`)
      .join('\n');
  }

  async #opened(document: OpenDocument | undefined): Promise<void> {
    if (document === undefined) return;
    this.#rereadTextsIfUnwatched();
    if (this.#pushed === undefined) return;
    await this.#push();
  }

  #changed(document: OpenDocument | undefined): void {
    if (document === undefined) return;
    if (fileNameOf(document.uri) === configurationFileName) this.#configurationChangedSoon();
    this.#pushed?.typed(document, () => this.#run('push', () => this.#push()));
  }

  async #saved(uri: string): Promise<void> {
    if (!this.#services.abilities.registerFileWatchers) this.#filesChanged([canonicalUri(uri)]);
    const document = this.#services.documents.get(uri);
    if (document === undefined || this.#pushed === undefined) return;
    this.#pushed.saved(document);
    await this.#push();
  }

  async #closed(document: OpenDocument | undefined): Promise<void> {
    if (document === undefined) return;
    this.#services.settings.forget(document.uri);
    this.#services.live.forget(document.uri);
    this.status.forget(document.uri);
    this.#pushed?.closed(document);
    if (fileNameOf(document.uri) === configurationFileName) this.#configurationChangedSoon();
    await this.index.closed(document.uri);
    this.#refreshSoon();
  }

  async #push(): Promise<void> {
    await Promise.all(this.#services.documents.all().map((document) => this.load(document)));
    this.#pushed?.pushChanged();
  }

  /** A client that watches no files for us: look again at what the engine once read whenever something is opened. */
  #rereadTextsIfUnwatched(): void {
    if (!this.#services.abilities.registerFileWatchers && this.#diskTexts.refresh()) this.#configurationChanged();
  }

  #filesChanged(uris: readonly string[]): void {
    const wereRead = uris.map((uri) => this.#diskTexts.forget(uri) || isConfigurationName(fileNameOf(uri)));
    if (wereRead.includes(true)) this.#configurationChangedSoon();
    clearTimeout(this.#indexTimer);
    this.#indexTimer = setTimeout(() => this.#run('files', () => this.#readWorkspace()), refreshPause);
  }

  #configurationChangedSoon(): void {
    clearTimeout(this.#configurationTimer);
    this.#configurationTimer = setTimeout(
      () => this.#run('configuration', () => this.#configurationChanged()),
      refreshPause,
    );
  }

  /** What is excluded may have changed too, so the folders are listed again. */
  #configurationChanged(): void {
    this.#services.workspace.configurationChanged();
    this.#refreshSoon();
    this.#run('configuration', () => this.#readWorkspace());
  }

  /** Makes the client ask again for every open document, or tells it anew. */
  #refreshSoon(): void {
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = setTimeout(() => this.#run('refresh', () => this.#refresh()), refreshPause);
  }

  async #refresh(): Promise<void> {
    if (this.#pushed !== undefined) await this.#push();
    // A client may refuse or go away meanwhile; then there is nothing to refresh.
    else if (this.#services.abilities.refreshDiagnostics)
      await this.#connection.languages.diagnostics.refresh().catch(() => {});
  }

  #busyChanged(isBusy: boolean): void {
    const busy = isBusy ? { busy: this.#services.localize('Reading the manifests of the workspace.') } : {};
    this.status.workspace({ ...busy, notChecked: this.index.notChecked });
  }
}

/** Files whose text decides how others are judged, beside those that the configuration names. */
function isConfigurationName(name: string): boolean {
  return name === configurationFileName || /^kustomization\.ya?ml$/i.test(name);
}
