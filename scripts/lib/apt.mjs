// System packages, where this is a Debian or Ubuntu and we may install; else a sentence for the user.

import { existsSync } from 'node:fs';
import { run } from './run.mjs';

/**
 * Installs Debian packages.
 * @throws {Error} that names the packages when this is not root on a system with apt-get.
 */
export async function installSystemPackages(packages, purpose) {
  const names = packages.join(' ');
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`${purpose} needs ${names}: install them with the system's package manager`);
  }
  console.log(`Installing ${names} with apt-get: ${purpose}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const stdio = ['ignore', 'ignore', 'inherit'];
  await run('apt-get', ['update', '-qq'], { env, stdio });
  const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env, stdio });
  if (code !== 0) throw new Error(`${purpose}: apt-get could not install ${names}`);
}
