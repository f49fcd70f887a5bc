import { readFileSync, statSync } from 'node:fs';
import { systemReason } from './walkManifests.ts';

export type Input =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Encoding the text again gives the bytes of the file, so that a fix leaves the rest of it alone. */
      readonly isExact: boolean;
    }
  | { readonly kind: 'not-checked'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Above this many bytes a file is not even read: judging a thousand kilobytes of resources takes about half a second. */
export const mostBytes = 5 * 1024 * 1024;

/** Reads a manifest as UTF-8. Never throws. */
export function readInput(path: string): Input {
  try {
    const stat = statSync(path);
    if (stat.size > mostBytes) return { kind: 'not-checked', reason: 'It is larger than 5 MB.' };
    if (!stat.isFile() && stat.isDirectory()) return { kind: 'unreadable', reason: 'It is a directory.' };
    return decode(readFileSync(path));
  } catch (error) {
    return { kind: 'unreadable', reason: systemReason(error) };
  }
}

export function decode(bytes: Buffer): Input {
  if (bytes.length > mostBytes) return { kind: 'not-checked', reason: 'It is larger than 5 MB.' };
  if (bytes.includes(0)) return { kind: 'not-checked', reason: 'It is a binary file or not encoded in UTF-8.' };
  const text = bytes.toString('utf8');
  return { kind: 'text', text, isExact: !text.includes('\u{FFFD}') || Buffer.from(text, 'utf8').equals(bytes) };
}
