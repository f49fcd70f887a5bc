import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookBeforeParsing } from '../../server/src/analysis/judging/lookBeforeParsing.ts';
import { defineRule, type Rule, type RuleDescription } from '../../server/src/rules/index.ts';
import { described, helmPassword, hostNetwork, privileged, smallRules } from './testRules.ts';
import { judged, pod, privilegedLines, shown, testWorkspace, uriOf } from './testWorkspace.ts';

test('a rule that throws costs only its own findings, and says so once', () => {
  const broken = defineRule({
    ...described,
    id: 'pod/broken',
    messages: { never: 'Never.' },
    subject: 'container',
    judge() {
      throw new TypeError('container is not iterable');
    },
  });
  const acrossFiles = defineRule({
    ...described,
    id: 'network/broken',
    messages: { never: 'Never.' },
    subject: 'namespace',
    judge() {
      throw 'no error object';
    },
  });
  const { set, findings, shown: lines } = testWorkspace({ rules: [broken, privileged, acrossFiles] });
  set('a.yaml', `${pod('web', ...privilegedLines)}---\n${pod('web')}`);
  assert.deepEqual(lines('a.yaml'), ['10:21 pod/privileged']);
  assert.deepEqual(findings('a.yaml').notChecked, [
    'The rule pod/broken could not be judged because of a mistake in it (TypeError: container is not iterable).',
    'The rule network/broken could not be judged because of a mistake in it (no error object).',
  ]);
});

test('a fix that throws leaves its finding without fixes', () => {
  const rule = defineRule({
    ...described,
    id: 'pod/no-fix',
    messages: { here: 'Here.' },
    subject: 'podSpec',
    judge(podSpec, report) {
      const fixes = () => {
        throw new Error('no');
      };
      report({ at: podSpec.node, message: 'here', fixes });
    },
  });
  const { set, findings } = testWorkspace({ rules: [rule] });
  set('a.yaml', pod('web'));
  assert.deepEqual(
    findings('a.yaml').findings.map((finding) => finding.fixes()),
    [[]],
  );
});

/** A rule that reports at a path of the pod spec. */
function reporting(
  id: Rule['id'],
  paths: readonly (readonly (string | number)[])[],
  more: Partial<RuleDescription> = {},
) {
  return defineRule({
    ...described,
    ...more,
    id,
    messages: { at: 'At {path}.' },
    subject: 'podSpec',
    judge(podSpec, report) {
      for (const path of paths)
        report({ at: podSpec.node.get(...path), message: 'at', args: { path: path.join('.') } });
    },
  });
}

test('a finding replaces those that it overrides at the same place, and no others', () => {
  const volumes =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  volumes:\n    - name: a\n      hostPath: {path: /a}\n    - name: b\n      hostPath: {path: /b}\n  containers: [{name: c, image: d}]\n';
  const weak = reporting('pod/weak', [
    ['volumes', 0, 'hostPath', 'path'],
    ['volumes', 1, 'hostPath', 'path'],
  ]);
  const strong = reporting('pod/strong', [['volumes', 0, 'hostPath']], { overrides: ['pod/weak'] });
  const lines = (rules: readonly Rule[], text = volumes, settings = {}) => {
    const { set, shown: all } = testWorkspace({ rules, settings });
    set('a.yaml', text);
    return all('a.yaml');
  };
  assert.deepEqual(lines([weak, strong]), ['7:7 pod/strong', '9:24 pod/weak']);
  // One that is switched off replaces nothing.
  const off = { rules: new Map([['pod/strong', { setting: 'off' as const }]]) };
  assert.deepEqual(lines([weak, strong], volumes, off), ['7:24 pod/weak', '9:24 pod/weak']);
  // Who accepts the stronger weakness accepts the lesser, but not one that is more severe.
  const accepted = volumes.replace('{path: /a}', '{path: /a} # kubeharden-ignore pod/strong -- x');
  assert.deepEqual(lines([weak, strong], accepted), ['9:24 pod/weak']);
  const severe = reporting('pod/weak', [['volumes', 0, 'hostPath', 'path']], { severity: 'error' });
  assert.deepEqual(lines([severe, strong], accepted), ['7:24 pod/weak']);
});

test('a finding ends where its line does, at a lone carriage return too', () => {
  for (const lineBreak of ['\n', '\r\n', '\r']) {
    const { findings } = judged(`{"apiVersion":"v1","kind":"Pod"${lineBreak}---\n\n}\n`);
    for (const { range } of findings) assert.equal(range.start.line, range.end.line, JSON.stringify(lineBreak));
    assert.equal(findings.length, 1);
  }
});

