import assert from 'node:assert/strict';
import {
  applyEdits,
  type EditPlan,
  type FixOperation,
  type ManifestFile,
  type ManifestNode,
  parseManifest,
  planEdits,
} from '../../../server/src/manifest/index.ts';

/** The operations of a test, made from the root of the first document with content. */
export type Fix = (root: ManifestNode, file: ManifestFile) => readonly FixOperation[];

export function plan(text: string, fix: Fix): EditPlan {
  const file = parseManifest(text);
  const document = file.documents.find(({ isEmpty }) => !isEmpty) ?? file.documents[0];
  assert.ok(document);
  return planEdits(file, fix(document.root, file), {
    randomBytes: (count) => Buffer.alloc(count, 7).toString('base64'),
  });
}

/** The text after the fix; fails if it is refused. */
export function fixed(text: string, fix: Fix): string {
  const result = plan(text, fix);
  assert.ok(result.kind === 'edits', result.kind === 'refused' ? `${result.reason}\n${text}` : '');
  return applyEdits(text, result.edits);
}

/** Checks the text after a fix; both are given with a first line break and a common indentation, which are taken off.
 * Done again with `\\r\\n`. */
export function assertFixed(before: string, fix: Fix, after: string): void {
  assert.equal(fixed(unindented(before), fix), unindented(after));
  if (!unindented(before).includes('\n')) return;
  const crlf = (text: string): string => unindented(text).replaceAll('\n', '\r\n');
  assert.equal(fixed(crlf(before), fix), crlf(after));
}

export function assertRefused(text: string, fix: Fix, reason: RegExp): void {
  const result = plan(unindented(text), fix);
  assert.ok(result.kind === 'refused', JSON.stringify(result));
  assert.match(result.reason, reason);
}

function unindented(text: string): string {
  if (!text.startsWith('\n')) return text;
  const lines = text.slice(1).replace(/\n *$/, '\n').split('\n');
  const indent = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  );
  return lines.map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length))).join('\n');
}
