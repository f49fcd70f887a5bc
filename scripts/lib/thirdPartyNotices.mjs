// Licences of the packages whose code is inside the bundles.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from './project.mjs';

/**
 * Writes dist/ThirdPartyNotices.txt from the source files that esbuild bundled.
 * @throws {Error} when a bundled package has no licence text: we may not ship it.
 */
export function writeThirdPartyNotices(inputs) {
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined));
  const notices = [...folders].sort().map(notice);
  const text = ['This extension contains code of the following packages.', ...notices].join(
    `\n\n${'-'.repeat(80)}\n\n`,
  );
  writeFileSync(inProject('dist', 'ThirdPartyNotices.txt'), `${text}\n`);
}

/** `node_modules/a/node_modules/@b/c` for a file in it; undefined for our own sources. */
function packageFolder(file) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(inProject(folder, 'package.json'), 'utf8'));
  const file = readdirSync(inProject(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined || !existsSync(inProject(folder, file))) throw new Error(`${name} has no licence file`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(inProject(folder), file), 'utf8').trim()}`;
}
