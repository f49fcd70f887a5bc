import type { LanguageServices } from './languageServices.ts';
import type { PlaceRangeParams, PlaceRangeResult } from './protocol/index.ts';

/** Answers `kubeharden/placeRange`. */
export function placeRange(
  services: LanguageServices,
  { textDocument, documentIndex = 0, path }: PlaceRangeParams,
): PlaceRangeResult {
  const document = services.documents.get(textDocument.uri);
  const file = document === undefined ? undefined : services.workspace.file(document.uri);
  const root = file?.documents[documentIndex]?.root;
  if (file === undefined || root === undefined || !root.isKnown) return null;
  return file.rangeOf(root.get(...path).place) ?? null;
}
