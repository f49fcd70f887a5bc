import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judged, pod, privilegedLines, shown, testWorkspace } from './testWorkspace.ts';

const privilegedPod = pod('web', ...privilegedLines);

test('without a suppression the finding shows', () => {
  assert.deepEqual(shown(judged(privilegedPod)), ['10:21 pod/privileged']);
});

test('a comment at the end of the line suppresses the line', () => {
  const result = judged(
    pod('web', 'securityContext:', '  privileged: true # kubeharden-ignore pod/privileged -- driver'),
  );
  assert.deepEqual(shown(result), []);
  assert.deepEqual(
    result.suppressed.map(({ finding, reason }) => [finding.ruleId, reason]),
    [['pod/privileged', 'driver']],
  );
});

test('a comment above a line suppresses that line, also with other comments and blank lines between', () => {
  const comment = '  # kubeharden-ignore pod/privileged -- driver';
  assert.deepEqual(shown(judged(pod('web', 'securityContext:', comment, '  # more', '', '  privileged: true'))), []);
});

test('a comment above a line says nothing of the line after it', () => {
  const lines = [
    'securityContext:',
    '  # kubeharden-ignore pod/privileged -- x',
    '  runAsUser: 1',
    '  privileged: true',
  ];
  assert.deepEqual(shown(judged(pod('web', ...lines))), [
    '10:29 kubeharden/unused-suppression',
    '12:21 pod/privileged',
  ]);
});

test('a comment above a key or an item suppresses its block and no more', () => {
  const above = pod('web').replace('  containers:', '  # kubeharden-ignore pod/privileged -- x\n  containers:');
  assert.deepEqual(shown(judged(`${above}      securityContext:\n        privileged: true\n`)), []);

  const item = (name: string, comment = '') =>
    `${comment}  - name: ${name}\n    image: nginx:1\n    securityContext:\n      privileged: true\n`;
  const flush = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n`;
  const comment = '  # kubeharden-ignore pod/privileged -- x\n';
  assert.deepEqual(shown(judged(flush + item('a', comment) + item('b'))), ['15:19 pod/privileged']);
  const wholeList = `${flush.replace('  containers', `${comment}  containers`)}${item('a')}${item('b')}  hostNetwork: true\n`;
  assert.deepEqual(shown(judged(wholeList)), ['16:16 pod/host-network']);
});

test('a comment at the end of a line that opens a block suppresses the block', () => {
  const lines = ['securityContext: # kubeharden-ignore pod/privileged -- x', '  privileged: true'];
  assert.deepEqual(shown(judged(pod('web', ...lines))), []);
});

test('a comment before the first key suppresses the document and not its neighbours', () => {
  const comment = '# kubeharden-ignore pod/privileged -- x\n';
  assert.deepEqual(shown(judged(`# licence\n${comment}\n${privilegedPod}---\n${privilegedPod}`)), [
    '24:21 pod/privileged',
  ]);
  assert.deepEqual(shown(judged(`${privilegedPod}---\n${comment}${privilegedPod}`)), ['10:21 pod/privileged']);
});

test('a comment above the first separator belongs to the first document', () => {
  const comment = '# kubeharden-ignore pod/privileged -- x\n';
  assert.deepEqual(shown(judged(`${comment}---\n${privilegedPod}---\n${privilegedPod}`)), ['23:21 pod/privileged']);
});

test('kubeharden-ignore-file suppresses in all documents, but only at the top of the file', () => {
  const comment = '# kubeharden-ignore-file pod/privileged -- x\n';
  assert.deepEqual(shown(judged(`${comment}${privilegedPod}---\n${privilegedPod}`)), []);
  assert.deepEqual(shown(judged(`${comment}---\n${privilegedPod}---\n${privilegedPod}`)), []);
  assert.deepEqual(shown(judged(`${privilegedPod}---\n${comment}${privilegedPod}`)), [
    '10:21 pod/privileged',
    '12:3 kubeharden/invalid-suppression',
    '22:21 pod/privileged',
  ]);
});

