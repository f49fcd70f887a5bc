import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

test('the injection grammar colours directives in YAML comments and nothing else', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [
    require.resolve('vscode-tmgrammar-test/dist/unit.js'),
    ...['--grammar', inProject('test/syntaxes/yamlComments.tmLanguage.json')],
    ...['--grammar', inProject('syntaxes/kubeharden-directives.injection.tmLanguage.json')],
    inProject('test/syntaxes/directives.test.yaml'),
  ]);
  assert.equal(status, 0, `${stdout}${stderr}`);
});
