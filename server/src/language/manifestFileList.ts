import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  belowRoot,
  type DirectoryIgnoreRules,
  hasManifestName,
  ignoreRulesAbove,
  skippedDirectories,
  withIgnoreFile,
} from '../files/index.ts';
import { jsonHeadLength, looksLikeJsonManifest } from './documentSelection.ts';

/** How many files and folders a listing may still look at; it stops when none are left. */
export interface ListingBudget {
  left: number;
}

/**
 * Paths of the files under a folder that may be manifests: YAML by name, JSON by name and head. Honours git's
 * ignore files as they hold in the folder, skips `node_modules` and version control, follows no symbolic links to folders (they
 * may form cycles). Sorted within each folder. Unreadable folders are passed over.
 */
export function listManifestFiles(root: string, budget: ListingBudget): AsyncGenerator<string, void, void> {
  return listFolder(root, ignoreRulesAbove(root), budget);
}

async function* listFolder(
  folder: string,
  inherited: DirectoryIgnoreRules,
  budget: ListingBudget,
): AsyncGenerator<string, void, void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  budget.left -= entries.length;
  if (budget.left < 0) return;
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const { root } = inherited;
  const hasRules = entries.some((entry) => entry.name === '.gitignore' && entry.isFile());
  const rules = hasRules ? withIgnoreFile(inherited.rules, root, folder) : inherited.rules;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (skippedDirectories.has(entry.name) || rules.ignores(belowRoot(root, path), true)) continue;
      yield* listFolder(path, { root, rules }, budget);
    } else if (entry.isFile() && hasManifestName(entry.name) && !rules.ignores(belowRoot(root, path), false)) {
      if (!entry.name.endsWith('.json') || (await isJsonManifest(path))) yield path;
    }
  }
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
