// What esbuild makes of the sources. Nothing is loaded at run time but what lies in dist/, Node and VS Code.

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

/**
 * Everything that holds the engine, in one file: copies of it would be most of the download. Each program is evaluated
 * when it is started and not before.
 */
const programs = `
export const startLanguageServer = () => import('./server/src/language/stdio.ts');
export const startClusterProcess = () => import('./server/src/cluster/process/main.ts');
export const runProgram = async (args) => (await import('./server/src/cli/program.ts')).runProgram(args);
`;
const program = (start) => ({
  stdin: { contents: `#!/usr/bin/env node\nrequire('./programs.cjs').${start}();`, resolveDir: inProject() },
  external: ['./programs.cjs'],
});

/** The command line answers what needs no engine by itself. */
const commandLineFromPrograms = {
  name: 'command line from programs',
  setup: ({ onResolve }) => onResolve({ filter: /\/program\.ts$/ }, () => ({ path: './programs.cjs', external: true })),
};

const bundles = [
  { entryPoints: ['client/src/extension.ts'], outfile: 'dist/client.cjs', external: ['vscode'] },
  { stdin: { contents: programs, resolveDir: inProject() }, outfile: 'dist/programs.cjs' },
  { ...program('startLanguageServer'), outfile: 'dist/server.cjs' },
  { ...program('startClusterProcess'), outfile: 'dist/cluster.cjs' },
  { entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/cli.cjs', plugins: [commandLineFromPrograms] },
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
