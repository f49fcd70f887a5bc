import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { IgnoreRules } from './gitIgnore.ts';

export interface WalkedFiles {
  /** Absolute paths, each file once, in the order of their names. */
  readonly files: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

const manifestName = /\.(?:ya?ml|json)$/i;
const skippedDirectories = new Set(['node_modules', '.git']);

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
    const rulesHere = hasRules ? withFile(inherited, root, current) : inherited;
    for (const entry of entries) {
      const path = join(current, entry.name);
      const isDirectory = entry.isDirectory();
      if (
        isDirectory ? skippedDirectories.has(entry.name) : !entry.isSymbolicLink() && !manifestName.test(entry.name)
      ) {
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
      else if (manifestName.test(path)) add(path, real);
    } catch (error) {
      if (manifestName.test(path)) unreadable.push({ path, reason: systemReason(error) });
    }
  }

  walk(directory, realpathSync(directory), rules);
  // After everything else, so that a file is known by its own name rather than by a link's.
  for (let link = links.shift(); link !== undefined; link = links.shift()) follow(link.path, link.rules);
  return { files: files.sort(), unreadable };
}

/**
 * The root of the git work tree that holds a directory (else the directory itself) and the rules that hold in it. A
 * directory that is itself ignored was asked for by name: then only the ignore files inside it count.
 */
function ignoreRulesAbove(directory: string): { readonly root: string; readonly rules: IgnoreRules } {
  const root = workTreeRoot(directory);
  if (root === undefined || root === directory) {
    return { root: directory, rules: root === undefined ? IgnoreRules.none() : withExcludeFile(root) };
  }
  const steps = relative(root, directory).split(sep);
  let rules = withFile(withExcludeFile(root), root, root);
  let current = root;
  for (const [index, step] of steps.entries()) {
    current = join(current, step);
    if (rules.ignores(belowRoot(root, current), true)) return { root: directory, rules: IgnoreRules.none() };
    if (index < steps.length - 1) rules = withFile(rules, root, current);
  }
  return { root, rules };
}

function workTreeRoot(directory: string): string | undefined {
  for (let current = directory; ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current;
    if (dirname(current) === current) return undefined;
  }
}

/** `.git/info/exclude` is weaker than every `.gitignore`, gitignore(5). */
function withExcludeFile(root: string): IgnoreRules {
  const text = readIfThere(join(root, '.git', 'info', 'exclude'));
  return text === undefined ? IgnoreRules.none() : IgnoreRules.none().with('', text);
}

function withFile(rules: IgnoreRules, root: string, directory: string): IgnoreRules {
  const text = readIfThere(join(directory, '.gitignore'));
  return text === undefined ? rules : rules.with(belowRoot(root, directory), text);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function belowRoot(root: string, path: string): string {
  const below = path.length <= root.length ? '' : path.slice(root.endsWith(sep) ? root.length : root.length + 1);
  return sep === '/' ? below : below.replaceAll(sep, '/');
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
