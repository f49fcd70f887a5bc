/** The workspace folders' URIs, without a trailing slash. */
export class WorkspaceFolders {
  #uris: readonly string[];

  constructor(uris: readonly string[]) {
    this.#uris = uris.map(withoutSlash);
  }

  get uris(): readonly string[] {
    return this.#uris;
  }

  change(added: readonly string[], removed: readonly string[]): void {
    const gone = new Set(removed.map(withoutSlash));
    this.#uris = [...new Set([...this.#uris.filter((uri) => !gone.has(uri)), ...added.map(withoutSlash)])];
  }

  /** The innermost folder that holds a file. */
  of(uri: string): string | undefined {
    let innermost: string | undefined;
    for (const folder of this.#uris) {
      if (uri.startsWith(`${folder}/`) && folder.length > (innermost?.length ?? -1)) innermost = folder;
    }
    return innermost;
  }
}

function withoutSlash(uri: string): string {
  return uri.endsWith('/') ? uri.slice(0, -1) : uri;
}
