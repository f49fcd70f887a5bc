import type { NotChecked } from './manifestFile.ts';
import type { SyntaxDocument } from './syntaxTree.ts';

/**
 * Characters of YAML in one document beyond which it is parsed only if `parseBlockDocument` claims it: the complete parser
 * takes about a second for as much. An API server takes requests of 3 MB and etcd stores
 * 1.5 MiB (etcd, `--max-request-bytes`), while a list of objects saved from a cluster may well be larger than one object.
 */
export const maximumDocumentLength = 2 * 1024 * 1024;

/** What can be said without parsing: too long, or not text. */
export function whyUnreadable(text: string, maxBytes: number): NotChecked | undefined {
  if (text.length > maxBytes || (text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes)) {
    const limit = `${Math.round((maxBytes / 1024 / 1024) * 10) / 10} MiB`;
    return { reason: 'too-large', message: `This file was not checked because it is larger than ${limit}.` };
  }
  if (text.includes('\0')) {
    return { reason: 'binary', message: 'This file was not checked because it is not text (it has NUL bytes).' };
  }
  return undefined;
}

interface ReadDocument {
  readonly text: string;
  readonly isQuick: boolean;
  readonly notChecked: SyntaxDocument['notChecked'];
}

/** Why one of the documents, or all of them together, cannot be judged. */
export function whyNotChecked(documents: readonly ReadDocument[]): NotChecked | undefined {
  if (takesTooLong(documents)) {
    return {
      reason: 'too-large',
      message:
        'This file was not checked because more than 2 MiB of it are templates or YAML with anchors and the like, which take too long to read.',
    };
  }
  for (const document of documents) {
    switch (document.notChecked) {
      case 'too-large':
        return {
          reason: 'too-large',
          message:
            'This file was not checked because one of its documents is larger than 2 MiB; no cluster stores such an object.',
        };
      case 'too-many-aliases':
        return {
          reason: 'too-many-aliases',
          message: 'This file was not checked because its aliases expand to more than Kubernetes reads.',
        };
      case 'too-deep':
        return {
          reason: 'too-deep',
          message: 'This file was not checked because its maps and lists are nested too deeply.',
        };
      case undefined:
        break;
    }
  }
  return undefined;
}

/** Whether the complete parser would be busy for much more than a second. */
function takesTooLong(documents: readonly ReadDocument[]): boolean {
  if (documents.length < 2 || totalLength(documents) <= maximumDocumentLength) return false;
  return totalLength(documents.filter((document) => !document.isQuick)) > maximumDocumentLength;
}

function totalLength(documents: readonly ReadDocument[]): number {
  return documents.reduce((sum, { text }) => sum + text.length, 0);
}

const aliasLike = /(?:^|[\s,[{:])\*[^\s*,[\]{}]/g;

/** An alias bomb needs many aliases (go-yaml complains beyond 1,000 nodes), deep nesting many brackets, dashes or columns. */
export function isSuspicious(text: string): boolean {
  if (text.length > maximumDocumentLength) return true;
  if (text.includes('&') && (text.match(aliasLike)?.length ?? 0) >= 10) return true;
  return text.includes('- - - - - - - -') || text.includes(' '.repeat(200)) || bracketDepth(text) > 200;
}

/** The deepest nesting of brackets, those in texts and comments counted as well. */
function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at) | 0x20;
    // `[` and `{`, `]` and `}` differ in this bit only.
    if (unit === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (unit === 0x7d && depth > 0) depth--;
  }
  return deepest;
}
