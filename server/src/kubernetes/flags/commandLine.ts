import type { ManifestNode, Place } from '../../manifest/index.ts';
import { parseImageReference } from '../images/imageReference.ts';
import { type Argument, listArgument } from './argument.ts';
import type { ComponentName } from './component.ts';
import { baseName, placeOfWord, scriptOf, shells, wrappers } from './shellCommands.ts';

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
    return { component, anchor: placeOfWord(first), argumentsNode: undefined, words: argv.slice(1), isOpen: false };
  }
  if (program === 'hyperkube') return hyperkubeCommand(argv);
  if (shells.has(program)) return commandInScript(argv);
  if (wrappers.has(program)) return commandIn(afterOptions(argv.slice(1)));
  return undefined;
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
  return { component, anchor: placeOfWord(name), argumentsNode: undefined, words: argv.slice(2), isOpen: false };
}

function commandInScript(argv: readonly Argument[]): FoundCommand | undefined {
  const script = scriptOf(argv);
  for (const { words } of script?.commands ?? []) {
    const found = commandIn(words);
    if (found !== undefined)
      return { ...found, argumentsNode: script?.node, isOpen: found.isOpen || script?.isReadable !== true };
  }
  return undefined;
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
