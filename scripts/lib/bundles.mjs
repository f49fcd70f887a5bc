// What esbuild makes of the sources. Each bundle stands alone; the engine is in each that needs it.

import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { inProject } from './project.mjs';

const shared = {
  absWorkingDir: inProject(),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  charset: 'utf8',
  legalComments: 'none',
  // Some packages have UMD under "main", which esbuild cannot see into, and real modules under "module".
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  metafile: true,
};

const bundles = [
  { entryPoints: ['client/src/extension.ts'], outfile: 'dist/client.cjs', external: ['vscode'] },
  { entryPoints: ['server/src/language/stdio.ts'], outfile: 'dist/server.cjs' },
  { entryPoints: ['server/src/cluster/process/main.ts'], outfile: 'dist/cluster.cjs' },
  { entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/cli.cjs' },
];

/** Writes dist/ anew. Resolves to the paths of all source files that went into it. */
export async function buildBundles({ isProduction = false } = {}) {
  rmSync(inProject('dist'), { recursive: true, force: true });
  const results = await Promise.all(
    bundles.map((bundle) => build({ ...shared, ...bundle, minify: isProduction, sourcemap: !isProduction })),
  );
  return results.flatMap((result) => Object.keys(result.metafile.inputs));
}

/** The suite for a real VS Code, which loads it from `out/`. Mocha finds its own files at run time, so it stays outside. */
export async function buildEditorSuite() {
  await build({
    ...shared,
    entryPoints: ['test/editor/suite/index.ts'],
    outfile: 'out/test/editor/suite/index.cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
  });
}
