import type { CompletionItem } from 'vscode-languageserver';

/** Completion items and the column of the line from which they replace what is typed. */
export interface TextSpan {
  readonly from: number;
  readonly items: CompletionItem[];
}
