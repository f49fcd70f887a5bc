// npm run package: the .vsix of the extension, in out/.

import { useProjectToolchain } from './lib/toolchain.mjs';

await useProjectToolchain();
const { packageExtension } = await import('./lib/vsix.mjs');

console.log(await packageExtension());
