import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  belowRoot,
  hasManifestName,
  type IgnoreRules,
  ignoreRulesAbove,
  skippedDirectories,
  withIgnoreFile,
} from '../../files/index.ts';

export interface WalkedFiles {
  /** Absolute paths, each file once, in the order of their names. */
  readonly files: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * The files below a directory that may be manifests by their name, without what git ignores. Links are followed when
 * what they lead to is not judged anyway, each target once, so a loop of links ends.
 */
export function walkManifests(directory: string): WalkedFiles {
  const { root, rules } = ignoreRulesAbove(directory);
  const files: string[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  const links: { path: string; rules: IgnoreRules }[] = [];
  /** Real paths, free of links. */
  const seen = new Set<string>();

  function walk(current: string, real: string, inherited: IgnoreRules): void {
    if (seen.has(real)) return;
    seen.add(real);
    let entries: Dirent[];
    try {
      entries = readdirSync(current, { withFileTypes: true });
    } catch (error) {
      unreadable.push({ path: current, reason: systemReason(error) });
      return;
    }
    const hasRules = entries.some((entry) => entry.name === '.gitignore' && !entry.isDirectory());
    const rulesHere = hasRules ? withIgnoreFile(inherited, root, current) : inherited;
    for (const entry of entries) {
      const path = join(current, entry.name);
      const isDirectory = entry.isDirectory();
      if (isDirectory ? skippedDirectories.has(entry.name) : !entry.isSymbolicLink() && !hasManifestName(entry.name)) {
        continue;
      }
      if (rulesHere.ignores(belowRoot(root, path), isDirectory)) continue;
      if (isDirectory) walk(path, join(real, entry.name), rulesHere);
      else if (entry.isSymbolicLink()) links.push({ path, rules: rulesHere });
      else if (entry.isFile()) add(path, join(real, entry.name));
    }
  }

  function add(path: string, real: string): void {
    if (seen.has(real)) return;
    seen.add(real);
    files.push(path);
  }

  function follow(path: string, inherited: IgnoreRules): void {
    try {
      const real = realpathSync(path);
      if (statSync(real).isDirectory()) walk(path, real, inherited);
      else if (hasManifestName(path)) add(path, real);
    } catch (error) {
      if (hasManifestName(path)) unreadable.push({ path, reason: systemReason(error) });
    }
  }

  walk(directory, realpathSync(directory), rules);
  // After everything else, so that a file is known by its own name rather than by a link's.
  for (let link = links.shift(); link !== undefined; link = links.shift()) follow(link.path, link.rules);
  return { files: files.sort(), unreadable };
}

/** Why the system refused a path, as a sentence for the user. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'There is no such file or directory.';
    case 'EACCES':
    case 'EPERM':
      return 'Permission is denied.';
    case 'ELOOP':
      return 'The link leads back to itself.';
    case 'EISDIR':
      return 'It is a directory.';
    default:
      return error instanceof Error ? `${error.message}.` : 'It cannot be read.';
  }
}
