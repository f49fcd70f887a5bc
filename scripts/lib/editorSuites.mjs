// The Mocha suites of test/editor/suite, each in a window of its own with the packaged extension installed.

import { buildEditorSuite } from './bundles.mjs';
import { chooseEditorHost } from './editorHost.mjs';
import { ensureGo } from './go.mjs';

/** Names are those of test/editor/suite/index.ts; workspaces lie in test/editor/workspaces. */
const windows = [
  { name: 'trusted', workspace: 'two-roots.code-workspace', isWorkspaceTrusted: true },
  { name: 'untrusted', workspace: 'untrusted', isWorkspaceTrusted: false },
];

/** Resolves to the result of the layer; prints every test. */
export async function runEditorSuites(vsix) {
  await buildEditorSuite();
  const host = await chooseEditorHost(vsix);
  const cluster = await apiServer();
  const results = [];
  try {
    for (const window of windows) {
      console.log(`\n${window.isWorkspaceTrusted ? 'Trusted' : 'Untrusted'} window in ${host.name}`);
      const outcome = await host.run({ ...window, variables: cluster.variables });
      outcome.forEach(print);
      results.push(...outcome);
    }
  } finally {
    await cluster.stop?.();
  }
  const failed = results.filter(({ error }) => error !== undefined).length;
  const passed = results.length - failed;
  return {
    isOk: failed === 0 && passed > 0,
    against: `the packaged extension in ${host.name}${cluster.stop === undefined ? '' : `, and ${cluster.description}`}`,
    ...(cluster.missing === undefined ? {} : { skipped: `verdicts of an API server: ${cluster.missing}` }),
    counts: `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}`,
  };
}

/** For the suites that ask a real one: it runs beside VS Code, which is told its folder. */
async function apiServer() {
  if (process.platform === 'win32') return { variables: {}, missing: 'kube-apiserver runs on Linux and macOS' };
  const missing = process.env.KUBEBUILDER_ASSETS ? undefined : await ensureGo();
  if (missing !== undefined) return { variables: {}, missing };
  const { startApiServer } = await import('../../test/cluster/apiServer/apiServer.ts');
  const { folder, description, stop } = await startApiServer();
  return { variables: { KUBEHARDEN_TEST_API_SERVER: folder }, description, stop };
}

function print({ title, durationMs, error }) {
  console.log(`${error === undefined ? '✔' : '✖'} ${title} (${durationMs}ms)`);
  if (error !== undefined) console.log(error.replaceAll(/^/gm, '    '));
}
