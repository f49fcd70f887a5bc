// From a fresh checkout and any Node >= 20 to the project's own Node with all packages installed.

import { existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { inProject } from './project.mjs';
import { run, runOrThrow } from './run.mjs';

const binFolder = inProject('node_modules', '.bin');
// The npm package `node` carries the binary; on Windows it is node.exe.
const projectNode = inProject('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * Runs the calling script again under the project's Node, after `npm ci` where node_modules does not hold what
 * package-lock.json says, and exits with its exit code. Returns only in that second run.
 */
export async function useProjectToolchain() {
  if (process.env.KUBEHARDEN_TOOLCHAIN === 'ready') return;
  if (!isInstalled()) {
    console.log('Installing the packages of package-lock.json');
    await runOrThrow(npmCommand(), ['ci', '--no-audit', '--no-fund'], { shell: process.platform === 'win32' });
  }
  const env = {
    ...process.env,
    KUBEHARDEN_TOOLCHAIN: 'ready',
    // The user's own Node: what is shipped has to run under it too.
    KUBEHARDEN_HOST_NODE: process.execPath,
    PATH: `${binFolder}${delimiter}${process.env.PATH ?? ''}`,
  };
  process.exit(await run(projectNode, process.argv.slice(1), { env }));
}

const npmCommand = () => (process.platform === 'win32' ? 'npm.cmd' : 'npm');

/** npm records what it installed in node_modules/.package-lock.json, in the lock file's own words. */
function isInstalled() {
  if (!existsSync(projectNode)) return false;
  const wanted = packagesOf(inProject('package-lock.json'));
  const installed = packagesOf(inProject('node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    const found = installed[path];
    return path === '' || (found === undefined ? optional === true : found.version === version);
  });
}

function packagesOf(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {};
}
