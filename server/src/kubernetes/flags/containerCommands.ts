import type { ManifestNode, ManifestPath } from '../../manifest/index.ts';
import type { Container } from '../pods/podSpec.ts';
import { type Argument, listArgument } from './argument.ts';
import { baseName, scriptOf, shells, wrappers } from './shellCommands.ts';

/** One program that a container starts, with its arguments; the first word names it. */
export interface ContainerCommand {
  readonly words: readonly Argument[];
  /** Name of the program without its directories. */
  readonly program: string;
  /** The command whose output it reads: `from | this`, `this <(from)`. */
  readonly readsFrom: ContainerCommand | undefined;
}

/** Where a container names programs: its own, those of its hooks and those of its probes. */
const commandPaths: readonly ManifestPath[] = [
  ['lifecycle', 'postStart', 'exec', 'command'],
  ['lifecycle', 'preStop', 'exec', 'command'],
  ['livenessProbe', 'exec', 'command'],
  ['readinessProbe', 'exec', 'command'],
  ['startupProbe', 'exec', 'command'],
];

/**
 * The commands of a container as far as they can be read: `command` and `args` together, hooks and probes; the simple
 * commands of a script after `sh -c`; what a wrapper such as `sudo` or `exec` starts as well as the wrapper. Without a
 * `command` the arguments are taken for one: images without entry point run them so.
 */
export function containerCommands({ node }: Container): readonly ContainerCommand[] {
  const main = [...node.get('command').items(), ...node.get('args').items()];
  const lists = [main, ...commandPaths.map((path) => node.get(...path).items())];
  return lists.flatMap((items: readonly ManifestNode[]) => commandsIn(items.map(listArgument), undefined));
}

function commandsIn(words: readonly Argument[], readsFrom: ContainerCommand | undefined): readonly ContainerCommand[] {
  const first = words[0];
  if (first === undefined) return [];
  const command = { words, program: baseName(first.text), readsFrom };
  if (shells.has(command.program)) return [command, ...commandsOfScript(words)];
  if (wrappers.has(command.program)) return [command, ...commandsIn(afterWrapper(words), readsFrom)];
  return [command];
}

function commandsOfScript(argv: readonly Argument[]): readonly ContainerCommand[] {
  const found: ContainerCommand[] = [];
  let before: ContainerCommand | undefined;
  for (const { words, separator } of scriptOf(argv)?.commands ?? []) {
    const isPiped = /(?:^|[^|])\|&?\s*$/.test(separator);
    const commands = commandsIn(words, isPiped ? before : undefined);
    const [command] = commands;
    if (before !== undefined && command !== undefined && /<\(\s*$/.test(separator)) {
      found.splice(found.indexOf(before), 1, { ...before, readsFrom: command });
    }
    found.push(...commands);
    before = commands.at(-1);
  }
  return found;
}

/** Leaves out the wrapper's own options and the variables that it sets. */
function afterWrapper(words: readonly Argument[]): readonly Argument[] {
  const start = words.findIndex(({ text }, index) => index > 0 && !/^-|^[A-Za-z_][A-Za-z0-9_]*=/.test(text));
  return start < 0 ? [] : words.slice(start);
}
