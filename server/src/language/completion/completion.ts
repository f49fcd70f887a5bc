import type { CompletionItem, Position } from 'vscode-languageserver';
import { configurationSchema } from '../../analysis/index.ts';
import type { ManifestFile } from '../../manifest/index.ts';
import { configurationFileName } from '../configurationFile.ts';
import { fileNameOf } from '../fileUris.ts';
import { completeConfiguration } from './configurationCompletion.ts';
import { completeDirective } from './directiveCompletion.ts';

export const completionTriggers = [' ', '/', '=', ':'];

/** Items inside our directives and our configuration file; nothing anywhere else. `today` is YYYY-MM-DD. */
export function completionsAt(uri: string, file: ManifestFile, position: Position, today: string): CompletionItem[] {
  const lines = file.text.split(/\r?\n/);
  const { line, character } = position;
  const span =
    completeDirective(lines[line] ?? '', character, today) ??
    (fileNameOf(uri) === configurationFileName
      ? completeConfiguration(lines, line, character, configurationSchema())
      : undefined);
  if (span === undefined) return [];
  const range = { start: { line, character: span.from }, end: { line, character: span.to } };
  return span.items.map(({ insertText, ...item }) => ({
    ...item,
    filterText: item.label,
    textEdit: { range, newText: insertText ?? item.label },
  }));
}
