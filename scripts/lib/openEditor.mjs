// The extension as a user has it: packaged and installed, in a VS Code with folders of its own.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as codeServer from './codeServer.mjs';
import * as desktop from './desktopVsCode.mjs';
import { quietSettings } from './editorHost.mjs';
import { cacheFolder, inProject } from './project.mjs';
import { capture } from './run.mjs';
import { packageExtension } from './vsix.mjs';

const examples = inProject('examples');

/** Opens the examples: on the desktop where that can be had, else in the browser. Resolves to an exit code. */
export async function openEditor({ port }) {
  const vsix = await packageExtension();
  const executable = await desktopExecutable();
  return executable ? openDesktop(executable, vsix) : serve(vsix, port);
}

/** The installed VS Code, else a downloaded one, and only where there is a screen to open it on. */
async function desktopExecutable() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  const { code } = await capture('code', ['--version'], { shell: process.platform === 'win32' });
  return code === 0 ? 'code' : desktop.findDesktopVsCode();
}

function profileFolders(name) {
  const root = join(cacheFolder, name);
  const folders = { dataFolder: join(root, 'data'), extensionsFolder: join(root, 'extensions') };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  return folders;
}

async function openDesktop(executable, vsix) {
  const folders = profileFolders('start-desktop');
  await desktop.installExtension(executable, vsix, folders);
  console.log(`Opening ${examples} in VS Code`);
  return desktop.openInDesktop(executable, folders, examples);
}

async function serve(vsix, port) {
  await codeServer.ensureCodeServer();
  const folders = profileFolders('start');
  await codeServer.installExtension(vsix, folders);
  const server = await codeServer.startCodeServer({
    ...folders,
    port,
    isWorkspaceTrusted: true,
    settings: quietSettings,
  });
  console.log(`\n${codeServer.describeCodeServer()} with KubeHarden is at`);
  console.log(`\n    ${server.address}?folder=${encodeURI(examples)}\n\nCtrl+C ends it.`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.stop());
  await server.ended;
  return 0;
}
