// One suite, one packaged extension, two possible hosts: desktop VS Code, or VS Code's server with a headless browser.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from './chromium.mjs';
import * as codeServer from './codeServer.mjs';
import * as desktop from './desktopVsCode.mjs';
import { inProject } from './project.mjs';

/** What every window starts with: nothing that moves, asks or greets. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'update.mode': 'none',
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  // The browser's default is to save by itself, the desktop's is not.
  'files.autoSave': 'off',
  'editor.minimap.enabled': false,
};

/** Resolves to the host to use: `{ name, run(suite options), dispose() }`. */
export async function chooseEditorHost(vsix) {
  const executable = await desktop.findDesktopVsCode();
  return executable ? desktopHost(executable, vsix) : serverHost(vsix);
}

function desktopHost(executable, vsix) {
  return {
    name: `desktop VS Code (${executable})`,
    async run(suite) {
      const folders = scratchFolders();
      try {
        const workspace = copyWorkspace(folders, suite);
        const user = join(folders.dataFolder, 'User');
        mkdirSync(user, { recursive: true });
        writeFileSync(join(user, 'settings.json'), JSON.stringify(quietSettings));
        await desktop.installExtension(executable, vsix, folders);
        const env = suiteEnvironment(folders, suite);
        const launch = { executable, workspace, env, logLevel, ...folders, ...suitePaths, ...suite };
        // The exit code of the window only repeats what the results file says.
        await desktop.runSuiteInDesktop(launch).catch((error) => console.error(error.message ?? error));
        return readResults(folders);
      } finally {
        rmSync(folders.root, { recursive: true, force: true });
      }
    },
  };
}

async function serverHost(vsix) {
  await codeServer.ensureCodeServer();
  return {
    name: `${codeServer.describeCodeServer()} with headless Chromium`,
    async run(suite) {
      const folders = scratchFolders();
      try {
        const workspace = copyWorkspace(folders, suite);
        await codeServer.installExtension(vsix, folders);
        const { isWorkspaceTrusted } = suite;
        const env = suiteEnvironment(folders, suite);
        const launch = { ...folders, isWorkspaceTrusted, settings: quietSettings, env, isTest: true };
        const server = await codeServer.startCodeServer(launch);
        try {
          await runInBrowser(server, workspace, folders);
        } finally {
          await server.stop();
        }
        return readResults(folders);
      } finally {
        rmSync(folders.root, { recursive: true, force: true });
      }
    },
  };
}

/** Opens the workbench and waits until the suite, in the server's extension host, has written its results. */
async function runInBrowser(server, workspace, folders) {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const remote = (path) => `vscode-remote://${server.authority}${path}`;
    const payload = [
      ['extensionDevelopmentPath', remote(suitePaths.harness)],
      ['extensionTestsPath', remote(suitePaths.suite)],
      ['logLevel', logLevel],
    ];
    const kind = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
    const query = new URLSearchParams({ [kind]: workspace, payload: JSON.stringify(payload) });
    await page.goto(`${server.address}?${query}`);
    const deadline = Date.now() + 5 * 60_000;
    while (!existsSync(folders.results) && Date.now() < deadline) await page.waitForTimeout(200);
  } finally {
    await browser.close();
  }
}

/** With the protocol, where `kubeharden.trace.server` wants it: the suite looks for what must not be in a log. */
const logLevel = 'kubeharden.kubeharden:trace';

const suitePaths = { harness: inProject('test/editor/harness'), suite: inProject('out/test/editor/suite/index.cjs') };

function suiteEnvironment(folders, suite) {
  return { ...suite.variables, KUBEHARDEN_TEST_RESULTS: folders.results, KUBEHARDEN_TEST_SUITE: suite.name };
}

export function scratchFolders() {
  const root = mkdtempSync(join(tmpdir(), 'kubeharden-editor-'));
  const folders = { root, dataFolder: join(root, 'data'), extensionsFolder: join(root, 'extensions') };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  return { ...folders, results: join(root, 'results.json') };
}

/** Suites write into their workspace, so each gets a copy. */
export function copyWorkspace(folders, { workspace }) {
  const copy = join(folders.root, 'workspace');
  cpSync(inProject('test/editor/workspaces'), copy, { recursive: true });
  return join(copy, workspace);
}

function readResults(folders) {
  if (!existsSync(folders.results)) throw new Error('The suite wrote no results: VS Code did not start, or it hung');
  return JSON.parse(readFileSync(folders.results, 'utf8'));
}
