/*
 * What the parser complains about, in words for people. Codes and messages are those of the library `yaml`.
 */

/** Whether an error of the library is one for Kubernetes' parser as well. */
export function isHarmless(code: string, message: string): boolean {
  switch (code) {
    case 'BAD_COLLECTION_TYPE':
    case 'MULTIPLE_DOCS':
      return true;
    case 'MISSING_CHAR':
      return message.startsWith('Comments must be separated');
    default:
      return false;
  }
}

/** Says in a sentence what is wrong, for someone who edits the file and does not know the grammar of YAML. */
export function describeSyntaxError(code: string, message: string, text: string, at: number): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'YAML does not allow tabs for indentation; use spaces.';
    case 'MISSING_CHAR':
      return describeMissing(message);
    case 'BAD_INDENT':
      return 'This line is not indented like the lines it belongs to.';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'A key must stand on one line. Is a ":" missing after it, or is the line before not closed?';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'A map or a list cannot begin here, in the middle of a line; is a line break missing, or does a value with ": " need quotes?';
    case 'BLOCK_IN_FLOW':
      return 'Inside { } and [ ], entries are separated by commas, not by lines and dashes.';
    case 'BAD_SCALAR_START':
      return `A value cannot begin with "${text.charAt(at)}"; put it in quotes.`;
    case 'BAD_DQ_ESCAPE':
      return 'This is not an escape sequence of a double-quoted text; write "\\\\" for a backslash, or use single quotes.';
    case 'BAD_ALIAS':
      return 'An anchor (&) or alias (*) needs a name.';
    case 'ALIAS_PROPS':
      return 'An alias (*) cannot have an anchor or a tag of its own.';
    case 'MULTIPLE_ANCHORS':
      return 'A value can have only one anchor.';
    case 'MULTIPLE_TAGS':
      return 'A value can have only one tag.';
    case 'BAD_PROP_ORDER':
      return 'An anchor or tag must stand right before its value.';
    case 'TAG_RESOLVE_FAILED':
      return 'This tag uses a prefix that is not declared.';
    case 'KEY_OVER_1024_CHARS':
      return 'A key can have at most 1024 characters before its ":".';
    case 'BAD_DIRECTIVE':
      return 'This line begins with "%" but is not a directive of YAML.';
    default:
      return `This is not valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1).split('\n')[0] ?? ''}.`;
  }
}

function describeMissing(message: string): string {
  if (message.includes('quote')) return 'This quoted text is not closed.';
  if (message.includes('map values')) return 'A ":" with a value is missing after this key.';
  if (message.includes(' , ')) return 'A comma is missing between these entries.';
  if (message.includes('Missing space')) return 'A space is missing after the ":".';
  if (message.includes('Sequence item')) return 'Every item of this list must begin with "- ".';
  if (message.includes('Tags and anchors')) return 'A space is missing after the anchor or tag.';
  if (message.includes('Expected')) return 'A closing bracket is missing.';
  return `This is not valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}.`;
}
