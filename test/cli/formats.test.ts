import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { cleanPod, podManifest } from './manifests.ts';
import { runCli, temporaryFolder } from './runCli.ts';

const golden = join(import.meta.dirname, 'golden');

/** Findings of several severities, with and without fixes, suppressed, in the baseline, and what was not judged. */
const files = {
  'shop/web.yaml': podManifest('privileged: true').replace(':1.4.2', ':latest'),
  'shop/50% off, really.yaml': podManifest('privileged: true', 'sale'),
  'shop/clean.yaml': cleanPod,
  'shop/agent.yaml': podManifest('# kubeharden-ignore pod/privileged -- a CNI <plugin> & co\n        privileged: true'),
  'binary.yaml': Buffer.from([0]),
  '.kubeharden.yaml': 'rules:\n  image/latest-tag: info\n  network/default-deny-missing: off\n',
};

let folder: ReturnType<typeof temporaryFolder>;
before(() => {
  folder = temporaryFolder(files);
});
after(() => folder.remove());

function report(format: string, ...args: string[]): string {
  const { code, stdout, stderr } = runCli(['check', 'shop', 'binary.yaml', '-f', format, ...args], {
    cwd: folder.path,
  });
  assert.deepEqual([code, stderr], [1, '']);
  return stdout;
}

/** Compares with a stored text. To accept a new one, delete the file and run the test again: it is written anew. */
function assertGolden(name: string, actual: string): void {
  const path = join(golden, name);
  const stable = actual.replaceAll(`${folder.path}/`, '/project/');
  let expected: string;
  try {
    expected = readFileSync(path, 'utf8');
  } catch {
    writeFileSync(path, stable);
    assert.fail(`${name} did not exist; it has been written. Read it, then run the test again.`);
  }
  assert.equal(stable, expected);
}

describe('each format, word for word', () => {
  test('text', () => assertGolden('report.txt', report('text')));
  test('text, quiet', () => assertGolden('quiet.txt', report('text', '--quiet')));
  test('json', () => assertGolden('report.json', report('json')));
  test('sarif', () => assertGolden('report.sarif', report('sarif')));
  test('junit', () => assertGolden('junit.xml', report('junit')));
  test('github', () => assertGolden('github.txt', report('github')));
});

describe('sarif', () => {
  // The schema of the OASIS Standard is written in JSON Schema draft 4; of what it uses, only `id` changed its name.
  const { id, $schema, ...schema } = JSON.parse(
    readFileSync(join(import.meta.dirname, 'sarif-2.1.0-rtm.5.schema.json'), 'utf8'),
  );
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(schema);

  function assertValid(text: string): Record<string, unknown> {
    const log = JSON.parse(text);
    validate(log);
    assert.deepEqual(validate.errors ?? [], []);
    assert.equal(log.version, '2.1.0');
    return log;
  }

  test('the schema is not idle', () => {
    assert.match(id, /sarif-2\.1\.0/);
    assert.match($schema, /draft-04/);
    assert.equal(validate({ version: '2.1.0', runs: [{ results: [] }] }), false);
  });

  test('is valid with findings, suppressions, fixes, notifications and a baseline', () => {
    assertValid(report('sarif'));
    runCli(['check', 'shop', '-f', 'json', '--write-baseline', 'known.json'], { cwd: folder.path });
    const { stdout, code } = runCli(['check', 'shop', '-f', 'sarif', '--baseline', 'known.json'], { cwd: folder.path });
    assert.equal(code, 0);
    const log = assertValid(stdout);
    assert.match(JSON.stringify(log), /"baselineState":"unchanged"/);
  });

  test('is valid without any finding, and for standard input', () => {
    const { stdout } = runCli(['check', '-', '-f', 'sarif'], { cwd: folder.path, input: cleanPod });
    assertValid(stdout);
    const rendered = `---\n# Source: shop/templates/a b.yaml\n${podManifest('privileged: true')}`;
    const helm = runCli(['check', '-', '-f', 'sarif'], { cwd: folder.path, input: rendered });
    const log = JSON.stringify(assertValid(helm.stdout));
    assert.match(log, /"uri":"shop\/templates\/a%20b\.yaml"/);
    assert.doesNotMatch(log, /"fixes"/);
  });

  test('its replacements, applied, give what --fix --harden writes', () => {
    const input = podManifest('privileged: true');
    const cwd = folder.path;
    const log = JSON.parse(runCli(['check', '-', '-f', 'sarif'], { cwd, input }).stdout);
    const [replacement] = log.runs[0].results[0].fixes[0].artifactChanges[0].replacements;
    const { startLine, startColumn, endLine, endColumn } = replacement.deletedRegion;
    assert.equal(startLine, endLine);
    const lines = input.split('\n');
    const line = lines[startLine - 1] ?? '';
    lines[startLine - 1] =
      line.slice(0, startColumn - 1) + replacement.insertedContent.text + line.slice(endColumn - 1);
    assert.equal(lines.join('\n'), runCli(['check', '-', '--fix', '--harden'], { cwd, input }).stdout);
  });
});
