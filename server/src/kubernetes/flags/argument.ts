import type { ManifestNode } from '../../manifest/index.ts';
import type { TextSpan } from './component.ts';

/** One word of a component's command line, and where it stands in the manifest. */
export interface Argument {
  readonly node: ManifestNode;
  readonly text: string;
  /** Offsets of each character of `text`, and of its end, in the node's decoded string. */
  readonly offsets: readonly number[] | undefined;
  /** Nothing is known of it: a Helm action, or an expansion that may become any words. */
  readonly isUnknown: boolean;
  /** Its text has an expansion in it, `--flag=$(VALUE)`. */
  readonly hasExpansion: boolean;
}

/** The span in the node's string of characters [from, to) of the argument. */
export function spanOf(argument: Argument, from: number, to: number): TextSpan {
  if (argument.offsets === undefined) return { from, to };
  const start = argument.offsets[from] ?? 0;
  return { from: start, to: argument.offsets[to] ?? start };
}

/** A list item of `command` or `args`. Kubernetes puts variables for `$(NAME)`; `$$(NAME)` stands for itself. */
export function listArgument(node: ManifestNode): Argument {
  const text = node.scalar === undefined ? '' : String(node.scalar);
  const hasExpansion = hasVariable(text);
  const isOnlyVariables = hasExpansion && !text.startsWith('-');
  return { node, text, offsets: undefined, isUnknown: node.isUnknown || isOnlyVariables, hasExpansion };
}

/** As third_party/forked/golang/expansion/expand.go in Kubernetes reads it: a name in brackets after an odd number of `$`. */
function hasVariable(text: string): boolean {
  return /(?<!\$)(?:\$\$)*\$\([^()]+\)/.test(text);
}