test('CRLF, byte order marks and templates change nothing', () => {
  const comment = '# kubeharden-ignore pod/privileged -- x\n';
  assert.deepEqual(shown(judged(`\uFEFF${comment}${privilegedPod}`.replaceAll('\n', '\r\n'))), []);
  const line = pod(
    '{{ .Values.name }}',
    'securityContext:',
    '  # kubeharden-ignore pod/privileged -- x',
    '  privileged: true',
  );
  assert.deepEqual(shown(judged(line.replaceAll('\n', '\r\n'))), []);
});

test('an annotation suppresses in its resource, or in its pod template', () => {
  const annotated = (at: 'resource' | 'template', key: string, value = 'driver') => {
    const annotations = (indent: string) => `${indent}annotations:\n${indent}  ${key}: ${value}\n`;
    return (
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n${at === 'resource' ? annotations('  ') : ''}` +
      `spec:\n  template:\n    metadata:\n      labels: {app: web}\n${at === 'template' ? annotations('      ') : ''}` +
      `    spec:\n      hostNetwork: true\n      containers:\n        - name: a\n          image: nginx:1\n          securityContext: {privileged: true}\n`
    );
  };
  for (const at of ['resource', 'template'] as const) {
    const result = judged(annotated(at, 'kubeharden.io/ignore.pod.privileged'));
    assert.deepEqual(
      result.findings.map(({ ruleId }) => ruleId),
      ['pod/host-network'],
    );
    assert.deepEqual(
      result.suppressed.map(({ reason }) => reason),
      ['driver'],
    );
  }
  const unknown = judged(annotated('resource', 'kubeharden.io/ignore.pod.priviliged'));
  assert.deepEqual(unknown.findings.map(({ ruleId, message }) => [ruleId, message])[0], [
    'kubeharden/invalid-suppression',
    'There is no rule "pod/priviliged", so suppressing it has no effect: did you mean "pod/privileged"?',
  ]);
  const ofCheck = judged(annotated('resource', 'kubeharden.io/ignore.image.tag-drift'));
  assert.ok(ofCheck.findings.every(({ ruleId }) => !ruleId.startsWith('kubeharden/')));
  const empty = judged(annotated('resource', 'kubeharden.io/ignore.pod.privileged', '""'));
  assert.equal(empty.findings[0]?.messageKey, 'annotationNoReason');
  const expired = judged(annotated('resource', 'kubeharden.io/ignore.pod.privileged', 'until=2026-06-14 driver'));
  assert.equal(expired.findings[0]?.ruleId, 'kubeharden/expired-suppression');
  const running = judged(annotated('resource', 'kubeharden.io/ignore.pod.privileged', 'until=2026-06-15 -- driver'));
  assert.deepEqual(
    running.suppressed.map(({ reason }) => reason),
    ['driver'],
  );
});

test('a suppression without reason, rule or known id does not count, and says so', () => {
  const withComment = (comment: string) => {
    const { findings } = judged(pod('web', 'securityContext:', `  ${comment}`, '  privileged: true'));
    return findings.map(({ ruleId, messageKey }) => `${ruleId} ${messageKey}`);
  };
  const shownAsWell = 'pod/privileged privileged';
  const invalid = 'kubeharden/invalid-suppression';
  assert.deepEqual(withComment('# kubeharden-ignore pod/privileged'), [`${invalid} noReason`, shownAsWell]);
  assert.deepEqual(withComment('# kubeharden-ignore -- x'), [`${invalid} noRule`, shownAsWell]);
  assert.deepEqual(withComment('# kubeharden-ignore privileged -- x'), [`${invalid} unknownRuleGuess`, shownAsWell]);
  assert.deepEqual(withComment('# kubeharden-ignore pod/xyzxyz -- x'), [`${invalid} unknownRule`, shownAsWell]);
  assert.deepEqual(withComment('# kubeharden-ignore pod/privileged until=2026-02-30 -- x'), [
    `${invalid} invalidDate`,
    shownAsWell,
  ]);
  // One wrong id does not spoil the right one.
  assert.deepEqual(withComment('# kubeharden-ignore pod/privileged, pod/xyzxyz -- x'), [`${invalid} unknownRule`]);
});

test('an end date is the last day that counts', () => {
  const text = pod(
    'web',
    'securityContext:',
    '  # kubeharden-ignore pod/privileged until=2026-06-15 -- x',
    '  privileged: true',
  );
  assert.deepEqual(shown(judged(text, {}, '2026-06-15')), []);
  assert.deepEqual(shown(judged(text, {}, '2026-06-16')), [
    '10:50 kubeharden/expired-suppression',
    '11:21 pod/privileged',
  ]);
});

test('what hides nothing is reported, but only of rules that were judged', () => {
  const text = pod('web', '# kubeharden-ignore pod/privileged, pod/privilege-escalation -- x', 'securityContext: {}');
  // privilege-escalation is not in the profile, so nobody knows whether it is needed.
  const { findings } = judged(text);
  assert.deepEqual(
    findings.map(({ ruleId, args }) => [ruleId, args.rule]),
    [['kubeharden/unused-suppression', 'pod/privileged']],
  );
  assert.equal(findings[0]?.description.tag, 'unnecessary');
  const acrossFiles = `# kubeharden-ignore network/default-deny-missing -- x\n${pod('web')}`;
  assert.deepEqual(shown(judged(acrossFiles)), []);
  const broken = pod('web', '# kubeharden-ignore pod/privileged -- x', 'securityContext: {}', 'bad: [');
  assert.ok(!judged(broken).findings.some(({ ruleId }) => ruleId === 'kubeharden/unused-suppression'));
});

test('a finding across files is suppressed where it shows', () => {
  const { set, shown: lines } = testWorkspace();
  set('a.yaml', pod('web'));
  assert.deepEqual(lines('a.yaml'), ['4:9 network/default-deny-missing']);
  set('a.yaml', `# kubeharden-ignore network/default-deny-missing -- x\n${pod('web')}`);
  assert.deepEqual(lines('a.yaml'), []);
});

test('findings about suppressions are configured like any other', () => {
  const text = pod('web', '# kubeharden-ignore pod/privileged -- x', 'securityContext: {}');
  const off = new Map([['kubeharden/unused-suppression', { setting: 'off' as const }]]);
  assert.deepEqual(judged(text, { rules: off }).findings, []);
});

test('fixing all removes an unused comment, or the one rule of it that is unused', () => {
  const fix = (text: string) => {
    const { workspace, set } = testWorkspace({ settings: { profile: 'restricted' }, complete: false });
    set('a.yaml', text);
    return workspace.fixAll('file:///project/a.yaml', { classes: ['safe'] }, { randomBytes: () => '' }).text;
  };
  const harmless = 'securityContext: {allowPrivilegeEscalation: false}';
  assert.equal(fix(pod('web', '# kubeharden-ignore pod/privileged -- x', harmless)), pod('web', harmless));
  assert.equal(fix(pod('web', `${harmless}   # kubeharden-ignore pod/privileged -- x`)), pod('web', harmless));
  const both = (rules: string) => pod('web', `# kubeharden-ignore ${rules} -- x`, 'securityContext: {}');
  assert.equal(fix(both('pod/privileged, pod/privilege-escalation')), both('pod/privilege-escalation'));
  assert.equal(fix(both('pod/privilege-escalation, pod/privileged')), both('pod/privilege-escalation'));
  const none = pod('web', harmless);
  assert.equal(fix(pod('web', '# kubeharden-ignore pod/privileged, pod/privilege-escalation -- x', harmless)), none);
  const crlf = pod('web', '# kubeharden-ignore pod/privileged -- x', harmless).replaceAll('\n', '\r\n');
  assert.equal(fix(crlf), none.replaceAll('\n', '\r\n'));
});
