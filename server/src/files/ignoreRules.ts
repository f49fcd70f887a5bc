import ignore, { type Ignore } from 'ignore';

/**
 * What the `.gitignore` files from a root downwards exclude. Immutable: a directory with a `.gitignore` of its own
 * derives the rules for what is below it.
 *
 * gitignore(5): the last matching pattern decides, and those of deeper files count as later. So the patterns of a
 * nested file are written again relative to the root and appended to one list.
 */
export class IgnoreRules {
  readonly #rules: Ignore;

  private constructor(rules: Ignore) {
    this.#rules = rules;
  }

  static none(): IgnoreRules {
    return new IgnoreRules(newRules());
  }

  /** With the patterns of the ignore file of `directory`: relative to the root, `/` between names, `''` for the root. */
  with(directory: string, text: string): IgnoreRules {
    const patterns = text.split(/\r?\n/).map((line) => belowDirectory(directory, line));
    return new IgnoreRules(newRules().add(this.#rules).add(patterns));
  }

  /** Of a path relative to the root. Its parent directories count too. */
  ignores(path: string, isDirectory: boolean): boolean {
    return this.#rules.ignores(isDirectory ? `${path}/` : path);
  }
}

// core.ignoreCase is true where git is installed on the usual case-insensitive file systems.
const ignoreCase = process.platform === 'win32' || process.platform === 'darwin';

function newRules(): Ignore {
  return ignore({ ignoreCase });
}

/** A pattern of the ignore file in `directory`, as one that means the same in the root's. */
function belowDirectory(directory: string, line: string): string {
  if (directory === '' || line.startsWith('#') || line.trim() === '') return line;
  const negation = line.startsWith('!') ? '!' : '';
  const pattern = line.slice(negation.length);
  const prefix = `/${directory.replace(/[\\*?[\] !#]/g, '\\$&')}/`;
  // A slash at the start or in the middle ties a pattern to its directory; otherwise it holds at any depth.
  const isTied = pattern.trimEnd().slice(0, -1).includes('/');
  return `${negation}${prefix}${isTied ? pattern.replace(/^\//, '') : `**/${pattern}`}`;
}
