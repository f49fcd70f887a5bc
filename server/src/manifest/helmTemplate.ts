import { lastAtOrBefore } from './lineStarts.ts';

/*
 * Finds the actions of a Helm template and masks them, length for length, so that what is left parses as YAML and every
 * offset holds in the original.
 */

export interface HelmAction {
  readonly start: number;
  readonly end: number;
  /**
   * `open`, `else` and `end` make blocks (`if`, `with`, `range`, `define`, `block`); `silent` writes nothing (a comment,
   * a variable); `output` may write anything.
   */
  readonly kind: 'open' | 'else' | 'end' | 'silent' | 'output';
  /** It stands alone on its line, so what it writes may be pairs or items. */
  readonly alone: boolean;
  /** Column at which its output begins: as `nindent` or `indent` says, else its own. */
  readonly column: number;
}

/** From the opening action to after its `end`. */
export interface HelmBlock {
  readonly start: number;
  readonly end: number;
}

export interface MaskedTemplate {
  /** As long as the original. */
  readonly text: string;
  readonly actions: readonly HelmAction[];
  readonly blocks: readonly HelmBlock[];
  /** Names the branch of the block that an offset lies in; the same for two offsets that are always rendered together. */
  branchAt(offset: number): number;
}

/** undefined if an action is not closed, so that nothing can be said of what follows it. */
export function maskTemplate(text: string): MaskedTemplate | undefined {
  const found = findActions(text);
  if (found === undefined) return undefined;
  const parts: string[] = [];
  const actions: HelmAction[] = [];
  let copied = 0;
  for (let index = 0; index < found.length; ) {
    const line = lineOf(text, found, index);
    const last = line.actions.length - 1;
    const fromAlone = line.firstAlone;
    for (const [position, action] of line.actions.entries()) {
      const alone = position >= fromAlone;
      parts.push(text.slice(copied, alone && line.isBlankBefore && position === 0 ? line.start : action.start));
      copied = alone && line.isBlankBefore && position === 0 ? line.start : action.start;
      // Line breaks are blank in any place: between pairs, at the start of a block scalar, in brackets.
      parts.push((alone ? '\n' : 'x').repeat(action.end - copied));
      copied = action.end;
      if (alone && position < last) {
        const next = line.actions[position + 1]?.start ?? copied;
        parts.push('\n'.repeat(next - copied));
        copied = next;
      }
      const source = text.slice(action.start, action.end);
      const column = outputColumn(source, action.start - line.start);
      actions.push({ ...action, kind: kindOf(source), alone, column });
    }
    index += line.actions.length;
  }
  parts.push(text.slice(copied));
  return { text: parts.join(''), actions, ...findBlocks(actions, text.length) };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function findActions(text: string): Span[] | undefined {
  const actions: Span[] = [];
  for (let start = text.indexOf('{{'); start >= 0; ) {
    const end = actionEnd(text, start);
    if (end === undefined) return undefined;
    actions.push({ start, end });
    start = text.indexOf('{{', end);
  }
  return actions;
}

const commentStart = /\{\{-?\s*\/\*/y;
const commentEnd = /\*\/\s*-?\}\}/g;
/** A string of one line, a raw string, a character, the end, or anything else. */
const actionToken = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|\}\}|[^"`'}]+|["`'}]/y;

function actionEnd(text: string, start: number): number | undefined {
  commentStart.lastIndex = start;
  if (commentStart.test(text)) {
    commentEnd.lastIndex = commentStart.lastIndex;
    return commentEnd.test(text) ? commentEnd.lastIndex : undefined;
  }
  for (let at = start + 2; at < text.length; at = actionToken.lastIndex) {
    actionToken.lastIndex = at;
    const token = actionToken.exec(text)?.[0];
    if (token === undefined) return undefined;
    if (token === '}}') return at + 2;
  }
  return undefined;
}

interface ActionLine {
  readonly start: number;
  readonly actions: readonly Span[];
  readonly isBlankBefore: boolean;
  /** Index of the first action from which on the line holds nothing else; the number of actions if it holds text. */
  readonly firstAlone: number;
}

/** The actions of one line (which goes on where an action goes over several), and whether it holds anything else. */
function lineOf(text: string, found: readonly Span[], index: number): ActionLine {
  const first = found[index] ?? { start: 0, end: 0 };
  const start = text.lastIndexOf('\n', first.start - 1) + 1;
  const actions = [first];
  let isBlankBetween = true;
  for (let next = index + 1; next < found.length; next++) {
    const action = found[next];
    const gap = text.slice(actions.at(-1)?.end, action?.start);
    if (action === undefined || gap.includes('\n')) break;
    if (gap.trim() !== '') isBlankBetween = false;
    actions.push(action);
  }
  const end = actions.at(-1)?.end ?? start;
  const lineEnd = text.indexOf('\n', end);
  const after = text.slice(end, lineEnd < 0 ? text.length : lineEnd).trim();
  const before = text.slice(start, first.start);
  const isBlankBefore = before.trim() === '';
  const isClear = isBlankBetween && (after === '' || after.startsWith('#'));
  if (isClear && isBlankBefore) return { start, actions, isBlankBefore, firstAlone: 0 };
  // `key: {{- if .Values.x }}`: the value follows on the next lines.
  const opensOnly = actions.every((action) => kindOf(text.slice(action.start, action.end)) === 'open');
  const opensValue = isClear && opensOnly && /^[^#]*:\s*$/.test(before);
  return { start, actions, isBlankBefore, firstAlone: opensValue ? 0 : actions.length };
}

const keyword = /^\{\{-?\s*(?:(\/\*)|(\$[\w.]*\s*(?:,\s*\$\w+\s*)?:?=)|(\w+)\b)?/;

function kindOf(source: string): HelmAction['kind'] {
  const [, comment, assignment, word] = keyword.exec(source) ?? [];
  if (comment !== undefined || assignment !== undefined) return 'silent';
  switch (word) {
    case 'if':
    case 'with':
    case 'range':
    case 'define':
    case 'block':
      return 'open';
    case 'else':
      return 'else';
    case 'end':
      return 'end';
    case 'break':
    case 'continue':
    case 'fail':
      return 'silent';
    default:
      return 'output';
  }
}

const indentation = /\b(n?)indent\s+(\d+)/g;

function outputColumn(source: string, ownColumn: number): number {
  let column = ownColumn;
  for (const [, newLine, width] of source.matchAll(indentation)) {
    column = Number(width) + (newLine === 'n' ? 0 : ownColumn);
  }
  return column;
}

function findBlocks(actions: readonly HelmAction[], end: number): Pick<MaskedTemplate, 'blocks' | 'branchAt'> {
  const blocks: HelmBlock[] = [];
  const open: { readonly start: number; readonly outer: number }[] = [];
  const offsets = [0];
  const branches = [0];
  let made = 0;
  let branch = 0;
  for (const action of actions) {
    if (action.kind === 'open') {
      open.push({ start: action.start, outer: branch });
      branch = ++made;
    } else if (action.kind === 'else') {
      if (open.length > 0) branch = ++made;
    } else if (action.kind === 'end') {
      const block = open.pop();
      if (block === undefined) continue;
      blocks.push({ start: block.start, end: action.end });
      branch = block.outer;
    } else continue;
    offsets.push(action.start);
    branches.push(branch);
  }
  for (const block of open) blocks.push({ start: block.start, end });
  return { blocks, branchAt: (offset) => branches[lastAtOrBefore(offsets, offset)] ?? 0 };
}
