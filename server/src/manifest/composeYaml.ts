import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import { flattenFlow } from './flattenFlow.ts';
import type { SyntaxComment } from './syntaxTree.ts';

/** Scalars are left as text (schema failsafe) and tags as names. */
const options = {
  schema: 'failsafe',
  keepSourceTokens: true,
  logLevel: 'silent',
  prettyErrors: false,
  resolveKnownTags: false,
  uniqueKeys: false,
} as const;

/** Characters that may be parsed again for flow collections with too little indentation, one after the other. */
const flatteningBudget = 1024 * 1024;

interface Composed {
  /** As it was composed: with some flow collections made flat. */
  readonly text: string;
  readonly document: Document.Parsed | undefined;
  readonly tokens: readonly CST.Token[];
  readonly comments: readonly SyntaxComment[];
  /** Where a flow collection begins that the lexer ended for lack of indentation. */
  readonly brokenFlow: number | undefined;
}

/**
 * The document of a text as the library composes it; `comments` receives those of the text as it is written. A flow
 * collection with too little indentation, which go-yaml takes, is read all the same.
 *
 * @throws RangeError where the library goes down too deep
 */
export function composeYaml(text: string, comments: SyntaxComment[]): Composed {
  let composed = composeOnce(text);
  comments.push(...composed.comments);
  for (
    let spent = text.length;
    composed.brokenFlow !== undefined && spent < flatteningBudget;
    spent += text.length + 1
  ) {
    const flattened = flattenFlow(composed.text, composed.brokenFlow);
    if (flattened === undefined) break;
    composed = composeOnce(flattened);
  }
  return composed;
}

function composeOnce(text: string): Composed {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const comments: SyntaxComment[] = [];
  const openFlows: number[] = [];
  let brokenFlow: number | undefined;
  let scalarFollows = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!scalarFollows) {
      const first = lexeme.charAt(0);
      if (first === '#') comments.push({ start: parser.offset, end: parser.offset + lexeme.length });
      else if (first === '[' || first === '{') openFlows.push(parser.offset);
      else if (first === ']' || first === '}') openFlows.pop();
      else if (lexeme === flowBreak) {
        brokenFlow ??= openFlows[0];
        openFlows.length = 0;
      }
    }
    scalarFollows = lexeme === scalarMark;
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  const documents = [...new Composer(options).compose(tokens, true, text.length)];
  const document = documents[0];
  for (const other of documents.slice(1)) document?.errors.push(...other.errors);
  return { text, document, tokens, comments, brokenFlow };
}

/** What the lexer says before a scalar, and where a line ends a flow collection for lack of indentation. */
const scalarMark = '\u001f';
const flowBreak = '\u0018';
