import type { TextEdit } from '../fix.ts';
import type { SyntaxNode } from '../syntaxTree.ts';
import { countOf, type EditSource, type Entry, hasComment } from './editSource.ts';

/** The only entry of its container, as far as the text tells. */
export function isOnly(entry: Entry | undefined): boolean {
  return entry !== undefined && countOf(entry.container) === 1 && !entry.container.open;
}

/** A null, or an empty map or list that has no comment inside, for an entry of this kind. */
export function isVacant(source: EditSource, node: SyntaxNode, segment: string | number): boolean {
  if (node.kind === 'scalar') return node.value === null;
  if (node.kind !== 'map' && node.kind !== 'list') return false;
  const fits = node.kind === 'list' ? segment === 0 : typeof segment === 'string';
  return fits && countOf(node) === 0 && !node.open && !hasComment(source, node.start, node.end);
}

/** Whether an edit deletes a part of a Helm action or writes into one. */
export function touchesAction(text: string, { start, end }: TextEdit): boolean {
  if (/\{\{|\}\}/.test(text.slice(Math.max(0, start - 1), end + 1)) && end > start) return true;
  return text.lastIndexOf('{{', start - 1) > text.lastIndexOf('}}', start - 1);
}
