import assert from 'node:assert/strict';
import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { cleanPod, podManifest, privilegedPod } from './manifests.ts';
import { runCli, temporaryFolder } from './runCli.ts';

const folders: { remove(): void }[] = [];
after(() => {
  for (const folder of folders) folder.remove();
});

function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder.path;
}

/** In the pod's securityContext Kubernetes ignores the field, so that moving it is safe. */
const misplaced = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  automountServiceAccountToken: false
  # kept as it is
  securityContext:
    runAsNonRoot: true
    privileged: false
  containers:
    - name: web
      image: registry.example.com/shop/web:1.4.2
`;

describe('exit codes', () => {
  test('0 when nothing is found, and the summary says how much was looked at', () => {
    const cwd = folderWith({ 'a.yaml': cleanPod, 'b.yaml': cleanPod, 'notes.yaml': 'just: notes\n' });
    const { code, stdout, stderr } = runCli(['check', 'a.yaml', 'b.yaml'], { cwd });
    assert.equal(stdout, 'No findings in 2 resources of 2 files.\n');
    assert.deepEqual([code, stderr], [0, '']);
  });

  test('1 for findings at or above --fail-on, else 0', () => {
    const cwd = folderWith({
      'error.yaml': privilegedPod,
      'warning.yaml': podManifest('{}').replace(':1.4.2', ':latest'),
    });
    const code = (...args: string[]) => runCli(['check', ...args], { cwd }).code;
    assert.equal(code('error.yaml'), 1);
    assert.equal(code('error.yaml', '--fail-on', 'error'), 1);
    assert.equal(code('warning.yaml'), 1);
    assert.equal(code('warning.yaml', '--fail-on', 'info'), 1);
    assert.equal(code('warning.yaml', '--fail-on', 'error'), 0);
  });

  test('2 for wrong usage', () => {
    const cwd = folderWith({});
    const { code, stdout, stderr } = runCli(['check', '--fial-on', 'error'], { cwd });
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(stderr, 'kubeharden: There is no option of "check" "--fial-on". Did you mean "--fail-on"?\n');
    assert.equal(runCli(['check', '--config', 'gone.yaml'], { cwd }).code, 2);
    assert.equal(runCli(['check', '--baseline', 'gone.json'], { cwd }).code, 2);
  });

  test('2 for unreadable input, while the rest is judged', () => {
    const cwd = folderWith({ 'a.yaml': privilegedPod });
    const { code, stdout } = runCli(['check', 'gone.yaml', 'a.yaml', '--quiet'], { cwd });
    assert.equal(code, 2);
    assert.match(stdout, /^a\.yaml:13:21: error: .* \[pod\/privileged\]\n$/);
    const full = runCli(['check', 'gone.yaml', 'a.yaml'], { cwd });
    assert.match(
      full.stdout,
      /\n1 file could not be read or written:\n {2}gone\.yaml: There is no such file or directory\.\n$/,
    );
  });
});

describe('what is judged', () => {
  test('a directory: manifests by name and content, without what git ignores', () => {
    const cwd = folderWith({
      '.gitignore': 'build/\n',
      'a.yaml': privilegedPod,
      'build/b.yaml': privilegedPod,
      'node_modules/x/c.yaml': privilegedPod,
      'package.json': '{"name": "x"}\n',
      'values.txt': privilegedPod,
      'sub/d.json': JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } }),
    });
    const { stdout } = runCli(['check', '--format', 'json'], { cwd });
    const report = JSON.parse(stdout);
    assert.equal(report.summary.files, 2);
    assert.deepEqual([...new Set(report.findings.map(({ file }: { file: string }) => file))], ['a.yaml']);
  });

  test('binary and very large files are said to be left out', () => {
    const cwd = folderWith({
      'a.yaml': cleanPod,
      'binary.yaml': Buffer.from([0x6b, 0x3a, 0x00, 0x01]),
      'large.yaml': Buffer.alloc(5 * 1024 * 1024 + 1, '# x\n'),
    });
    const { code, stdout } = runCli(['check', '.', '--profile', 'guide'], { cwd });
    assert.match(
      stdout,
      /\n2 files not checked:\n {2}binary\.yaml: It is a binary file or not encoded in UTF-8\.\n {2}large\.yaml: It is larger than 5 MB\.\n$/,
    );
    assert.notEqual(code, 2);
  });

  test('nothing found is said, too', () => {
    const cwd = folderWith({ 'notes.md': '' });
    assert.deepEqual(runCli(['check'], { cwd }), {
      code: 0,
      stdout: 'No findings: no Kubernetes manifests were found.\n',
      stderr: '',
    });
  });

  test('rules across files run for a directory, never for files or standard input', () => {
    const files = { 'ns.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n', 'pod.yaml': cleanPod };
    const cwd = folderWith(files);
    const rulesOf = (args: string[], input?: string) => {
      const report = JSON.parse(runCli(['check', '-f', 'json', ...args], { cwd, ...(input && { input }) }).stdout);
      return report.findings.map(({ rule }: { rule: string }) => rule);
    };
    assert.ok(rulesOf(['.']).includes('network/default-deny-missing'));
    assert.ok(!rulesOf(['ns.yaml', 'pod.yaml']).includes('network/default-deny-missing'));
    assert.ok(!rulesOf(['-'], `${files['ns.yaml']}---\n${cleanPod}`).includes('network/default-deny-missing'));
  });

  test('one broken document beside good ones', () => {
    const cwd = folderWith({ 'a.yaml': `${privilegedPod}---\napiVersion: v1\nkind: [\n---\n${privilegedPod}` });
    const { code, stdout } = runCli(['check', 'a.yaml', '--quiet'], { cwd });
    assert.equal(code, 1);
    assert.equal(stdout.match(/\[pod\/privileged\]/g)?.length, 2);
    assert.match(stdout, /\[kubeharden\/syntax-error\]/);
  });
});

describe('configuration', () => {
  const configuration = 'rules:\n  pod/privileged: off\n';

  test('the nearest .kubeharden.yaml upwards holds, --config replaces it, --profile is stronger', () => {
    const cwd = folderWith({
      '.git/HEAD': '',
      '.kubeharden.yaml': configuration,
      'deploy/a.yaml': privilegedPod,
      'other.yaml': 'rules:\n  pod/privileged: warning\n',
    });
    const severities = (...args: string[]) =>
      JSON.parse(runCli(['check', 'deploy/a.yaml', '-f', 'json', ...args], { cwd }).stdout).findings.map(
        ({ rule, severity }: { rule: string; severity: string }) => `${rule} ${severity}`,
      );
    assert.deepEqual(severities(), []);
    assert.deepEqual(severities('--config', 'other.yaml'), ['pod/privileged warning']);
    assert.ok(severities('--profile', 'restricted').includes('pod/seccomp-missing warning'));
  });

  test('what it excludes is left out of directories, and said of files that are named', () => {
    const cwd = folderWith({
      '.kubeharden.yaml': 'exclude: [old/**]\nrules:\n  network/default-deny-missing: off\n',
      'old/a.yaml': privilegedPod,
      'b.yaml': cleanPod,
    });
    assert.match(runCli(['check', 'old', 'b.yaml'], { cwd }).stdout, /^No findings in 1 resource of 1 file\.\n$/);
    const named = runCli(['check', 'old/a.yaml', 'b.yaml'], { cwd });
    assert.match(named.stdout, /1 file not checked:\n {2}old\/a\.yaml: The configuration excludes it\.\n$/);
  });

  test('a mistake in it is reported, wherever it lies', () => {
    const cwd = folderWith({ '.git/HEAD': '', '.kubeharden.yaml': 'profil: all\n', 'deploy/a.yaml': cleanPod });
    const { code, stdout } = runCli(['check', 'deploy', '--quiet'], { cwd });
    assert.match(stdout, /^\.kubeharden\.yaml:1:1: \w+: .* \[kubeharden\/invalid-configuration\]$/m);
    assert.equal(code, 1);
  });

  test('suppressed findings are counted, not shown', () => {
    const cwd = folderWith({
      'a.yaml': podManifest('# kubeharden-ignore pod/privileged -- a CNI plugin\n        privileged: true'),
    });
    assert.deepEqual(runCli(['check', 'a.yaml'], { cwd }), {
      code: 0,
      stdout: 'No findings in 1 resource of 1 file; 1 suppressed.\n',
      stderr: '',
    });
  });
});

describe('standard input', () => {
  test('is judged under the name it is given', () => {
    const cwd = folderWith({ 'deploy/.kubeharden.yaml': 'rules:\n  pod/privileged: info\n' });
    const plain = runCli(['check', '-', '-q'], { cwd, input: privilegedPod });
    assert.match(plain.stdout, /^<stdin>:13:21: error: /);
    const named = runCli(['check', '-', '-q', '--stdin-filename', 'deploy/a.yaml'], { cwd, input: privilegedPod });
    assert.match(named.stdout, /^deploy\/a\.yaml:13:21: info: /);
    assert.equal(named.code, 0);
  });

  test('a rendered chart is reported at its templates', () => {
    const cwd = folderWith({});
    const input = `---\n# Source: shop/templates/ok.yaml\n${cleanPod}---\n# Source: shop/templates/bad.yaml\n${privilegedPod}`;
    const { stdout } = runCli(['check', '-'], { cwd, input });
    assert.match(stdout, /^shop\/templates\/bad\.yaml:13:21 error pod\/privileged$/m);
    assert.match(stdout, /^ {2}13 \| {9}privileged: true$/m);
    assert.match(stdout, /1 finding \(1 error\) in 2 resources of 2 files\.\n$/);
  });
});

