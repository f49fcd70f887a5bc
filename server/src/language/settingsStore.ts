import { type DocumentSettings, readDocumentSettings } from './documentSettings.ts';
import { settingsSection } from './protocol/index.ts';

/** How the store asks the client: the answers to `workspace/configuration`, in the order of the scopes. */
export type AskSettings = (items: { scopeUri: string; section: string }[]) => Promise<unknown[]>;

/**
 * The editor's settings by document or folder URI. The engine asks synchronously, the client answers asynchronously, so
 * a scope is loaded before anything under it is judged; until then it has its folder's settings or the defaults.
 */
export class SettingsStore {
  readonly #ask: AskSettings | undefined;
  /** Fallback for clients without `workspace/configuration`: what they sent with `didChangeConfiguration`. */
  #pushed: DocumentSettings;
  readonly #byScope = new Map<string, DocumentSettings>();
  readonly #loading = new Map<string, Promise<void>>();
  /** Equal settings are one object, so that the engine's caches hold and nothing is judged again for nothing. */
  readonly #interned = new Map<string, DocumentSettings>();
  #generation = 0;

  constructor(ask: AskSettings | undefined) {
    this.#ask = ask;
    this.#pushed = this.#intern(undefined);
  }

  /** Settings of the first of these scopes that is loaded. */
  of(...scopes: readonly (string | undefined)[]): DocumentSettings {
    for (const scope of scopes) {
      const settings = scope === undefined ? undefined : this.#byScope.get(scope);
      if (settings !== undefined) return settings;
    }
    return this.#pushed;
  }

  /** Resolves once the scope's settings are here. Never rejects: a client that fails to answer has no settings. */
  async load(scope: string): Promise<void> {
    const ask = this.#ask;
    if (ask === undefined || this.#byScope.has(scope)) return;
    const running = this.#loading.get(scope);
    if (running !== undefined) return running;
    const generation = this.#generation;
    const loading = ask([{ scopeUri: scope, section: settingsSection }])
      .catch(() => [])
      .then(async ([answer]) => {
        // What was asked before a change may be the old answer.
        if (generation !== this.#generation) return this.load(scope);
        this.#loading.delete(scope);
        this.#byScope.set(scope, this.#intern(answer));
      });
    this.#loading.set(scope, loading);
    return loading;
  }

  isLoaded(scope: string): boolean {
    return this.#ask === undefined || this.#byScope.has(scope);
  }

  forget(scope: string): void {
    this.#byScope.delete(scope);
  }

  /** The client says that settings changed; `pushed` is what it sent along. */
  changed(pushed: unknown): void {
    this.#generation += 1;
    this.#byScope.clear();
    this.#loading.clear();
    if (this.#ask === undefined) this.#pushed = this.#intern(pushed);
  }

  #intern(answer: unknown): DocumentSettings {
    const key = JSON.stringify(answer) ?? '';
    const known = this.#interned.get(key);
    if (known !== undefined) return known;
    const settings = readDocumentSettings(answer);
    this.#interned.set(key, settings);
    return settings;
  }
}
