import type { ManifestNode } from '../../manifest/index.ts';
import { parseShellScript, type ShellWord } from '../flags/shellWords.ts';
import type { Pipeline } from './pipeline.ts';

/** One simple command of a pipeline's script. */
export interface PipelineCommand {
  readonly script: ManifestNode;
  /** Its program and arguments, without what runs it (`sudo`, `time`, `exec`, an assignment of a variable). */
  readonly words: readonly ShellWord[];
}

const runners: ReadonlySet<string> = new Set([
  'sudo',
  'time',
  'exec',
  'env',
  'command',
  '!',
  'then',
  'do',
  'else',
  'if',
]);

/** The commands of all scripts, in source order; of a script with a here-document those before it. */
export function pipelineCommands({ scripts }: Pipeline): readonly PipelineCommand[] {
  return scripts.flatMap((script) =>
    parseShellScript(script.string ?? '').commands.map((words) => ({ script, words: withoutRunner(words) })),
  );
}

function withoutRunner(words: readonly ShellWord[]): readonly ShellWord[] {
  const first = words.findIndex(({ text }) => !runners.has(text) && !/^[A-Za-z_]\w*=/.test(text));
  return first < 0 ? [] : words.slice(first);
}

/** The program that a command runs, without its folder: `cosign` of `/usr/local/bin/cosign`. */
export function programOf({ words }: PipelineCommand): string {
  return words[0]?.text.replace(/^.*\//, '') ?? '';
}

/** Arguments that are no flags; values of flags that are words of their own are among them. */
export function plainArguments({ words }: PipelineCommand): readonly ShellWord[] {
  return words.slice(1).filter(({ text }) => !text.startsWith('-'));
}
