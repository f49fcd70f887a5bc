import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { closeAll, extension, openFile } from './support.ts';

// Runs first: nothing has opened a YAML file yet.
describe('activation', () => {
  after(closeAll);

  it('waits for a YAML file', () => {
    assert.equal(extension().isActive, false);
  });

  it('takes less than 50 ms once the code is loaded', async function () {
    const duration = await timeActivate();
    if (this.test) this.test.title += ` (${duration.toFixed(1)} ms)`;
    assert.ok(duration < 50, `${duration.toFixed(1)} ms`);
  });

  it('registers every command of the manifest, and no other', async () => {
    const contributed: string[] = extension().packageJSON.contributes.commands.map(
      ({ command }: { readonly command: string }) => command,
    );
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('kubeharden.'));
    assert.deepEqual(registered.sort(), contributed.sort());
  });

  it('leaves the editor where it was', async () => {
    const { document } = await openFile('team', 'pod.yaml');
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });
});

/**
 * How long our own `activate` keeps the extension host, in milliseconds. Loading the code beforehand, into the cache that
 * the host shares, lets a stopwatch be put around the function.
 */
async function timeActivate(): Promise<number> {
  const { extensionPath, packageJSON } = extension();
  const main = join(extensionPath, packageJSON.main);
  const load = createRequire(main);
  const exported: { readonly activate: (context: vscode.ExtensionContext) => unknown } = load(main);
  const cached = load.cache[main];
  assert.ok(cached);
  let duration = Number.NaN;
  cached.exports = {
    ...exported,
    async activate(context: vscode.ExtensionContext) {
      const start = performance.now();
      await exported.activate(context);
      duration = performance.now() - start;
    },
  };
  await extension().activate();
  return duration;
}
