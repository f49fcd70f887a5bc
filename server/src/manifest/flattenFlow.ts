/** A quoted text, a comment (it needs white space before it), a bracket, or anything else. */
const flowToken = /"(?:[^"\\]|\\[\s\S])*"|'[^']*'|(?<=[\s,[\]{}])#[^\n]*|[[\]{}]|[^\s"'#[\]{}]+|[\s\S]/y;

/**
 * Writes a flow collection on one line, length for length: line breaks and comments become spaces. Inside brackets YAML
 * asks for more indentation than before them, Kubernetes' parser does not.
 *
 * @param start offset of the opening bracket
 * @returns the whole text with that collection flattened; undefined if it is not closed or has only one line
 */
export function flattenFlow(text: string, start: number): string | undefined {
  const flat: string[] = [];
  let depth = 0;
  for (let at = start; at < text.length; at = flowToken.lastIndex) {
    flowToken.lastIndex = at;
    const token = flowToken.exec(text)?.[0];
    if (token === undefined) return undefined;
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    flat.push(token.startsWith('#') ? ' '.repeat(token.length) : token.replace(/[\r\n]/g, ' '));
    if (depth > 0) continue;
    const flattened = text.slice(0, start) + flat.join('') + text.slice(flowToken.lastIndex);
    return flattened === text ? undefined : flattened;
  }
  return undefined;
}
