// What journeys do with the view of clusters.

import assert from 'node:assert/strict';

/** @param pageOf gives the page once there is one: journeys name what they do before their window is open. */
export function clusterTree(pageOf) {
  const rows = () => pageOf().locator('.customview-tree .monaco-list-row');
  /** The first line with this in its text; lines that are out of sight are not there. */
  const row = (text) => rows().filter({ hasText: text }).first();

  /** Opens or closes a line by its arrow. Where lines come or go meanwhile, another may have been hit. */
  async function turn(text, isOpen) {
    const turned = row(text).and(pageOf().locator(`[aria-expanded="${isOpen}"]`));
    for (let attempts = 5; attempts > 0 && !(await turned.isVisible()); attempts--) {
      await row(text).locator('.monaco-tl-twistie').click();
      await pageOf().waitForTimeout(300);
    }
    await turned.waitFor();
  }

  return {
    open: () => pageOf().locator('.activitybar [aria-label^="KubeHarden"]').first().click(),
    row,
    expand: (text) => turn(text, true),
    collapse: (text) => turn(text, false),
    titleButton: (name) => pageOf().locator('.pane-header, .title-actions').getByRole('button', { name }).first(),

    /** Takes an item of the menu that a right click on a line opens: a click on a finding would open it. */
    async menu(line, item) {
      await line.click({ button: 'right' });
      const entry = pageOf().getByRole('menuitem', { name: item });
      // A menu ignores the mouse for a moment, so that a double click takes nothing from it.
      for (let attempts = 5; attempts > 0; attempts--) {
        await entry.click();
        const isClosed = await entry.waitFor({ state: 'hidden', timeout: 1_000 }).then(
          () => true,
          () => false,
        );
        if (isClosed) return;
      }
      assert.fail(`the menu stays open: ${item}`);
    },

    /** Turns the wheel until a line is to be seen; `direction` is 1 or -1. */
    async scrollTo(text, direction) {
      const view = pageOf().locator('.customview-tree').first();
      await view.waitFor();
      const tree = await view.boundingBox();
      assert.ok(tree);
      await pageOf().mouse.move(tree.x + tree.width / 2, tree.y + tree.height / 2);
      for (let turns = 40; turns > 0 && !(await row(text).isVisible()); turns--) {
        await pageOf().mouse.wheel(0, direction * 200);
        await pageOf().waitForTimeout(50);
      }
      await row(text).waitFor();
    },

    /** Takes the item of the open quick pick. */
    async choose(label) {
      const item = pageOf().locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
      await item.waitFor();
      await item.click();
    },
  };
}
