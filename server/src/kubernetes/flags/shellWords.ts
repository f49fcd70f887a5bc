/** A word of a shell command, quotes removed. */
export interface ShellWord {
  readonly text: string;
  /** For each character of `text`, and for its end, the offset in the script. */
  readonly offsets: readonly number[];
  /** An expansion stands in it (`$VAR`, `${...}`, `$(...)`, backquotes), so that its text is not known. */
  readonly hasExpansion: boolean;
}

export type ShellCommand = readonly ShellWord[];

export interface ShellScript {
  readonly commands: readonly ShellCommand[];
  /** Read to its end: no unclosed quote and no here-document in it. */
  readonly isReadable: boolean;
}

/**
 * Splits a shell script into simple commands and words (POSIX.1-2024, Shell Command Language, sections 2.2, 2.3 and
 * 2.6.7): quotes, escapes, line continuations, comments, `;`, `&`, `|` and newlines. Redirections are left out.
 * Reserved words stay ordinary words; brackets separate commands.
 */
export function parseShellScript(script: string): ShellScript {
  return new ShellReader(script).read();
}

class ShellReader {
  readonly #script: string;
  #at = 0;
  readonly #commands: ShellCommand[] = [];
  #command: ShellWord[] = [];
  #text = '';
  #offsets: number[] = [];
  #hasExpansion = false;
  #inWord = false;
  /** The next word is the target of a redirection. */
  #isTarget = false;
  #isReadable = true;

  constructor(script: string) {
    this.#script = script;
  }

  read(): ShellScript {
    while (this.#at < this.#script.length && this.#isReadable) this.#step();
    this.#endCommand();
    return { commands: this.#commands, isReadable: this.#isReadable };
  }

  #step(): void {
    const character = this.#script.charAt(this.#at);
    switch (character) {
      case ' ':
      case '\t':
      case '\r':
        this.#endWord();
        this.#at += 1;
        return;
      case '\n':
      case ';':
      case '|':
      case '(':
      case ')':
        this.#endCommand();
        this.#at += 1;
        return;
      case '&':
        this.#ampersand();
        return;
      case '<':
      case '>':
        this.#redirection();
        return;
      case '#':
        if (this.#inWord) this.#take(character);
        else this.#skipComment();
        return;
      case "'":
        this.#singleQuoted();
        return;
      case '"':
        this.#doubleQuoted();
        return;
      case '\\':
        this.#escape();
        return;
      case '$':
      case '`':
        this.#expansion();
        return;
      default:
        this.#take(character);
    }
  }

  #take(character: string): void {
    this.#inWord = true;
    this.#text += character;
    this.#offsets.push(this.#at);
    this.#at += 1;
  }

  #endWord(): void {
    if (!this.#inWord) return;
    const word = { text: this.#text, offsets: [...this.#offsets, this.#at], hasExpansion: this.#hasExpansion };
    if (!this.#isTarget) this.#command.push(word);
    this.#isTarget = false;
    this.#text = '';
    this.#offsets = [];
    this.#hasExpansion = false;
    this.#inWord = false;
  }

  #endCommand(): void {
    this.#endWord();
    this.#isTarget = false;
    if (this.#command.length > 0) this.#commands.push(this.#command);
    this.#command = [];
  }

  #ampersand(): void {
    if (this.#script.charAt(this.#at + 1) === '>') {
      this.#endWord();
      this.#at += 1;
      this.#redirection();
      return;
    }
    this.#endCommand();
    this.#at += 1;
  }

  /** `>`, `>>`, `<`, `2>&1` and the like; the descriptor number before it belongs to it. */
  #redirection(): void {
    if (/^\d+$/.test(this.#text)) {
      this.#text = '';
      this.#offsets = [];
      this.#inWord = false;
    }
    this.#endWord();
    const operator = /^(<<|>>|<>|>\||[<>]&?)/.exec(this.#script.slice(this.#at, this.#at + 2))?.[0] ?? '>';
    // What follows a here-document's operator is text up to a line that only the shell would find.
    if (operator === '<<') this.#isReadable = false;
    this.#at += operator.length;
    this.#isTarget = true;
  }

  #skipComment(): void {
    const end = this.#script.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#script.length : end;
  }

  #singleQuoted(): void {
    this.#inWord = true;
    this.#at += 1;
    while (this.#at < this.#script.length) {
      const character = this.#script.charAt(this.#at);
      if (character === "'") {
        this.#at += 1;
        return;
      }
      this.#take(character);
    }
    this.#isReadable = false;
  }

  #doubleQuoted(): void {
    this.#inWord = true;
    this.#at += 1;
    while (this.#at < this.#script.length) {
      const character = this.#script.charAt(this.#at);
      if (character === '"') {
        this.#at += 1;
        return;
      }
      if (character === '$' || character === '`') this.#expansion();
      else if (character === '\\' && /["\\$`\n]/.test(this.#script.charAt(this.#at + 1))) this.#escape();
      else this.#take(character);
    }
    this.#isReadable = false;
  }

  #escape(): void {
    this.#at += 1;
    if (this.#at >= this.#script.length) return;
    const character = this.#script.charAt(this.#at);
    if (character === '\n') this.#at += 1;
    else if (character === '\r' && this.#script.charAt(this.#at + 1) === '\n') this.#at += 2;
    else this.#take(character);
  }

  /** Keeps the expansion's own text in the word and marks the word. A `$` that expands nothing is a character. */
  #expansion(): void {
    const end = expansionEnd(this.#script, this.#at);
    if (end === this.#at) {
      this.#take('$');
      return;
    }
    this.#hasExpansion = true;
    if (end === undefined) this.#isReadable = false;
    const stop = end ?? this.#script.length;
    while (this.#at < stop) this.#take(this.#script.charAt(this.#at));
  }
}

/** Where the expansion at `start` ends; `start` itself if there is none, undefined if it is not closed. */
function expansionEnd(script: string, start: number): number | undefined {
  if (script.charAt(start) === '`') return afterNext(script, '`', start + 1);
  const next = script.charAt(start + 1);
  if (next === '(') return closingBracket(script, start + 1, '(', ')');
  if (next === '{') return closingBracket(script, start + 1, '{', '}');
  const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/.exec(script.slice(start + 1, start + 200))?.[0] ?? '';
  return name === '' ? start : start + 1 + name.length;
}

function afterNext(script: string, character: string, from: number): number | undefined {
  const found = script.indexOf(character, from);
  return found < 0 ? undefined : found + 1;
}

function closingBracket(script: string, open: number, opening: string, closing: string): number | undefined {
  let depth = 0;
  for (let at = open; at < script.length; at += 1) {
    if (script.charAt(at) === opening) depth += 1;
    else if (script.charAt(at) === closing) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}
