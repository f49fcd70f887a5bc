import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The files that kubectl would read, absolute and each once, first in precedence first. They need not exist.
 *
 * @param explicitFile read instead of all others
 */
export function kubeconfigPaths(environment: Environment, explicitFile?: string): readonly string[] {
  if (explicitFile !== undefined) return [resolve(explicitFile)];
  const listed = (environment.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '');
  const paths = listed.length > 0 ? listed : [join(homeFolder(environment), '.kube', 'config')];
  return [...new Set(paths.map((path) => resolve(path)))];
}

/** Where `.kube` is looked for; on Windows several variables may say it (k8s.io/client-go/util/homedir). */
export function homeFolder(environment: Environment): string {
  const { HOME, HOMEDRIVE, HOMEPATH, USERPROFILE } = environment;
  if (process.platform !== 'win32') return HOME || homedir();
  const driveAndPath = HOMEDRIVE && HOMEPATH ? HOMEDRIVE + HOMEPATH : undefined;
  const folders = [HOME, driveAndPath, USERPROFILE].flatMap((folder) => folder || []);
  return folders.find((folder) => existsSync(join(folder, '.kube', 'config'))) ?? folders[0] ?? homedir();
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
