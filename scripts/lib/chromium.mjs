// A Chromium that Playwright can drive.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { installSystemPackages } from './apt.mjs';

const candidates = [
  process.env.CHROMIUM_EXECUTABLE,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const find = () => candidates.find((path) => path && existsSync(path));

/** Starts a headless browser; `headless: false` shows it. Installs Debian's Chromium where there is none. */
export async function launchChromium(options = {}) {
  if (!find()) await installSystemPackages(['chromium'], 'Driving the editor in a browser');
  return chromium.launch({
    executablePath: find(),
    // No sandbox: as root, which containers are, Chromium starts only without.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
    ...options,
  });
}
