import { lineStartsOf } from './lineStarts.ts';
import type { DocumentForm, ManifestComment, ManifestDocument, SyntaxProblem } from './manifestDocument.ts';
import type { ManifestNode } from './manifestNode.ts';
import { isSuspicious } from './notChecked.ts';
import { parseCompletely, parseQuickly } from './parseDocument.ts';
import type { SyntaxDocument } from './syntaxTree.ts';
import { TextNode } from './textNode.ts';

/** Where the text of a document comes from if it is not a file: the decoded string of a node, from an offset on. */
export interface DocumentHost {
  readonly node: ManifestNode;
  readonly offset: number;
}

/** A document of a text. Parsed when its content is first asked for. */
export class TextDocument implements ManifestDocument {
  readonly text: string;
  readonly form: DocumentForm;
  readonly host: DocumentHost | undefined;
  #parsed: SyntaxDocument | undefined;
  #isQuick: boolean | undefined;
  #root: TextNode | undefined;
  #comments: readonly ManifestComment[] | undefined;
  #lineStarts: readonly number[] | undefined;
  #isEmpty: boolean | undefined;
  #isSuspicious: boolean | undefined;

  constructor(text: string, form: DocumentForm, host?: DocumentHost) {
    this.text = text;
    this.form = form;
    this.host = host;
  }

  get syntax(): SyntaxDocument {
    this.#parsed ??= this.#readQuickly() ?? parseCompletely(this.text, this.form);
    return this.#parsed;
  }

  /** Whether it can be read in a time that does not matter. */
  get isQuick(): boolean {
    return this.#readQuickly() !== undefined;
  }

  #readQuickly(): SyntaxDocument | undefined {
    if (this.#isQuick === undefined) {
      this.#parsed = parseQuickly(this.text, this.form);
      this.#isQuick = this.#parsed !== undefined;
    }
    return this.#isQuick ? this.#parsed : undefined;
  }

  get root(): ManifestNode {
    this.#root ??= new TextNode(this, undefined, '', this.syntax.root, undefined, false);
    return this.#root;
  }

  get problems(): readonly SyntaxProblem[] {
    return this.syntax.problems;
  }

  get comments(): readonly ManifestComment[] {
    this.#comments ??= this.syntax.comments.map(({ start, end }) => ({
      start,
      end,
      text: this.text.slice(start, end),
      ownLine: isBlankBefore(this.text, start),
    }));
    return this.#comments;
  }

  get isEmpty(): boolean {
    this.#isEmpty ??= isBlank(this.text);
    return this.#isEmpty;
  }

  /** The text has errors that hide things: no map or list of it is complete. */
  get isPartial(): boolean {
    return this.syntax.partial;
  }

  /** Why it cannot be judged. It is parsed to find out only if its text looks suspicious. */
  get notChecked(): SyntaxDocument['notChecked'] {
    this.#isSuspicious ??= isSuspicious(this.text);
    return this.#isSuspicious ? this.syntax.notChecked : undefined;
  }

  /** Where its lines begin, relative to the document. */
  get lineStarts(): readonly number[] {
    this.#lineStarts ??= lineStartsOf(this.text);
    return this.#lineStarts;
  }
}

function isBlankBefore(text: string, offset: number): boolean {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(lineStart, offset).trim() === '';
}

const blankOrComments = /(?:[\s\uFEFF]+|#[^\n]*)/y;

function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; at = blankOrComments.lastIndex) {
    blankOrComments.lastIndex = at;
    if (!blankOrComments.test(text)) return false;
  }
  return true;
}
