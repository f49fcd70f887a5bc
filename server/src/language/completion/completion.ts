import type { CompletionItem, Position } from 'vscode-languageserver';
import { configurationFileName, configurationSchema } from '../../analysis/index.ts';
import type { ManifestFile } from '../../manifest/index.ts';
import { fileNameOf } from '../fileUris.ts';
import { completeConfiguration } from './configurationCompletion.ts';
import { completeDirective } from './directiveCompletion.ts';

export const completionTriggers = [' ', '/', '=', ':'];

/** Items inside our directives and our configuration file; nothing anywhere else. `today` is YYYY-MM-DD. */
export function completionsAt(uri: string, file: ManifestFile, position: Position, today: string): CompletionItem[] {
  const { line, character } = position;
  const span =
    completeDirective(lineOf(file, line), character, today) ??
    (fileNameOf(uri) === configurationFileName
      ? completeConfiguration(file.text.split(/\r?\n/), line, character, configurationSchema())
      : undefined);
  if (span === undefined) return [];
  const range = { start: { line, character: span.from }, end: { line, character: span.to } };
  return span.items.map(({ insertText, ...item }) => ({
    ...item,
    filterText: item.label,
    textEdit: { range, newText: insertText ?? item.label },
  }));
}

/** Editors ask at every space, so only this one line is looked at. */
function lineOf(file: ManifestFile, line: number): string {
  const start = file.offsetAt({ line, character: 0 });
  const end = file.text.indexOf('\n', start);
  return file.text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
}
