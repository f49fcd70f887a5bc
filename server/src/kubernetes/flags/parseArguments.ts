import { type Argument, spanOf } from './argument.ts';
import type { ComponentFlag, ComponentName, FlagSource } from './component.ts';
import { flagTypeOf } from './flagTable.ts';

export interface ParsedArguments {
  readonly flags: readonly ComponentFlag[];
  /** Some argument cannot be told, so any flag may be there. */
  readonly isOpen: boolean;
}

/**
 * Reads the words after a component's name as its own parser does: pflag for Kubernetes components
 * (github.com/spf13/pflag, parseLongArg), where positional words may stand between flags; Go's `flag` package for etcd,
 * which takes one dash or two and stops at the first positional word.
 */
export function parseArguments(
  component: ComponentName,
  source: FlagSource,
  words: readonly Argument[],
): ParsedArguments {
  const flags: ComponentFlag[] = [];
  let isOpen = false;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined) break;
    if (word.isUnknown) {
      isOpen = true;
      continue;
    }
    if (word.text === '--') break;
    const shape = flagShape.exec(word.text);
    if (shape === null) {
      if (component === 'etcd') break;
      continue;
    }
    const next = needsNextWord(component, shape, words[index + 1]) ? words[index + 1] : undefined;
    if (next !== undefined) index += 1;
    flags.push(readFlag(component, source, word, shape, next));
  }
  return { flags, isOpen };
}

/** Dashes, name, and `=value` where there is one. */
const flagShape = /^(--?)([A-Za-z0-9][^=\s]*)(=[\s\S]*)?$/;

function needsNextWord(component: ComponentName, shape: RegExpExecArray, next: Argument | undefined): boolean {
  if (shape[3] !== undefined || next === undefined || isShorthand(component, shape)) return false;
  const type = flagTypeOf(component, flagName(component, shape[2] ?? ''));
  if (type === 'boolean') return false;
  // Of a flag that nobody knows, a following word may be its value; a following flag hardly is.
  return type !== undefined || next.isUnknown || !next.text.startsWith('-');
}

/** `-v` with a number at once (`-v4`, `-v=4`) and `-h`, the shorthands of Kubernetes components. */
function isShorthand(component: ComponentName, shape: RegExpExecArray): boolean {
  return component !== 'etcd' && shape[1] === '-' && /^(v\d+|h)$/.test(shape[2] ?? '');
}

function flagName(component: ComponentName, written: string): string {
  return component === 'etcd' ? written : written.replaceAll('_', '-');
}

function readFlag(
  component: ComponentName,
  source: FlagSource,
  word: Argument,
  shape: RegExpExecArray,
  next: Argument | undefined,
): ComponentFlag {
  const dashes = shape[1] ?? '';
  const written = shape[2] ?? '';
  const inline = shape[3];
  const digits = isShorthand(component, shape) ? written.slice(1) : '';
  const nameLength = written.length - digits.length;
  const nameEnd = dashes.length + nameLength;
  const isShort = component !== 'etcd' && dashes === '-' && nameLength === 1;
  const text = spanOf(word, 0, word.text.length);
  const flag = {
    name: flagName(component, written.slice(0, nameLength)),
    singleDash: dashes === '-' && !isShort,
    source,
    node: word.node,
    text,
    nameSpan: spanOf(word, dashes.length, nameEnd),
    place: word.node.span(text.from, text.to),
  };
  if (next !== undefined) {
    const isUnknown = next.isUnknown || next.hasExpansion;
    return {
      ...flag,
      value: isUnknown ? undefined : next.text,
      isUnknown,
      valueNode: next.node,
      valueSpan: next.node.string === undefined ? undefined : spanOf(next, 0, next.text.length),
    };
  }
  const value = inline === undefined ? digits : inline.slice(1);
  if (inline === undefined && digits === '') {
    return { ...flag, value: undefined, isUnknown: false, valueNode: undefined, valueSpan: undefined };
  }
  const valueStart = nameEnd + (inline === undefined ? 0 : 1);
  return {
    ...flag,
    value: word.hasExpansion ? undefined : value,
    isUnknown: word.hasExpansion,
    valueNode: word.node,
    valueSpan: spanOf(word, valueStart, word.text.length),
  };
}
