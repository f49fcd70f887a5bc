// The Mocha suites of test/editor/suite, each in a window of its own with the packaged extension installed.

import { buildEditorSuite } from './bundles.mjs';
import { chooseEditorHost } from './editorHost.mjs';

/** Names are those of test/editor/suite/index.ts; workspaces lie in test/editor/workspaces. */
const windows = [
  { name: 'trusted', workspace: 'two-roots.code-workspace', isWorkspaceTrusted: true },
  { name: 'untrusted', workspace: 'untrusted', isWorkspaceTrusted: false },
];

/** Resolves to the result of the layer; prints every test. */
export async function runEditorSuites(vsix) {
  await buildEditorSuite();
  const host = await chooseEditorHost(vsix);
  const results = [];
  for (const window of windows) {
    console.log(`\n${window.isWorkspaceTrusted ? 'Trusted' : 'Untrusted'} window in ${host.name}`);
    const outcome = await host.run(window);
    outcome.forEach(print);
    results.push(...outcome);
  }
  const failed = results.filter(({ error }) => error !== undefined).length;
  const passed = results.length - failed;
  return {
    isOk: failed === 0 && passed > 0,
    against: `the packaged extension in ${host.name}`,
    counts: `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}`,
  };
}

function print({ title, durationMs, error }) {
  console.log(`${error === undefined ? '✔' : '✖'} ${title} (${durationMs}ms)`);
  if (error !== undefined) console.log(error.replaceAll(/^/gm, '    '));
}
