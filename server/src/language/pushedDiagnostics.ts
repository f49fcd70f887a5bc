import type { Connection } from 'vscode-languageserver';
import { diagnosticsOf, resultIdOf } from './diagnosticReports.ts';
import type { LanguageServices } from './languageServices.ts';
import type { OpenDocument } from './openDocuments.ts';

/** Typing is judged once it pauses for so long (milliseconds). */
const typingPause = 100;

/** Sends diagnostics to clients that cannot ask for them. */
export class PushedDiagnostics {
  readonly #connection: Connection;
  readonly #services: LanguageServices;
  /** What was sent last, by document. */
  readonly #sent = new Map<string, string>();
  /** Documents with changes that wait for a save, as their settings want it. */
  readonly #unsaved = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(connection: Connection, services: LanguageServices) {
    this.#connection = connection;
    this.#services = services;
  }

  /** Sends every open document whose findings may have changed: an edit of one may concern others. */
  pushChanged(): void {
    clearTimeout(this.#timer);
    for (const document of this.#services.documents.all()) {
      const resultId = resultIdOf(this.#services, document);
      if (this.#unsaved.has(document.uri) || this.#sent.get(document.uri) === resultId) continue;
      this.#sent.set(document.uri, resultId);
      const { clientUri: uri, version } = document;
      void this.#connection.sendDiagnostics({ uri, version, diagnostics: diagnosticsOf(this.#services, document) });
    }
  }

  /** Calls back after a pause in typing. */
  typed({ uri }: OpenDocument, pushSoon: () => void): void {
    const { settings, folders } = this.#services;
    if (settings.of(uri, folders.of(uri)).runsOnSave) {
      this.#unsaved.add(uri);
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(pushSoon, typingPause);
  }

  saved({ uri }: OpenDocument): void {
    this.#unsaved.delete(uri);
  }

  closed({ uri, clientUri }: OpenDocument): void {
    this.#sent.delete(uri);
    this.#unsaved.delete(uri);
    void this.#connection.sendDiagnostics({ uri: clientUri, diagnostics: [] });
  }
}
