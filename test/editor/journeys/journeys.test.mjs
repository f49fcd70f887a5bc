// What a user does with mouse and keyboard, in a real VS Code. One window, from one journey to the next.

import { after, before } from 'node:test';
import { journeysIn, openWindow } from './window.mjs';

let window;
let page;
before(async () => {
  window = await openWindow('shop');
  page = window.page;
});
after(() => window?.close());

const journey = journeysIn(() => window);

journey('a squiggle appears under what is being typed, and the hover says why', async () => {
  await window.open('deployment.yaml');
  await window.goToLine(17);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await window.type('securityContext:');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await window.type('privileged: true');
  await page.waitForSelector('.squiggly-error');
  await page
    .locator('.view-line span', { hasText: /^true$/ })
    .first()
    .hover();
  const hover = page.locator('.monaco-hover:visible').first();
  await hover.getByText('pod/privileged').first().waitFor();
  await window.screenshot('finding');
});

journey('the light bulb offers the fix, and the fix changes the file', async () => {
  await page.keyboard.press('Escape');
  await page
    .locator('.view-line span', { hasText: /^true$/ })
    .first()
    .click();
  await page.keyboard.press('Control+.');
  const menu = page.locator('.action-widget').first();
  await menu.waitFor();
  await menu
    .getByText(/privileged: false/)
    .first()
    .waitFor();
  await window.screenshot('light-bulb');
  await menu
    .getByText(/privileged: false/)
    .first()
    .click();
  await page.waitForFunction(() => document.querySelector('.squiggly-error') === null);
  await window.save();
  await window.fileMatches('deployment.yaml', /^ {10}securityContext:\n {12}privileged: false$/m);
});

journey('saving a file applies its safe fixes', async () => {
  await window.open('payment.yaml');
  await page.waitForSelector('.squiggly-error');
  await window.goToLine(1);
  await window.type('# Payments\n');
  await window.save();
  await window.fileMatches('payment.yaml', /image: .*\n {10}securityContext:\n {12}allowPrivilegeEscalation: false\n/);
});

journey('a secure template is picked from the suggestions', async () => {
  await window.open('policy.yaml');
  await window.type('k8s-netpol-deny');
  await page.keyboard.press('Control+Space');
  const suggestions = page.locator('.suggest-widget.visible');
  await suggestions.locator('.monaco-list-row.focused').waitFor();
  await window.screenshot('snippet');
  await page.keyboard.press('Enter');
  await page.locator('.view-line', { hasText: 'NetworkPolicy' }).first().waitFor();
  await page.keyboard.press('Escape');
  await window.save();
  await window.fileMatches('policy.yaml', /^kind: NetworkPolicy$/m);
});

journey('a resource is hardened after a preview', async () => {
  await window.open('deployment.yaml');
  await window.goToLine(4);
  await window.command('KubeHarden: Harden This Resource');
  const preview = page.locator('.bulk-edit-panel');
  await preview.locator('.monaco-list-row').first().waitFor();
  // Nothing is applied that was not ticked.
  await preview.locator('.edit-checkbox').first().click();
  await window.screenshot('harden-preview');
  await page.getByRole('button', { name: 'Apply' }).first().click();
  await window.save();
  await window.fileMatches('deployment.yaml', /runAsNonRoot: true/);
});
