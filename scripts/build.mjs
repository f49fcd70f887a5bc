// npm run build [-- --production]: bundles into dist/.

import { useProjectToolchain } from './lib/toolchain.mjs';

await useProjectToolchain();
const { buildBundles } = await import('./lib/bundles.mjs');
const { writeThirdPartyNotices } = await import('./lib/thirdPartyNotices.mjs');

const inputs = await buildBundles({ isProduction: process.argv.includes('--production') });
writeThirdPartyNotices(inputs);
