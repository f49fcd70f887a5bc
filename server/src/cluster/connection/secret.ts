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

/**
 * Text of others (a plugin's stderr, a server's message) as it may be shown: without terminal codes, and with `[hidden]`
 * for the known secrets and for whatever looks like one (a JSON web token, what follows `token:` or `Bearer`, PEM blocks, long base64).
 */
export function shownText(text: string, secrets: Iterable<Secret> = []): string {
  let shown = text.replace(terminalCodes, '').replace(controlCharacters, '');
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value.length >= 4) shown = shown.replaceAll(value, hidden);
  }
  return shown
    .replace(/-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)/g, hidden)
    .replace(/\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, hidden)
    .replace(/\b(bearer\s+|(?:token|password|passwd|secret|key)["']?\s*[:=]\s*["']?)[^\s"',;]{6,}/gi, `$1${hidden}`)
    .replace(/[A-Za-z0-9+/_-]{40,}={0,2}/g, (run) => (looksRandom(run) ? hidden : run));
}

/** Paths and long names are words; keys mix digits with letters of both cases. */
function looksRandom(run: string): boolean {
  return /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
const terminalCodes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007]*\u0007?)/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
