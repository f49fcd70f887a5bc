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
  const line = lineBefore(file, position);
  const isConfiguration = fileNameOf(uri) === configurationFileName;
  const span =
    completeDirective(line, today) ??
    (isConfiguration
      ? completeConfiguration(file.text.split(/\r?\n/), position.line, position.character, configurationSchema())
      : undefined);
  if (span === undefined) return [];
  const range = { start: { line: position.line, character: span.from }, end: position };
  return span.items.map(({ insertText, ...item }) => ({
    ...item,
    filterText: item.label,
    textEdit: { range, newText: insertText ?? item.label },
  }));
}

function lineBefore(file: ManifestFile, { line, character }: Position): string {
  return file.text.slice(file.offsetAt({ line, character: 0 }), file.offsetAt({ line, character }));
}
