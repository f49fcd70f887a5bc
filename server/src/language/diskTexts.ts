import { readFileSync, statSync } from 'node:fs';
import { canonicalUri, filePathOf } from './fileUris.ts';

/** Above this a configuration or baseline file is taken for something else. */
const maxBytes = 20 * 1024 * 1024;

/**
 * Texts of configuration and baseline files as they lie on disk. Remembers each answer, the absence of a file included,
 * until it is told of a change: the engine asks along every folder upwards.
 */
export class DiskTexts {
  readonly #texts = new Map<string, string | undefined>();

  read(uri: string): string | undefined {
    const key = canonicalUri(uri);
    if (!this.#texts.has(key)) this.#texts.set(key, readDiskText(key));
    return this.#texts.get(key);
  }

  /** Forgets a file that changed, appeared or went; true if anybody had asked for it. */
  forget(uri: string): boolean {
    return this.#texts.delete(canonicalUri(uri));
  }

  /** Reads again all that was ever asked for; true if any text differs. For clients that watch no files. */
  refresh(): boolean {
    let changed = false;
    for (const [uri, text] of this.#texts) {
      const now = readDiskText(uri);
      if (now === text) continue;
      this.#texts.set(uri, now);
      changed = true;
    }
    return changed;
  }
}

/** undefined for a file that does not exist, cannot be read, is far too large, or does not lie on disk. */
export function readDiskText(uri: string): string | undefined {
  const path = filePathOf(uri);
  if (path === undefined) return undefined;
  try {
    return statSync(path).size > maxBytes ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
