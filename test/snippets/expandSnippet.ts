/**
 * A snippet body as the editor inserts it when nothing is typed: tab stops take their default, choices their first
 * option, and escaped characters stand for themselves. The grammar is that of the TextMate snippets of VS Code, as far
 * as our snippets use it: `$1`, `${1}`, `${1:default}`, `${1|a,b|}`, `\$`, `\}`, `\\`.
 */
export function expandSnippet(body: readonly string[]): string {
  const text = body.join('\n');
  const defaults = new Map<string, string>();
  let output = '';
  let position = 0;
  while (position < text.length) {
    const rest = text.slice(position);
    const escaped = /^\\([$}\\])/.exec(rest);
    const stop = /^\$(?:(\d+)|\{(\d+)(?:\}|:((?:\\.|[^\\}])*)\}|\|((?:\\.|[^\\|])*)\|\}))/.exec(rest);
    if (escaped !== null) {
      output += escaped[1];
      position += escaped[0].length;
    } else if (stop !== null) {
      const number = stop[1] ?? stop[2] ?? '';
      const written = stop[3] ?? firstChoice(stop[4]);
      if (written !== undefined) defaults.set(number, withoutEscapes(written));
      output += defaults.get(number) ?? '';
      position += stop[0].length;
    } else if (rest.startsWith('$')) {
      throw new Error(`A dollar sign that is neither escaped nor a tab stop: ${rest.slice(0, 20)}`);
    } else {
      output += rest[0];
      position++;
    }
  }
  return output;
}

function firstChoice(choices: string | undefined): string | undefined {
  return choices === undefined ? undefined : /^(?:\\.|[^\\,])*/.exec(choices)?.[0];
}

function withoutEscapes(text: string): string {
  return text.replace(/\\([$}\\,|])/g, '$1');
}
