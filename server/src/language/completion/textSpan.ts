import type { CompletionItem } from 'vscode-languageserver';

/** Completion items and the columns of the line that they replace. */
export interface TextSpan {
  readonly from: number;
  readonly to: number;
  readonly items: CompletionItem[];
}
