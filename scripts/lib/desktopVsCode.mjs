// Desktop VS Code: the one named by VSCODE_TEST_EXECUTABLE, else the newest that @vscode/test-electron downloads.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { installSystemPackages } from './apt.mjs';
import { cacheFolder } from './project.mjs';
import { capture, run } from './run.mjs';

const updateService = 'https://update.code.visualstudio.com';

/** Resolves to the path of the executable, or to undefined where the desktop build cannot be had. */
export async function findDesktopVsCode() {
  if (process.env.VSCODE_TEST_EXECUTABLE) return process.env.VSCODE_TEST_EXECUTABLE;
  if (!(await isReachable(updateService))) return undefined;
  return downloadAndUnzipVSCode({ version: 'stable', cachePath: join(cacheFolder, 'vscode') });
}

function isReachable(url) {
  return fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(3000) }).then(
    () => true,
    () => false,
  );
}

/** Installs a packaged extension for the given pair of folders. */
export async function installExtension(executable, vsix, folders) {
  const [cli, args] = commandLine(executable, folders);
  const { code, output } = await capture(cli, [...args, '--install-extension', vsix, '--force'], inShell);
  if (code !== 0) throw new Error(`The .vsix was not installed: ${output}`);
}

/** Opens a folder in a window. Resolves to an exit code when the command line tool returns. */
export function openInDesktop(executable, folders, folder) {
  const [cli, args] = commandLine(executable, folders);
  return run(cli, [...args, folder], inShell);
}

// VS Code's command line tool is a .cmd file on Windows, which only a shell starts.
const inShell = { shell: process.platform === 'win32' };

/** `code` on the PATH is the command line tool already; a downloaded executable has it inside. */
function commandLine(executable, { dataFolder, extensionsFolder }) {
  const [cli, ...args] =
    executable === 'code'
      ? ['code']
      : resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  return [cli, [...args, '--user-data-dir', dataFolder, '--extensions-dir', extensionsFolder]];
}

/** Runs a suite in the extension host of a window. Resolves when the window is closed. */
export async function runSuiteInDesktop(options) {
  const { executable, harness, suite, workspace, dataFolder, extensionsFolder, isWorkspaceTrusted, logLevel, env } =
    options;
  await ensureDisplay();
  await runTests({
    vscodeExecutablePath: executable,
    reuseMachineInstall: true,
    extensionDevelopmentPath: harness,
    extensionTestsPath: suite,
    extensionTestsEnv: env,
    launchArgs: [
      workspace,
      ...['--user-data-dir', dataFolder, '--extensions-dir', extensionsFolder],
      ...['--log', logLevel],
      ...['--skip-welcome', '--skip-release-notes', '--disable-updates', '--disable-telemetry'],
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(isWorkspaceTrusted ? ['--disable-workspace-trust'] : []),
    ],
  });
}

/** A Linux without a screen gets a virtual one. */
async function ensureDisplay() {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return;
  const hasXvfb = async () => (await capture('Xvfb', ['-help'])).code !== 127;
  if (!(await hasXvfb())) {
    const libraries = ['libnss3', 'libgtk-3-0', 'libgbm1', 'libasound2', 'libxkbfile1', 'libsecret-1-0'];
    await installSystemPackages(['xvfb', ...libraries], 'Running desktop VS Code without a screen');
  }
  const screen = spawn('Xvfb', [':99', '-screen', '0', '1280x800x24'], { stdio: 'ignore' });
  process.once('exit', () => screen.kill());
  process.env.DISPLAY = ':99';
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
