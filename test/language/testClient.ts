import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { documentStatusMethod, workspaceStatusMethod } from '../../server/src/language/protocol/index.ts';

const serverPath = fileURLToPath(new URL('../../server/src/language/stdio.ts', import.meta.url));

/** As much as VS Code says of itself. */
export const ableClient: ClientCapabilities = {
  textDocument: {
    diagnostic: { dynamicRegistration: true, relatedInformation: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      dataSupport: true,
      disabledSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ['edit'] },
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor', 'source'] } },
    },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ['create', 'rename', 'delete'],
      changeAnnotationSupport: {},
      snippetEditSupport: true,
    },
  },
  window: { workDoneProgress: true, showDocument: { support: true } },
};

/** Code actions and nothing else: no pull, no configuration, no versions, no resolution. */
export const poorClient: ClientCapabilities = {
  textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } } },
};

/** The part of node's test context that cleans up. */
export interface TestScope {
  after(work: () => void): void;
}

export interface TestClientOptions {
  readonly capabilities?: ClientCapabilities;
  /** Paths of the workspace folders. */
  readonly folders?: readonly string[];
  /** Answers `workspace/configuration` for a scope. */
  readonly settings?: (scopeUri: string) => unknown;
  readonly initializationOptions?: unknown;
}

/** An editor without a screen: a real server process, real JSON-RPC, and documents that are edited as an editor does. */
export class TestClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** What the server pushed last, by URI. */
  readonly pushed = new Map<string, Diagnostic[]>();
  /** Status notifications, in order. */
  readonly notifications: { readonly method: string; readonly params: unknown }[] = [];
  readonly registered: string[] = [];
  readonly shownDocuments: string[] = [];
  refreshCount = 0;
  readonly #process: ChildProcess;
  readonly #documents = new Map<string, TextDocument>();

  private constructor(process: ChildProcess, connection: ProtocolConnection, initialized: InitializeResult) {
    this.#process = process;
    this.connection = connection;
    this.initialized = initialized;
  }

  /** The process ends with the test at the latest. */
  static async start(t: TestScope, options: TestClientOptions = {}): Promise<TestClient> {
    const process = spawn(globalThis.process.execPath, [serverPath, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    if (process.stdout === null || process.stdin === null) throw new Error('The server has no pipes.');
    const connection = createProtocolConnection(
      new StreamMessageReader(process.stdout),
      new StreamMessageWriter(process.stdin),
    );
    t.after(() => {
      connection.dispose();
      process.kill();
    });
    const early: ((client: TestClient) => void)[] = [];
    let client: TestClient | undefined;
    const withClient = (work: (client: TestClient) => void): void => {
      if (client === undefined) early.push(work);
      else work(client);
    };
    connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri: string }[] }) =>
      items.map(({ scopeUri }) => options.settings?.(scopeUri) ?? null),
    );
    connection.onRequest('client/registerCapability', ({ registrations }: { registrations: { method: string }[] }) => {
      withClient(({ registered }) => registered.push(...registrations.map(({ method }) => method)));
    });
    connection.onRequest('workspace/diagnostic/refresh', () => {
      withClient((it) => {
        it.refreshCount += 1;
      });
    });
    connection.onRequest('window/showDocument', ({ uri }: { uri: string }) => {
      withClient(({ shownDocuments }) => shownDocuments.push(uri));
      return { success: true };
    });
    connection.onNotification('textDocument/publishDiagnostics', (params: { uri: string; diagnostics: Diagnostic[] }) =>
      withClient(({ pushed }) => pushed.set(params.uri, params.diagnostics)),
    );
    for (const method of [documentStatusMethod, workspaceStatusMethod]) {
      connection.onNotification(method, (params: unknown) =>
        withClient(({ notifications }) => notifications.push({ method, params })),
      );
    }
    connection.listen();
    const folders = (options.folders ?? []).map((path) => ({ uri: uriOf(path), name: path }));
    const initialized = await connection.sendRequest<InitializeResult>('initialize', {
      processId: globalThis.process.pid,
      rootUri: folders[0]?.uri ?? null,
      workspaceFolders: folders.length > 0 ? folders : null,
      capabilities: options.capabilities ?? ableClient,
      initializationOptions: options.initializationOptions,
    });
    client = new TestClient(process, connection, initialized);
    for (const work of early) work(client);
    await connection.sendNotification('initialized', {});
    return client;
  }

  /** Asks the server to end as an editor does; throws if its exit code is not 0. */
  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    const exited = once(this.#process, 'exit');
    await this.connection.sendNotification('exit');
    const [code] = await exited;
    if (code !== 0) throw new Error(`The server exited with ${code}.`);
  }

  async open(uri: string, text: string, languageId = 'yaml'): Promise<void> {
    const document = TextDocument.create(uri, languageId, 1, text);
    this.#documents.set(uri, document);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async close(uri: string): Promise<void> {
    this.#documents.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** Replaces a range, as typing does. */
  async type(uri: string, range: Range, text: string): Promise<void> {
    const document = this.document(uri);
    const contentChanges = [{ range, text }];
    TextDocument.update(document, contentChanges, document.version + 1);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges,
    });
  }

  document(uri: string): TextDocument {
    const document = this.#documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open.`);
    return document;
  }

  text(uri: string): string {
    return this.document(uri).getText();
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri },
      identifier: 'kubeharden',
      ...(previousResultId !== undefined && { previousResultId }),
    });
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== 'full') throw new Error('A full report was expected.');
    return report.items;
  }

  /** The rule ids of the diagnostics, in their order. */
  async codes(uri: string): Promise<string[]> {
    return (await this.diagnostics(uri)).map(({ code }) => String(code));
  }

  async codeActions(uri: string, range: Range, context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
    const params = { textDocument: { uri }, range, context: { diagnostics: [], ...context } };
    return (await this.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', params)) ?? [];
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest('codeAction/resolve', action);
  }

  hover(uri: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
  }

  async labels(uri: string, position: Position): Promise<string[]> {
    const params = { textDocument: { uri }, position };
    const items = await this.connection.sendRequest<{ label: string }[]>('textDocument/completion', params);
    return items.map(({ label }) => label);
  }

  /** Applies an edit to the open documents and tells the server; answers the texts of files that it creates. */
  async apply(edit: WorkspaceEdit | undefined): Promise<Record<string, string>> {
    if (edit === undefined) throw new Error('There is no edit.');
    const created: Record<string, string> = {};
    for (const [uri, edits] of Object.entries(edit.changes ?? {})) await this.#applyTo(uri, edits, created);
    for (const change of edit.documentChanges ?? []) {
      if ('kind' in change) {
        if (change.kind === 'create') created[change.uri] = '';
        continue;
      }
      const { uri, version } = change.textDocument;
      if (version !== null && version !== this.document(uri).version) throw new Error(`${uri} is at another version.`);
      const edits = change.edits.map((one) =>
        'snippet' in one ? { range: one.range, newText: plainText(one.snippet.value) } : one,
      );
      await this.#applyTo(uri, edits, created);
    }
    return created;
  }

  /** Waits until something holds; the server works in the background after notifications. */
  async until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
    for (const end = Date.now() + 10_000; Date.now() < end; await setTimeout(20)) if (await condition()) return;
    throw new Error(`Waited in vain for: ${what}`);
  }

  /** Until the workspace folders have been read. */
  untilIndexed(): Promise<void> {
    const isIdle = (): boolean => {
      const last = this.notifications.filter(({ method }) => method === 'kubeharden/workspaceStatus').at(-1);
      return last !== undefined && (last.params as { busy?: string }).busy === undefined;
    };
    return this.until(isIdle, 'the index');
  }

  async #applyTo(
    uri: string,
    edits: readonly { range: Range; newText: string }[],
    created: Record<string, string>,
  ): Promise<void> {
    const open = this.#documents.get(uri);
    const before = open ?? TextDocument.create(uri, 'yaml', 0, created[uri] ?? '');
    const text = TextDocument.applyEdits(before, [...edits]);
    if (open === undefined) {
      created[uri] = text;
      return;
    }
    await this.type(uri, { start: { line: 0, character: 0 }, end: open.positionAt(open.getText().length) }, text);
  }
}

function plainText(snippet: string): string {
  return snippet.replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\\([\\$}])/g, '$1');
}

export function uriOf(path: string): string {
  return pathToFileURL(path).toString();
}

/** The range of the first (or nth, from 0) occurrence of a text. */
export function rangeOf(document: TextDocument, text: string, nth = 0): Range {
  let start = -1;
  for (let count = 0; count <= nth; count++) start = document.getText().indexOf(text, start + 1);
  if (start < 0) throw new Error(`There is no ${text}.`);
  return { start: document.positionAt(start), end: document.positionAt(start + text.length) };
}

/** A folder with these files that is gone after the test. */
export function temporaryFolder(t: TestScope, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'kubeharden-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) writeFileIn(folder, path, text);
  return folder;
}

export function writeFileIn(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
