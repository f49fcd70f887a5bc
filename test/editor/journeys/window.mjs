// A VS Code window that a journey drives with mouse and keyboard, as a user would.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { launchChromium } from '../../../scripts/lib/chromium.mjs';
import { ensureCodeServer, installExtension, startCodeServer } from '../../../scripts/lib/codeServer.mjs';
import { copyWorkspace, quietSettings, scratchFolders } from '../../../scripts/lib/editorHost.mjs';
import { inProject } from '../../../scripts/lib/project.mjs';

const appearance = {
  'workbench.colorTheme': 'Default Dark Modern',
  'editor.fontSize': 15,
  'editor.lightbulb.enabled': 'on',
  'breadcrumbs.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  // A journey types what it means; suggestions come when it asks.
  'editor.wordBasedSuggestions': 'off',
  '[yaml]': { 'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' } },
  'editor.codeActionsOnSave': { 'source.fixAll.kubeharden': 'explicit' },
};

/**
 * Opens a workspace of test/editor/workspaces with the packaged extension installed. `env` is added to the environment of
 * the extension host; `files` are written into the workspace first, from paths to texts.
 */
export async function openWindow(workspace, { env = {}, files = {} } = {}) {
  await ensureCodeServer();
  const folders = scratchFolders();
  const path = copyWorkspace(folders, { workspace });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  await installExtension(process.env.KUBEHARDEN_VSIX, folders);
  const settings = { ...quietSettings, ...appearance };
  const server = await startCodeServer({ ...folders, isWorkspaceTrusted: true, settings, env });
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(20_000);
  await page.goto(`${server.address}?folder=${encodeURIComponent(path)}`);
  await page.waitForSelector('.explorer-folders-view .monaco-list-row');

  const picture = (path) => page.screenshot({ path: inProject(path) });

  /** Opens a quick input with a key, types into it, waits for the choice, and takes it; what it opens may ask on. */
  async function quickInput(key, text, choice, { asks = false } = {}) {
    await page.keyboard.press(key);
    await page.waitForSelector('.quick-input-widget input:focus');
    await page.keyboard.type(text);
    if (choice) await page.waitForSelector(`.quick-input-list .monaco-list-row.focused:has-text("${choice}")`);
    await page.keyboard.press('Enter');
    if (!asks) await page.waitForSelector('.quick-input-widget', { state: 'hidden' });
  }

  return {
    page,
    async open(file) {
      await quickInput('Control+P', file, file);
      await page.waitForSelector(`.tab.active[data-resource-name="${file}"]`);
      await page.waitForSelector('.editor-group-container.active .view-line');
    },
    /** With `asks` the command goes on with a question in the same place. */
    command: (title, options) => quickInput('F1', title, title, options),
    /** The cursor stands at the line's first character. */
    goToLine: (line) => quickInput('Control+G', String(line)),
    /** As a person does, not faster than the editor follows. */
    type: (text) => page.keyboard.type(text, { delay: 15 }),
    save: () => page.keyboard.press('Control+S'),
    /** Waits until the file on disk matches. */
    async fileMatches(file, pattern) {
      const text = () => (existsSync(join(path, file)) ? readFileSync(join(path, file), 'utf8') : '');
      for (const deadline = Date.now() + 10_000; !pattern.test(text()) && Date.now() < deadline; ) {
        await page.waitForTimeout(50);
      }
      assert.match(text(), pattern);
    },
    picture,
    /** A picture for the documentation, when asked for with KUBEHARDEN_SCREENSHOTS=1; a plain test leaves the tree alone. */
    async screenshot(name) {
      if (process.env.KUBEHARDEN_SCREENSHOTS !== '1') return;
      // What has just appeared is still fading in.
      await page.waitForTimeout(1_000);
      await picture(`docs/screenshots/${name}.png`);
    },
    async close() {
      await browser.close();
      await server.stop();
      rmSync(folders.root, { recursive: true, force: true });
    },
  };
}

/** Tests that leave a picture of the window in out/journeys when they fail. */
export function journeysIn(windowOf) {
  return (name, steps) =>
    test(name, async () => {
      try {
        await steps();
      } catch (error) {
        await windowOf().picture(`out/journeys/${name.replaceAll(/[^a-z]+/g, '-')}.png`);
        throw error;
      }
    });
}
