// node scripts/icon.mjs: draws media/icon.png from media/icon.svg. The Marketplace takes no SVG.

import { readFileSync } from 'node:fs';
import { useProjectToolchain } from './lib/toolchain.mjs';

await useProjectToolchain();
const { launchChromium } = await import('./lib/chromium.mjs');
const { inProject } = await import('./lib/project.mjs');

const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body { margin: 0 }</style>${readFileSync(inProject('media/icon.svg'), 'utf8')}`);
await page.screenshot({ path: inProject('media/icon.png'), omitBackground: true });
await browser.close();
