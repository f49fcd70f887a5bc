import type { ManifestFile, ParseOptions } from './manifestFile.ts';
import { createTextFile } from './textFile.ts';

/**
 * Reads a manifest of any number of documents. Never throws; a document is parsed when its content is first asked for.
 *
 * @param text the whole file, a byte order mark included if there is one
 */
export function parseManifest(text: string, options: ParseOptions = {}): ManifestFile {
  return createTextFile(text, { form: options.form ?? 'auto', maxBytes: options.maxBytes ?? 10 * 1024 * 1024 });
}
