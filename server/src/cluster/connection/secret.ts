import { inspect } from 'node:util';

/** A token, key or password that cannot get into a message by accident: written out, logged or serialized it is `[hidden]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value, for the one place that sends or uses it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [inspect.custom](): string {
    return hidden;
  }
}

const hidden = '[hidden]';

/** Whether it can stand in a header: a line break in it would begin another. */
export function isToken(text: string): boolean {
  return /^[!-~]+$/.test(text);
}

/**
 * Text of others (a server's message) as it may be shown: without terminal codes, and with `[hidden]` for the secrets that
 * are known and for JSON web tokens, keys in PEM and passwords in URLs, which cannot be anything else.
 */
export function shownText(text: string, secrets: Iterable<Secret> = []): string {
  let shown = text.replace(terminalCodes, '').replace(controlCharacters, '');
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value.length >= 4) shown = shown.replaceAll(value, hidden);
  }
  return shown
    .replace(passwordOfUrl, `$1${hidden}@`)
    .replace(/-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)/g, hidden)
    .replace(/\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, hidden);
}

/**
 * As {@link shownText}, for what a credential plugin wrote or is called with: there secrets are to be expected that nobody
 * here knows. Hides what is given as a token, password or key, and what looks like nothing but one. A message that
 * loses a word by mistake can still be read in the terminal.
 */
export function shownPluginText(text: string, secrets: Iterable<Secret> = []): string {
  return shownText(text, secrets)
    .replace(/(\bbearer\s+|(?:token|password|passwd|secret|key)["']?=["']?)[^\s"',;]{6,}/gi, `$1${hidden}`)
    .replace(/((?:token|password|passwd|secret|key)["']?:\s*["']?)(?=\S*\d)[^\s"',;:]{6,}/gi, `$1${hidden}`)
    .replace(/[A-Za-z0-9+/_=-]{20,}/g, (run) => (run.split(/[^A-Za-z0-9]/).some(looksRandom) ? hidden : run));
}

/** The arguments of a command that the option before them says are secret: `--client-secret=x`, and `x` after `--token`. */
export function secretArguments(args: readonly string[]): Secret[] {
  return args.flatMap((arg, index) => {
    const [, option = '', value] = /^(--?[^=]*)(?:=([\s\S]*))?$/.exec(arg) ?? [];
    if (!/(?:token|password|passwd|secret|key)$/i.test(option)) return [];
    const secret = value ?? args[index + 1] ?? '';
    return secret === '' || secret.startsWith('-') ? [] : [new Secret(secret)];
  });
}

/** Names and the parts of paths are words; keys mix digits with letters of both cases, digests digits with letters at length. */
function looksRandom(part: string): boolean {
  const isMixed = /\d/.test(part) && /[a-z]/.test(part) && /[A-Z]/.test(part);
  return (isMixed && part.length >= 16) || (/^(?=.*\d)(?=.*[a-z])/i.test(part) && part.length >= 32);
}

const passwordOfUrl = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]*:)[^\s/@]+@/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
const terminalCodes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007]*\u0007?)/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
