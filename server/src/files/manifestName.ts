/** Directories that hold other people's files or none of interest, whatever `.gitignore` says. */
export const skippedDirectories: ReadonlySet<string> = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '.terraform',
  '.venv',
  '__pycache__',
]);

/** Whether a file may hold manifests by its name. */
export function hasManifestName(name: string): boolean {
  return /\.(ya?ml|json)$/i.test(name);
}