test('a finding in an init container replaces none in a container', () => {
  const text =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  initContainers:\n    - name: a\n      tty: true\n  containers:\n    - name: b\n      tty: true\n      stdin: true\n';
  const weak = reporting('pod/weak', [
    ['initContainers', 0, 'tty'],
    ['containers', 0, 'tty'],
  ]);
  const { set, shown } = testWorkspace({
    rules: [weak, reporting('pod/strong', [['initContainers', 0, 'tty']], { overrides: ['pod/weak'] })],
  });
  set('a.yaml', text);
  assert.deepEqual(shown('a.yaml'), ['7:12 pod/strong', '10:12 pod/weak']);
});

test('findings are sorted by place, without repetition, and one line long at most', () => {
  const rule = reporting('pod/many', [['volumes'], ['hostNetwork'], ['hostNetwork'], ['containers', 0, 'command', 0]]);
  const text = `${pod('web', 'command:', '  - |', '    one', '    two')}  hostNetwork: true\n  volumes:\n    - name: a\n`;
  const { set, findings } = testWorkspace({ rules: [rule] });
  set('a.yaml', text);
  assert.deepEqual(
    findings('a.yaml').findings.map(({ range }) => [
      range.start.line,
      range.start.character,
      range.end.line,
      range.end.character,
    ]),
    [
      [9, 10, 9, 11],
      [12, 15, 12, 19],
      [13, 2, 13, 9],
    ],
  );
});

test('messages are filled in, and the resource is named', () => {
  const [finding] = judged(
    pod('web', ...privilegedLines).replace('name: web', 'name: web\n  namespace: shop'),
  ).findings;
  assert.equal(finding?.message, 'Container "main" is privileged.');
  assert.equal(finding?.resource, 'Pod shop/web');
});

test('a case of its own severity keeps it unless somebody chose one', () => {
  const rule = defineRule({
    ...described,
    id: 'pod/case',
    messages: { here: 'Here.' },
    subject: 'podSpec',
    judge: (podSpec, report) => report({ at: podSpec.node, message: 'here', severity: 'error' }),
  });
  const severity = (setting?: 'on' | 'warning') => {
    const settings = setting === undefined ? {} : { rules: new Map([['pod/case', { setting }]]) };
    const { set, findings } = testWorkspace({ rules: [rule], settings });
    set('a.yaml', pod('web'));
    return findings('a.yaml').findings[0]?.severity;
  };
  assert.deepEqual([severity(), severity('on'), severity('warning')], ['error', 'error', 'warning']);
});

test('syntax errors are found in manifests and in nothing else', () => {
  assert.deepEqual(judged('a: [\n').findings, []);
  const { findings, isManifest } = judged(`${pod('web')}  broken: [\n---\n${pod('web', ...privilegedLines)}`);
  assert.deepEqual([...new Set(findings.map(({ ruleId }) => ruleId))], ['kubeharden/syntax-error', 'pod/privileged']);
  assert.ok(isManifest);
});

