import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, posix, relative, resolve, sep, win32 } from 'node:path';
import { type Environment, pathsIn, variableOf } from '../environment.ts';

/**
 * The files that kubectl would read, absolute and each once, first in precedence first. They need not exist.
 *
 * @param explicitFile read instead of all others
 */
export function kubeconfigPaths(
  environment: Environment,
  explicitFile?: string,
  platform: NodeJS.Platform = process.platform,
  exists: (path: string) => boolean = existsSync,
): readonly string[] {
  const paths = platform === 'win32' ? win32 : posix;
  if (explicitFile !== undefined) return [paths.resolve(explicitFile)];
  const listed = pathsIn(variableOf(environment, 'KUBECONFIG', platform) ?? '', platform);
  const home = homeFolder(environment, platform, exists);
  const files = listed.length > 0 ? listed : [paths.join(home, '.kube', 'config')];
  return [...new Set(files.map((path) => paths.resolve(path)))];
}

/** Where `.kube` is looked for; on Windows several variables may say it (k8s.io/client-go/util/homedir). */
export function homeFolder(
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
  exists: (path: string) => boolean = existsSync,
): string {
  const variable = (name: string) => variableOf(environment, name, platform) || undefined;
  const home = variable('HOME');
  if (platform !== 'win32') return home ?? homedir();
  const profile = variable('USERPROFILE');
  const [drive, path] = [variable('HOMEDRIVE'), variable('HOMEPATH')];
  const driveAndPath = drive !== undefined && path !== undefined ? drive + path : undefined;
  // The order in which a file is looked for is an older one than that of the folders.
  const withFile = [home, driveAndPath, profile].find(
    (folder) => folder !== undefined && exists(win32.join(folder, '.kube', 'config')),
  );
  const folders = [home, profile, driveAndPath].filter((folder) => folder !== undefined);
  return withFile ?? folders.find((folder) => exists(folder)) ?? folders[0] ?? homedir();
}

/**
 * Whether a file lies in one of the folders, by its name or by where its links lead. A folder that holds the user's
 * home does not count: what lies there is the user's own.
 */
export async function isInside(path: string, folders: readonly string[], environment: Environment): Promise<boolean> {
  const home = await real(homeFolder(environment));
  for (const folder of folders) {
    const [realFolder, realPath] = [await real(folder), await real(path)];
    if (isBelow(realFolder, home)) continue;
    // The file may be a link out of the folder, and then the folder still says what is read; so may a folder above it.
    const named = join(await real(dirname(path)), path.slice(dirname(path).length));
    if ([path, named, realPath].some((one) => isBelow(realFolder, one) || isBelow(resolve(folder), one))) return true;
  }
  return false;
}

async function real(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
