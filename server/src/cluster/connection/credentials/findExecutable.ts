import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { type Environment, pathsIn, variableOf } from '../environment.ts';

/**
 * The file that a command is, as Go finds it (os/exec.LookPath), since kubectl would run that one: a name is looked up in
 * the PATH of our own environment, and never in the folder that happens to be the current one. On Windows it may lack its
 * extension.
 *
 * @returns undefined where there is none
 */
export function findExecutable(
  command: string,
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
  isExecutable: (path: string) => boolean = isExecutableFile,
): string | undefined {
  const isWindows = platform === 'win32';
  const isPath = isWindows ? /[:\\/]/.test(command) : command.includes('/');
  const { isAbsolute, join } = isWindows ? win32 : posix;
  const extensions = isWindows ? extensionsOf(command, environment) : [''];
  const folders = pathsIn(variableOf(environment, 'PATH', platform) ?? '', platform).filter((one) => isAbsolute(one));
  const places = isPath ? [command] : folders.map((folder) => join(folder, command));
  return places.flatMap((place) => extensions.map((extension) => place + extension)).find(isExecutable);
}

/** In the order in which they are tried. */
function extensionsOf(command: string, environment: Environment): readonly string[] {
  const listed = (variableOf(environment, 'PATHEXT', 'win32') || '.com;.exe;.bat;.cmd').toLowerCase().split(';');
  const extensions = listed.filter((one) => one !== '').map((one) => (one.startsWith('.') ? one : `.${one}`));
  return /\.[^:\\/]*$/.test(command) ? ['', ...extensions] : extensions;
}

function isExecutableFile(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    // On Windows this asks only whether it is there.
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
