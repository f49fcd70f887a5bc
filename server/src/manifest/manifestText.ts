import { documentText } from './edit/addedDocuments.ts';
import type { PlainValue } from './edit/writeValue.ts';

/** JSON as one YAML document, laid out as kubectl does: two columns, lists flush with their key. */
export function manifestText(value: PlainValue): string {
  return documentText(value, { indent: 2, listIndent: 0 }, '\n');
}
