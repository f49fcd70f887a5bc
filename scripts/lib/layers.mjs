// The layers of `npm test`, in order. Each says what it runs against and gives
// `{ isOk, against?, counts?, skipped? }`; `skipped` is the reason why it, or a part of it, could not run.

import { ensureGo } from './go.mjs';
import { runNodeTests } from './nodeTests.mjs';
import { inProject } from './project.mjs';
import { run } from './run.mjs';

const node = (script, ...args) => run(process.execPath, [inProject(script), ...args]);
const tool = (name, ...args) =>
  run(inProject('node_modules/.bin', name), args, { shell: process.platform === 'win32' });

/** A layer that is one program. */
const program = (name, against, start) => ({ name, run: async () => ({ isOk: (await start()) === 0, against }) });

/** Test files with a layer of their own. */
const separate = [
  'test/architecture.test.ts',
  'test/language',
  'test/oracles',
  'test/corpus',
  'test/package',
  'test/editor',
  'test/**/*.apiserver.test.ts',
];

/** A layer over files outside the project, which a variable names. */
const requested = (name, variable) => ({
  name,
  async run() {
    const folder = process.env[variable];
    if (!folder) return { isOk: true, skipped: `not requested: ${variable} names no folder` };
    return { against: folder, ...(await runNodeTests([`test/${name}/**/*.test.ts`])) };
  },
});

export const layers = [
  program('lint', 'Biome', () => tool('biome', 'ci', '.')),
  program('types', 'tsc -b', () => tool('tsc', '-b')),
  program('generated', 'the rules', () => node('scripts/generate.ts', '--check')),
  {
    name: 'architecture',
    run: async () => ({ against: 'the sources', ...(await runNodeTests(['test/architecture.test.ts'])) }),
  },
  {
    name: 'unit',
    async run() {
      // Without Go, the tests that need it say so.
      await ensureGo();
      return {
        against: `Node ${process.version}`,
        ...(await runNodeTests(['test/**/*.test.ts'], { exclude: separate })),
      };
    },
  },
  requested('oracles', 'KUBEHARDEN_ORACLES'),
  requested('corpus', 'KUBEHARDEN_CORPUS'),
  {
    name: 'protocol',
    run: async () => ({
      against: 'a server process over stdio',
      ...(await runNodeTests(['test/language/**/*.test.ts'])),
    }),
  },
  {
    name: 'cluster',
    async run() {
      if (process.platform === 'win32') return { isOk: true, skipped: 'kube-apiserver runs on Linux and macOS' };
      // Where the programs are at hand, there is nothing to build.
      const missing = process.env.KUBEBUILDER_ASSETS ? undefined : await ensureGo();
      if (missing !== undefined) return { isOk: true, skipped: `no API server: ${missing}` };
      const { startSharedCluster } = await import('../../test/cluster/apiServer/sharedCluster.ts');
      const { description, env, stop } = await startSharedCluster();
      try {
        return { against: description, ...(await runNodeTests(['test/**/*.apiserver.test.ts'], { env })) };
      } finally {
        await stop();
      }
    },
  },
  {
    name: 'package',
    async run() {
      const env = { KUBEHARDEN_VSIX: await vsix() };
      return { against: env.KUBEHARDEN_VSIX, ...(await runNodeTests(['test/package/**/*.test.ts'], { env })) };
    },
  },
  {
    name: 'editor',
    async run() {
      const { runEditorSuites } = await import('./editorSuites.mjs');
      return runEditorSuites(await vsix());
    },
  },
  {
    name: 'journeys',
    async run() {
      const { ensureCodeServer, describeCodeServer } = await import('./codeServer.mjs');
      await ensureCodeServer();
      const env = { KUBEHARDEN_VSIX: await vsix() };
      const against = `the packaged extension in ${describeCodeServer()}, mouse and keyboard by Playwright`;
      return { against, ...(await runNodeTests(['test/editor/journeys/**/*.test.mjs'], { env })) };
    },
  },
];

let packaged;

/** The .vsix, packaged once for all layers that install it. */
function vsix() {
  packaged ??= import('./vsix.mjs').then(({ packageExtension }) => packageExtension());
  return packaged;
}
