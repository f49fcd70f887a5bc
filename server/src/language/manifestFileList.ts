import { open, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { jsonHeadLength, looksLikeJsonManifest } from './documentSelection.ts';

/** Folders that hold other people's files or none of interest, whatever `.gitignore` says. */
const skippedFolders = new Set(['node_modules', '.git', '.hg', '.svn', '.terraform', '.venv', '__pycache__']);

/** A `.gitignore` and the folder that its patterns are relative to. */
interface IgnoreFile {
  readonly folder: string;
  readonly patterns: Ignore;
}

/** How many files and folders a listing may still look at; it stops when none are left. */
export interface ListingBudget {
  left: number;
}

/**
 * Paths of the files under a folder that may be manifests: YAML by name, JSON by name and head. Honours `.gitignore`
 * files at and below the folder, skips `node_modules` and version control, follows no symbolic links to folders (they
 * may form cycles). Sorted within each folder. Unreadable folders are passed over.
 */
export function listManifestFiles(root: string, budget: ListingBudget): AsyncGenerator<string, void, void> {
  return listFolder(root, [], budget);
}

async function* listFolder(
  folder: string,
  inherited: readonly IgnoreFile[],
  budget: ListingBudget,
): AsyncGenerator<string, void, void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  budget.left -= entries.length;
  if (budget.left < 0) return;
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const ignoreFiles = entries.some((entry) => entry.name === '.gitignore' && entry.isFile())
    ? [...inherited, await readIgnoreFile(folder)]
    : inherited;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skippedFolders.has(entry.name) && !isIgnored(path, true, ignoreFiles))
        yield* listFolder(path, ignoreFiles, budget);
    } else if (entry.isFile() && hasManifestName(entry.name) && !isIgnored(path, false, ignoreFiles)) {
      if (!entry.name.endsWith('.json') || (await isJsonManifest(path))) yield path;
    }
  }
}

export function hasManifestName(name: string): boolean {
  return /\.(ya?ml|json)$/i.test(name);
}

async function readIgnoreFile(folder: string): Promise<IgnoreFile> {
  const text = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => '');
  return { folder, patterns: ignore().add(text) };
}

/** Git's order: a deeper `.gitignore` overrules the ones above it. */
function isIgnored(path: string, isFolder: boolean, ignoreFiles: readonly IgnoreFile[]): boolean {
  let ignored = false;
  for (const { folder, patterns } of ignoreFiles) {
    const name = relative(folder, path).split(sep).join('/') + (isFolder ? '/' : '');
    const result = patterns.test(name);
    ignored = result.ignored || (ignored && !result.unignored);
  }
  return ignored;
}

async function isJsonManifest(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(jsonHeadLength) });
    return looksLikeJsonManifest(buffer.toString('utf8', 0, bytesRead));
  } catch {
    return false;
  } finally {
    await file.close();
  }
}
