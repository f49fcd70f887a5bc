import { existsSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { configurationFileName } from '../../analysis/index.ts';

/**
 * The directory that counts as the project of what is judged: the outermost one with a `.kubeharden.yaml` from the
 * deepest directory common to all paths up to the root of the git work tree; without any, that common directory.
 * Configuration is looked for up to it, and rules that look across files see all that is judged as one cluster.
 */
export function projectFolder(paths: readonly string[]): string {
  const common = paths.map(directoryOf).reduce(commonDirectory);
  let project: string | undefined;
  for (let current = common; ; current = dirname(current)) {
    if (existsSync(resolve(current, configurationFileName))) project = current;
    if (existsSync(resolve(current, '.git')) || dirname(current) === current) return project ?? common;
  }
}

function directoryOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path);
}

function commonDirectory(left: string, right: string): string {
  let common = left;
  while (right !== common && !right.startsWith(common.endsWith(sep) ? common : common + sep)) {
    if (dirname(common) === common) return left;
    common = dirname(common);
  }
  return common;
}
