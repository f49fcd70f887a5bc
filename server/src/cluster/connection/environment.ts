import { win32 } from 'node:path';

/** The variables of a process, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** On Windows a name is the same in capitals and without. */
export function variableOf(
  environment: Environment,
  name: string,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const exact = environment[name];
  if (exact !== undefined || platform !== 'win32') return exact;
  const upper = name.toUpperCase();
  return Object.entries(environment).find(([known]) => known.toUpperCase() === upper)?.[1];
}

/** What a process starts with whose own variables go before those of the surroundings. */
export function withVariables(
  environment: Environment,
  own: Environment,
  platform: NodeJS.Platform = process.platform,
): Environment {
  if (platform !== 'win32') return { ...environment, ...own };
  const replaced = new Set(Object.keys(own).map((name) => name.toUpperCase()));
  const kept = Object.entries(environment).filter(([name]) => !replaced.has(name.toUpperCase()));
  return { ...Object.fromEntries(kept), ...own };
}

/** The paths of a variable like PATH, without empty ones (Go's path/filepath.SplitList: on Windows one may be quoted). */
export function pathsIn(list: string, platform: NodeJS.Platform = process.platform): readonly string[] {
  const paths =
    platform === 'win32'
      ? (list.match(/(?:"[^"]*"?|[^;"])+/g) ?? []).map((path) => path.replaceAll('"', ''))
      : list.split(':');
  return paths.filter((path) => path !== '');
}

/** A program that is part of Windows, wherever that is installed. */
export function windowsProgram(name: string, environment: Environment): string {
  return win32.join(variableOf(environment, 'SystemRoot', 'win32') || 'C:\\Windows', 'System32', name);
}
