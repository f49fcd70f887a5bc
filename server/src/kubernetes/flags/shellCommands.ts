import type { ManifestNode, Place } from '../../manifest/index.ts';
import { type Argument, spanOf } from './argument.ts';
import { parseShellScript, type ShellWord } from './shellWords.ts';

/** Programs that start the program named after their own options. */
export const wrappers: ReadonlySet<string> = new Set([
  'catatonit',
  'command',
  'dumb-init',
  'env',
  'exec',
  'go-runner',
  'nice',
  'nohup',
  'su-exec',
  'sudo',
  'tini',
]);

export const shells: ReadonlySet<string> = new Set(['sh', 'ash', 'bash', 'dash']);

/** Words of the shell that may stand before a command. */
const shellPrefixes: ReadonlySet<string> = new Set([
  '!',
  '{',
  'if',
  'then',
  'else',
  'elif',
  'while',
  'until',
  'do',
  'time',
]);

/** One simple command of a script: its words, without what the shell itself reads before them. */
export interface ScriptCommand {
  readonly words: readonly Argument[];
  /** What stands in the script between the command before and this one: `&&`, `|`, a newline, ... */
  readonly separator: string;
}

export interface Script {
  readonly node: ManifestNode;
  readonly commands: readonly ScriptCommand[];
  /** Read to its end, see `parseShellScript`. */
  readonly isReadable: boolean;
}

/** The script of `sh -c SCRIPT`, also `-ec` and options before it; undefined if there is none that can be read. */
export function scriptOf(argv: readonly Argument[]): Script | undefined {
  const option = argv.findIndex((word, index) => index > 0 && /^-[a-z]*c[a-z]*$/.test(word.text));
  const script = option < 0 ? undefined : argv[option + 1];
  if (script?.node.string === undefined) return undefined;
  const { commands, isReadable } = parseShellScript(script.text);
  let end = 0;
  const read = commands.map((words) => {
    const separator = script.text.slice(end, words[0]?.offsets[0] ?? end);
    end = words.at(-1)?.offsets.at(-1) ?? end;
    return { words: withoutPrefixes(words).map((word) => scriptArgument(script, word)), separator };
  });
  return { node: script.node, commands: read, isReadable };
}

function withoutPrefixes(words: readonly ShellWord[]): readonly ShellWord[] {
  const start = words.findIndex(({ text }) => !shellPrefixes.has(text) && !/^[A-Za-z_][A-Za-z0-9_]*=/.test(text));
  return start < 0 ? [] : words.slice(start);
}

/**
 * An expansion at the start of a word may become any number of flags; after `--flag=` it is that flag's value. The script
 * may itself be a word of a script (`sh -c 'sh -c "..."'`); offsets are always those of the node.
 */
function scriptArgument(script: Argument, { text, offsets, hasExpansion }: ShellWord): Argument {
  const isUnknown = hasExpansion && !/^--?[A-Za-z0-9][A-Za-z0-9._-]*=/.test(text);
  const inNode = offsets.map((offset) => spanOf(script, offset, offset).from);
  return { node: script.node, text, offsets: inNode, isUnknown, hasExpansion };
}

/** The list item that is the word, or the word in its script. */
export function placeOfWord(word: Argument): ManifestNode | Place {
  if (word.offsets === undefined) return word.node;
  const { from, to } = spanOf(word, 0, word.text.length);
  return word.node.span(from, to);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
