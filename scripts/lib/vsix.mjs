// The packaged extension. vsce runs `vscode:prepublish` first, that is the production build.

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { inProject } from './project.mjs';
import { capture } from './run.mjs';

/**
 * Resolves to the path of the .vsix.
 * @throws {Error} with vsce's words when it fails or has a warning: a clean package is a promise of ours.
 */
export async function packageExtension() {
  const { name, version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  const vsix = inProject('out', `${name}-${version}.vsix`);
  mkdirSync(inProject('out'), { recursive: true });
  rmSync(vsix, { force: true });
  const vsce = inProject('node_modules/@vscode/vsce/vsce');
  const { code, output } = await capture(process.execPath, [vsce, 'package', '--no-dependencies', '--out', vsix]);
  if (code !== 0 || /\bWARNING\b/.test(output)) throw new Error(`vsce package: ${output}`);
  return vsix;
}
