// A VS Code window that a journey drives with mouse and keyboard, as a user would.

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.acceptSuggestionOnEnter': 'on',
  'editor.codeActionsOnSave': { 'source.fixAll.kubeharden': 'explicit' },
};

/** Opens a workspace of test/editor/workspaces with the packaged extension installed. */
export async function openWindow(workspace) {
  await ensureCodeServer();
  const folders = scratchFolders();
  const path = copyWorkspace(folders, { workspace });
  await installExtension(process.env.KUBEHARDEN_VSIX, folders);
  const settings = { ...quietSettings, ...appearance };
  const server = await startCodeServer({ ...folders, isWorkspaceTrusted: true, settings });
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(20_000);
  await page.goto(`${server.address}?folder=${encodeURIComponent(path)}`);
  await page.waitForSelector('.explorer-folders-view .monaco-list-row');

  return {
    page,
    /** Ctrl+P, the name, Enter. */
    async open(file) {
      await page.keyboard.press('Control+P');
      await page.waitForSelector('.quick-input-widget input:focus');
      await page.keyboard.type(file);
      await page.waitForSelector(`.quick-input-list .monaco-list-row.focused:has-text("${file}")`);
      await page.keyboard.press('Enter');
      await page.waitForSelector(`.tab.active[data-resource-name="${file}"]`);
      await page.waitForSelector('.editor-group-container.active .view-line');
    },
    /** The command palette. */
    async command(title) {
      await page.keyboard.press('F1');
      await page.waitForSelector('.quick-input-widget input:focus');
      await page.keyboard.type(title);
      await page.waitForSelector(`.quick-input-list .monaco-list-row.focused:has-text("${title}")`);
      await page.keyboard.press('Enter');
    },
    /** Ctrl+G, the line, Enter: the cursor stands at the line's first character. */
    async goToLine(line) {
      await page.keyboard.press('Control+G');
      await page.waitForSelector('.quick-input-widget input:focus');
      await page.keyboard.type(String(line));
      await page.keyboard.press('Enter');
    },
    async save() {
      await page.keyboard.press('Control+S');
      await page.waitForSelector('.tab.active:not(.dirty)');
    },
    readFile: (file) => readFileSync(join(path, file), 'utf8'),
    /** A picture for the documentation, when asked for with KUBEHARDEN_SCREENSHOTS=1; a plain test leaves the tree alone. */
    async screenshot(name) {
      if (process.env.KUBEHARDEN_SCREENSHOTS !== '1') return;
      await page.screenshot({ path: inProject('docs/screenshots', `${name}.png`) });
    },
    async close() {
      await browser.close();
      await server.stop();
      rmSync(folders.root, { recursive: true, force: true });
    },
  };
}
