import type { ManifestNode, Place } from '../../manifest/index.ts';
import type { ComponentName } from '../component.ts';
import { parseImageReference } from '../imageReference.ts';
import { type Argument, listArgument, spanOf } from './argument.ts';
import { parseShellScript, type ShellWord } from './shellWords.ts';

/** A component's own command line, found in a container. */
export interface CommandLine {
  readonly component: ComponentName;
  /** The word that names the component; the container's image or name where no word does. */
  readonly anchor: ManifestNode | Place;
  readonly argumentsNode: ManifestNode;
  /** What follows the component's name. */
  readonly words: readonly Argument[];
  /** More may be there than can be read. */
  readonly isOpen: boolean;
}

const componentNames: ReadonlyMap<string, ComponentName> = new Map<string, ComponentName>([
  ['kube-apiserver', 'kube-apiserver'],
  ['kube-controller-manager', 'kube-controller-manager'],
  ['kube-scheduler', 'kube-scheduler'],
  ['kube-proxy', 'kube-proxy'],
  ['kubelet', 'kubelet'],
  ['etcd', 'etcd'],
]);

/** Subcommands of hyperkube, the all-in-one binary of releases before 1.19. */
const hyperkubeNames: ReadonlyMap<string, ComponentName> = new Map<string, ComponentName>([
  ...componentNames,
  ['apiserver', 'kube-apiserver'],
  ['controller-manager', 'kube-controller-manager'],
  ['scheduler', 'kube-scheduler'],
  ['proxy', 'kube-proxy'],
]);

/** Programs that start the program named after their own options. */
const wrappers: ReadonlySet<string> = new Set([
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

const shells: ReadonlySet<string> = new Set(['sh', 'ash', 'bash', 'dash']);

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

/** The command line of the component that a container runs; undefined if it runs none. */
export function findCommandLine(container: ManifestNode): CommandLine | undefined {
  const command = container.get('command');
  const args = container.get('args');
  const argv = [...command.items(), ...args.items()].map(listArgument);
  const isOpen = !isReadableList(command) || !isReadableList(args);
  const argumentsNode = args.type === 'list' && args.items().length > 0 ? args : command;
  const found = commandIn(argv);
  if (found !== undefined)
    return { ...found, argumentsNode: found.argumentsNode ?? argumentsNode, isOpen: isOpen || found.isOpen };
  if (!command.isMissing && command.items().length > 0) return undefined;
  return byImage(container, args, argv, isOpen);
}

function isReadableList(list: ManifestNode): boolean {
  return list.isMissing || (list.type === 'list' && list.isComplete);
}

interface FoundCommand {
  readonly component: ComponentName;
  readonly anchor: ManifestNode | Place;
  readonly argumentsNode: ManifestNode | undefined;
  readonly words: readonly Argument[];
  readonly isOpen: boolean;
}

/** Looks through wrappers for the component's name, and into the script of `sh -c`. */
function commandIn(argv: readonly Argument[]): FoundCommand | undefined {
  const first = argv[0];
  if (first === undefined) return undefined;
  const program = baseName(first.text);
  const component = componentNames.get(program);
  if (component !== undefined) {
    return { component, anchor: anchorOf(first), argumentsNode: undefined, words: argv.slice(1), isOpen: false };
  }
  if (program === 'hyperkube') return hyperkubeCommand(argv);
  if (shells.has(program)) return commandInScript(argv);
  if (wrappers.has(program)) return commandIn(afterOptions(argv.slice(1)));
  return undefined;
}

/** The list item that is the word, or the word in its script. */
function anchorOf(word: Argument): ManifestNode | Place {
  if (word.offsets === undefined) return word.node;
  const { from, to } = spanOf(word, 0, word.text.length);
  return word.node.span(from, to);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Drops a wrapper's options and `NAME=value` assignments, and the values of options that are plain words. */
function afterOptions(argv: readonly Argument[]): readonly Argument[] {
  const start = argv.findIndex((word) => {
    const name = baseName(word.text);
    return componentNames.has(name) || wrappers.has(name) || shells.has(name) || name === 'hyperkube';
  });
  return start < 0 ? [] : argv.slice(start);
}

function hyperkubeCommand(argv: readonly Argument[]): FoundCommand | undefined {
  const name = argv[1];
  const component = name === undefined ? undefined : hyperkubeNames.get(name.text);
  if (name === undefined || component === undefined) return undefined;
  return { component, anchor: anchorOf(name), argumentsNode: undefined, words: argv.slice(2), isOpen: false };
}

/** `sh -c SCRIPT`, also `-ec` and options before it. */
function commandInScript(argv: readonly Argument[]): FoundCommand | undefined {
  const option = argv.findIndex((word, index) => index > 0 && /^-[a-z]*c[a-z]*$/.test(word.text));
  const script = option < 0 ? undefined : argv[option + 1]?.node;
  if (script?.string === undefined) return undefined;
  const { commands, isReadable } = parseShellScript(script.string);
  for (const words of commands) {
    const found = commandIn(withoutPrefixes(words).map((word) => scriptArgument(script, word)));
    if (found !== undefined) return { ...found, argumentsNode: script, isOpen: found.isOpen || !isReadable };
  }
  return undefined;
}

function withoutPrefixes(words: readonly ShellWord[]): readonly ShellWord[] {
  const start = words.findIndex(({ text }) => !shellPrefixes.has(text) && !/^[A-Za-z_][A-Za-z0-9_]*=/.test(text));
  return start < 0 ? [] : words.slice(start);
}

/** An expansion at the start of a word may become any number of flags; after `--flag=` it is that flag's value. */
function scriptArgument(script: ManifestNode, { text, offsets, hasExpansion }: ShellWord): Argument {
  const isUnknown = hasExpansion && !/^--?[A-Za-z0-9][A-Za-z0-9._-]*=/.test(text);
  return { node: script, text, offsets, isUnknown, hasExpansion };
}

/**
 * Without a command the image's entry point runs. Images named like a component start it; an image that is given no
 * arguments either (but for etcd, which reads its environment) says nothing about flags.
 */
function byImage(
  container: ManifestNode,
  args: ManifestNode,
  argv: readonly Argument[],
  isOpen: boolean,
): CommandLine | undefined {
  const image = container.get('image');
  const repository = image.string === undefined ? undefined : parseImageReference(image.string)?.repository;
  const component = componentNames.get(baseName(repository ?? ''));
  if (component === undefined || (argv.length === 0 && component !== 'etcd')) return undefined;
  const name = container.get('name');
  const anchor = args.isKnown ? args : name.isKnown ? name : image;
  return { component, anchor, argumentsNode: args, words: argv, isOpen };
}
