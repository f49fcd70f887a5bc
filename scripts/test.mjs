// npm test [-- <layer>...]: every layer of tests, or the named ones, from a fresh checkout on.

import { useProjectToolchain } from './lib/toolchain.mjs';

await useProjectToolchain();
const { layers } = await import('./lib/layers.mjs');

const isCi = process.env.CI === 'true';
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !layers.some((layer) => layer.name === name));
if (unknown.length > 0) {
  console.error(`No layer ${unknown.join(', ')}. Layers: ${layers.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const rows = [];
for (const layer of layers) {
  if (wanted.length > 0 && !wanted.includes(layer.name)) continue;
  console.log(`\n── ${layer.name} ${'─'.repeat(Math.max(0, 70 - layer.name.length))}`);
  const start = performance.now();
  const result = await layer.run().catch((error) => ({ isOk: false, counts: error.message }));
  const seconds = (performance.now() - start) / 1000;
  // On a build machine everything must have run.
  const isOk = result.isOk && !(isCi && result.skipped);
  rows.push({ name: layer.name, isOk, seconds, ...describe(result) });
}

function describe({ against, counts, skipped }) {
  return { text: [counts, against && `against ${against}`, skipped].filter(Boolean).join('; ') };
}

console.log('\nSummary');
for (const { name, isOk, seconds, text } of rows) {
  console.log(`${isOk ? '✔' : '✖'} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${text.split('\n')[0]}`);
}
const failed = rows.filter(({ isOk }) => !isOk);
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}
