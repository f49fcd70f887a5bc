import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { IgnoreRules } from './ignoreRules.ts';

/** The rules that hold in a directory, and the directory that their paths are relative to. */
export interface DirectoryIgnoreRules {
  readonly root: string;
  readonly rules: IgnoreRules;
}

/**
 * The root of the git work tree that holds a directory (else the directory itself) and the rules that hold in it, its own
 * `.gitignore` not yet among them. A directory that is itself ignored was asked for by name: then only the ignore files
 * inside it count.
 */
export function ignoreRulesAbove(directory: string): DirectoryIgnoreRules {
  const root = workTreeRoot(directory);
  if (root === undefined || root === directory) {
    return { root: directory, rules: root === undefined ? IgnoreRules.none() : withExcludeFile(root) };
  }
  const steps = relative(root, directory).split(sep);
  let rules = withIgnoreFile(withExcludeFile(root), root, root);
  let current = root;
  for (const [index, step] of steps.entries()) {
    current = join(current, step);
    if (rules.ignores(belowRoot(root, current), true)) return { root: directory, rules: IgnoreRules.none() };
    if (index < steps.length - 1) rules = withIgnoreFile(rules, root, current);
  }
  return { root, rules };
}

/** The rules with those of the directory's own `.gitignore`, if it has one. */
export function withIgnoreFile(rules: IgnoreRules, root: string, directory: string): IgnoreRules {
  const text = readIfThere(join(directory, '.gitignore'));
  return text === undefined ? rules : rules.with(belowRoot(root, directory), text);
}

/** A path relative to the root, `/` between names, as {@link IgnoreRules} takes it. */
export function belowRoot(root: string, path: string): string {
  const below = path.length <= root.length ? '' : path.slice(root.endsWith(sep) ? root.length : root.length + 1);
  return sep === '/' ? below : below.replaceAll(sep, '/');
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

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
