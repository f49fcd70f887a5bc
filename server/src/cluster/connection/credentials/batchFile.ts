import { type Environment, windowsProgram } from '../environment.ts';

export interface BatchCommand {
  readonly command: string;
  /** To be joined with spaces, as they are. */
  readonly args: readonly string[];
}

export function isBatchFile(path: string): boolean {
  return /\.(?:bat|cmd)$/i.test(path);
}

/** cmd.exe reads no further (https://learn.microsoft.com/troubleshoot/windows-client/shell-experience/command-line-string-limitation). */
const longestLine = 8191;

/**
 * How a batch file is run, which only cmd.exe can do. It reads quotes, percent signs and operators by rules of its own, and
 * the batch file that hands its arguments on reads them once more: a quote is written twice, so that what follows never
 * stands outside of quotes, and behind each percent sign stands an empty piece of `%cd%`, so that it begins no variable
 * (as Rust's standard library does since CVE-2024-24576).
 *
 * @returns undefined for arguments that no command line can hold: with a line break, a NUL, or too long
 */
export function batchCommand(
  file: string,
  args: readonly string[],
  environment: Environment,
): BatchCommand | undefined {
  if ([file, ...args].some((text) => /[\0\r\n]/.test(text))) return undefined;
  const line = [inQuotes(file), ...args.map((arg) => (isPlain(arg) ? arg : inQuotes(arg)))].join(' ');
  // The first and the last quote are taken off (/s); /v:off leaves exclamation marks alone, /d what else runs at a start.
  const written = ['/d', '/e:on', '/v:off', '/s', '/c', `"${line}"`];
  const command = windowsProgram('cmd.exe', environment);
  return [`"${command}"`, ...written].join(' ').length > longestLine ? undefined : { command, args: written };
}

/** Means nothing to cmd.exe nor to who splits a command line. */
function isPlain(arg: string): boolean {
  return /^[\w#$*+\-./:?@\\]*[\w#$*+\-./:?@]$/.test(arg);
}

/** Backslashes before a quote are written twice, for the program that splits the line (CommandLineToArgvW). */
function inQuotes(text: string): string {
  const quoted = text.replace(/(\\*)("|$)/g, (_, slashes: string, quote: string) => slashes + slashes + quote + quote);
  return `"${quoted.replaceAll('%', '%%cd:~,%')}"`;
}