test('a fingerprint survives edits elsewhere and tells findings apart', () => {
  const two = (first: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n${first}    - {name: a, image: b, securityContext: {privileged: true}}\n    - {name: c, image: b, securityContext: {privileged: true}}\n`;
  const prints = (text: string) => judged(text).findings.map((finding) => finding.fingerprint);
  const before = prints(two(''));
  assert.equal(new Set(before).size, 2);
  assert.deepEqual(prints(`# more\n---\n${pod('other')}---\n${two('    - {name: z, image: b}\n')}`), before);
  assert.notDeepEqual(prints(two('').replace('name: web', 'name: shop')), before);
});

test('what is no resource is not parsed, nor is a kind that nobody asks about', () => {
  const asked = { all: false, components: false, pipelines: false, names: new Set(['Secret']) };
  const look = (text: string) => lookBeforeParsing(text, asked);
  assert.equal(look('a: 1\n'), 'no-resource');
  assert.equal(look('apiVersion: v1\nkind: ConfigMap\ndata: {}\n'), 'inert-resource');
  assert.equal(look('apiVersion: v1\r\nkind: ConfigMap  \r\ndata: {}\r\n'), 'inert-resource');
  for (const unsure of [
    'apiVersion: v1\nkind: Secret\n',
    'apiVersion: v1\nkind: Pod\n',
    'apiVersion: v1\nkind: "ConfigMap"\n',
    'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n',
    '{{ if .a }}\nkind: ConfigMap\n{{ else }}\nkind: Pod\n{{ end }}\napiVersion: v1\n',
    '{"apiVersion":"v1","kind":"ConfigMap"}',
    '{"apiVersio\\u006e":"v1","kind":"Pod"}',
    '# kubeharden-ignore pod/privileged -- x\napiVersion: v1\nkind: ConfigMap\n',
  ]) {
    assert.equal(look(unsure), 'parse', unsure);
  }
  assert.equal(lookBeforeParsing('apiVersion: v1\nkind: ConfigMap\n', { ...asked, all: true }), 'parse');
  assert.equal(lookBeforeParsing('kubelet-arg: [a]\n', { ...asked, components: true }), 'parse');
  for (const step of ['steps:\n- run: make\n', 'job:\n  script:\n  - make\n', 'steps:\n  - uses: a/b@v1\n']) {
    assert.equal(look(step), 'no-resource');
    assert.equal(lookBeforeParsing(step, { ...asked, pipelines: true }), 'pipeline');
  }
});

test('resources are counted whether or not a rule asks about them', () => {
  const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
  const { set, findings } = testWorkspace({ rules: [hostNetwork] });
  set('a.yaml', `${configMap}---\n${pod('web')}---\na: 1\n`);
  assert.deepEqual([findings('a.yaml').resourceCount, findings('a.yaml').isManifest], [2, true]);
  set('b.yaml', 'a: 1\n');
  assert.deepEqual([findings('b.yaml').resourceCount, findings('b.yaml').isManifest], [0, false]);
});

test('a patch of a kustomization is a fragment, whichever is known first', () => {
  const absent = reporting('pod/absent', [['hostUsers']]);
  const onlyIfMissing = defineRule({
    ...described,
    id: 'pod/absent',
    messages: absent.messages as { at: string },
    subject: 'podSpec',
    judge(podSpec, report) {
      if (podSpec.node.get('hostUsers').isMissing) report({ at: podSpec.node.get('hostUsers'), message: 'at' });
    },
  });
  const { set, shown: lines } = testWorkspace({ rules: [onlyIfMissing] });
  const patch = pod('web');
  set('base/patches/a.yaml', patch);
  assert.deepEqual(lines('base/patches/a.yaml'), ['5:1 pod/absent']);
  set('base/kustomization.yaml', 'resources: [x.yaml]\npatches:\n  - path: patches/a.yaml\n');
  assert.deepEqual(lines('base/patches/a.yaml'), []);
  set('base/kustomization.yaml', 'resources: [x.yaml]\n');
  assert.deepEqual(lines('base/patches/a.yaml'), ['5:1 pod/absent']);
  set('base/kustomization.yaml', 'patchesStrategicMerge: ["./patches/a.yaml"]\n');
  assert.deepEqual(lines('base/patches/a.yaml'), []);
});

test('a file that is too large says so', () => {
  const { set, findings } = testWorkspace({ settings: { maxFileSizeKb: 1 }, rules: smallRules });
  set('a.yaml', `${pod('web')}# ${'x'.repeat(2000)}\n`);
  assert.equal(findings('a.yaml').notChecked.length, 1);
  assert.deepEqual(findings('a.yaml').findings, []);
});

test('an untitled document is judged by itself', () => {
  const { workspace } = testWorkspace();
  workspace.setText('untitled:1', pod('web', ...privilegedLines));
  assert.deepEqual(shown(workspace.findings('untitled:1')), ['10:21 pod/privileged']);
  workspace.remove('untitled:1');
  assert.deepEqual(workspace.findings('untitled:1').findings, []);
  assert.throws(() => workspace.change('untitled:1', []), /Unknown file/);
  assert.deepEqual(workspace.uris(), []);
});

test('the values of a chart are judged by their own rules, listed if those find something, and read by nobody else', () => {
  const { set, shown: lines, workspace } = testWorkspace({ rules: [helmPassword, privileged] });
  set('values.yaml', 'password: x\n');
  set('prod-values.yaml', 'a: 1\na: 2\n');
  set('other.yaml', 'password: x\n');
  assert.deepEqual(lines('values.yaml'), ['1:11 secrets/helm-values-password']);
  assert.deepEqual([lines('prod-values.yaml'), lines('other.yaml')], [[], []]);
  assert.deepEqual(workspace.uris(), [uriOf('values.yaml')]);
  workspace.settle(uriOf('values.yaml'));
  assert.deepEqual(workspace.uris(), [uriOf('values.yaml')]);
  set('values.yaml', `# kubeharden-ignore secrets/helm-values-password -- a try\npassword: x\n`);
  assert.deepEqual(lines('values.yaml'), []);
});

test('files that are manifests or have findings are listed', () => {
  const { set, workspace } = testWorkspace({ disk: { '.kubeharden.yaml': 'profil: all' } });
  set('a.yaml', pod('web'));
  set('values.yaml', 'a: 1\n');
  set('.kubeharden.yaml', 'profil: all');
  assert.deepEqual(workspace.uris(), [uriOf('a.yaml'), uriOf('.kubeharden.yaml')]);
});