describe('fixing', () => {
  test('--fix writes the safe fixes, keeps every other byte, the mode and links', {
    skip: process.platform === 'win32' && 'needs modes and links',
  }, () => {
    const cwd = folderWith({ 'a.yaml': misplaced.replaceAll('\n', '\r\n'), 'clean.yaml': cleanPod });
    chmodSync(join(cwd, 'a.yaml'), 0o640);
    symlinkSync('a.yaml', join(cwd, 'link.yaml'));
    const before = statSync(join(cwd, 'clean.yaml')).ino;
    const { stdout } = runCli(['check', 'link.yaml', 'clean.yaml', '--fix'], { cwd });
    const fixed = readFileSync(join(cwd, 'a.yaml'), 'utf8');
    assert.match(stdout, /\nApplied 1 fix in 1 file\.\n$|^.*\nApplied 1 fix in 1 file\.\n$/s);
    assert.equal(statSync(join(cwd, 'a.yaml')).mode & 0o777, 0o640);
    assert.equal(statSync(join(cwd, 'clean.yaml')).ino, before);
    assert.match(fixed, /# kept as it is\r\n {2}securityContext:\r\n {4}runAsNonRoot: true\r\n {2}containers:/);
    assert.match(fixed, /securityContext:\r\n +privileged: false/);
    assert.ok(!/[^\r]\n/.test(fixed));
    assert.ok(statSync(join(cwd, 'link.yaml')).isFile());
  });

  test('--fix does not harden, --fix --harden does', () => {
    const cwd = folderWith({ 'a.yaml': privilegedPod });
    assert.equal(runCli(['check', 'a.yaml', '--fix'], { cwd }).code, 1);
    assert.equal(readFileSync(join(cwd, 'a.yaml'), 'utf8'), privilegedPod);
    assert.equal(runCli(['check', 'a.yaml', '--fix', '--harden'], { cwd }).code, 0);
    assert.equal(readFileSync(join(cwd, 'a.yaml'), 'utf8'), podManifest('privileged: false'));
  });

  test('--dry-run prints a diff and writes nothing', () => {
    const cwd = folderWith({ 'a.yaml': privilegedPod });
    const { code, stdout, stderr } = runCli(['check', '.', '--fix', '--harden', '--dry-run', '--fail-on', 'error'], {
      cwd,
    });
    assert.equal(
      stdout,
      `--- a/a.yaml
+++ b/a.yaml
@@ -10,4 +10,4 @@
     - name: web
       image: registry.example.com/shop/web:1.4.2
       securityContext:
-        privileged: true
+        privileged: false
`,
    );
    assert.match(stderr, /Would apply 1 fix in 1 file\.\n$/);
    assert.equal(code, 0);
    assert.equal(readFileSync(join(cwd, 'a.yaml'), 'utf8'), privilegedPod);
  });

  test('standard input is given back fixed, the report goes to standard error', () => {
    const cwd = folderWith({});
    const { code, stdout, stderr } = runCli(['check', '-', '--fix', '--harden'], { cwd, input: privilegedPod });
    assert.deepEqual([code, stdout], [0, podManifest('privileged: false')]);
    assert.equal(stderr, 'No findings in 1 resource of 1 file.\nApplied 1 fix in 1 file.\n');
  });

  test('a file that is not valid UTF-8 is judged, and left alone', () => {
    const bytes = Buffer.concat([Buffer.from(privilegedPod), Buffer.from([0x23, 0xe9, 0x0a])]);
    const cwd = folderWith({ 'a.yaml': bytes });
    const { code, stdout } = runCli(['check', 'a.yaml', '--fix', '--harden'], { cwd });
    assert.equal(code, 2);
    assert.match(stdout, /a\.yaml: It is not valid UTF-8, so it was not fixed\.\n$/);
    assert.deepEqual(readFileSync(join(cwd, 'a.yaml')), bytes);
  });
});

describe('baseline', () => {
  test('what it lists is info and never fails; what is new does', () => {
    const cwd = folderWith({ 'a.yaml': privilegedPod });
    const written = runCli(['check', 'a.yaml', '--write-baseline', 'baseline.json'], { cwd });
    assert.equal(written.code, 0);
    const known = runCli(['check', 'a.yaml', '--baseline', 'baseline.json'], { cwd });
    assert.equal(known.code, 0);
    assert.match(known.stdout, /^a\.yaml:13:21 info pod\/privileged \(in the baseline\)$/m);
    assert.match(known.stdout, /No findings in 1 resource of 1 file; 1 in the baseline\.\n$/);
    // The same finding, although the lines above it have changed, and a new one.
    writeFileSync(join(cwd, 'a.yaml'), `# a comment\n${privilegedPod}---\n${podManifest('privileged: true', 'other')}`);
    const changed = runCli(['check', 'a.yaml', '--baseline', 'baseline.json', '-q'], { cwd });
    assert.equal(changed.code, 1);
    assert.match(changed.stdout, /^a\.yaml:14:21: info: .*\na\.yaml:28:21: error: .*\n$/);
  });
});

describe('output', () => {
  test('--output writes the report, in any format', () => {
    const cwd = folderWith({ 'a.yaml': privilegedPod });
    const { code, stdout } = runCli(['check', 'a.yaml', '-f', 'json', '-o', 'report.json'], { cwd });
    assert.deepEqual([code, stdout], [1, '']);
    assert.equal(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')).summary.errors, 1);
    assert.equal(runCli(['check', 'a.yaml', '-o', 'no/such/folder'], { cwd }).code, 2);
  });

  test('colour only where it is asked for when there is no terminal', () => {
    const cwd = folderWith({ 'a.yaml': privilegedPod });
    const escapeSequence = '\u001B[';
    assert.ok(!runCli(['check', 'a.yaml'], { cwd }).stdout.includes(escapeSequence));
    assert.ok(
      runCli(['check', 'a.yaml', '--color'], { cwd }).stdout.includes(`${escapeSequence}1;31merror${escapeSequence}0m`),
    );
    assert.ok(!runCli(['check', 'a.yaml', '--color', '--no-color'], { cwd }).stdout.includes(escapeSequence));
  });
});
