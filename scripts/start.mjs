// npm start [-- --port <number>]: installs, builds, and opens examples/ in a real VS Code with the extension.

import { useProjectToolchain } from './lib/toolchain.mjs';

await useProjectToolchain();
const { openEditor } = await import('./lib/openEditor.mjs');

const at = process.argv.indexOf('--port');
process.exitCode = await openEditor({ port: at < 0 ? 3900 : Number(process.argv[at + 1]) });
