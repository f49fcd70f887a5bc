import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judged, pod, privilegedLines, shown, testWorkspace, uriOf } from './testWorkspace.ts';

const finding = 'pod/privileged';

/** The ids that still show, and the reasons of those that do not. */
function judgedIds(text: string, today?: string) {
  const { findings, suppressed } = judged(text, {}, today);
  return [findings.map(({ ruleId }) => ruleId), suppressed.map(({ reason }) => reason)];
}

function annotated(annotation: string): string {
  return pod('web', ...privilegedLines).replace('  name: web\n', `  name: web\n  annotations:\n    ${annotation}\n`);
}

test("the peers' annotations are honoured", () => {
  for (const [annotation, reason] of [
    ['checkov.io/skip1: CKV_K8S_16=driver', 'driver'],
    ['checkov.io/skip12: CKV_K8S_16', 'skipped for Checkov'],
    ['checkov.io/skip: CKV_K8S_16=driver', 'driver'],
    ['checkov.io/skipPrivileged: CKV_K8S_16=driver', 'driver'],
    ['bridgecrew.io/skip1: CKV_K8S_16=driver', 'driver'],
    ['cortex.io/skip1: CKV_K8S_16=driver', 'driver'],
    ['ignore-check.kube-linter.io/privileged-container: driver', 'driver'],
    ['kube-linter.io/ignore-all: driver', 'driver'],
    ['kube-score/ignore: other, privileged', 'ignored for kube-score'],
    ['polaris.fairwinds.com/runAsPrivileged-exempt: "true"', 'exempt for Polaris'],
    ['polaris.fairwinds.com/exempt: "true"', 'exempt for Polaris'],
  ] as const) {
    assert.deepEqual(judgedIds(annotated(annotation)), [[], [reason]], annotation);
  }
});

test('annotations that mean something else are not', () => {
  for (const annotation of [
    'checkov.io/skip1: CKV_K8S_17=driver',
    'checkov.io/other: CKV_K8S_16=driver',
    'ignore-check.kube-linter.io/host-network: driver',
    'polaris.fairwinds.com/runAsPrivileged-exempt: "false"',
    'example.com/ignore: privileged',
  ]) {
    assert.deepEqual(judgedIds(annotated(annotation)), [[finding], []], annotation);
  }
});

test('comments for Checkov speak of the resource, those for Trivy of the line or block', () => {
  const at = (comment: string) => pod('web', 'securityContext:', `  ${comment}`, '  privileged: true');
  assert.deepEqual(judgedIds(at('# checkov:skip=CKV_K8S_20,CKV_K8S_16:driver')), [[], ['driver']]);
  assert.deepEqual(judgedIds(`# checkov:skip=CKV_K8S_16:top\n${pod('web', ...privilegedLines)}`), [[], ['top']]);
  for (const id of ['KSV-0017', 'AVD-KSV-0017', 'KSV017', 'ksv-0017']) {
    assert.deepEqual(judgedIds(at(`# trivy:ignore:${id}`)), [[], ['ignored for Trivy']], id);
  }
  assert.deepEqual(judgedIds(at('#trivy:ignore:KSV-0001')), [[finding], []]);
  assert.deepEqual(judgedIds(at('#trivy:ignore:KSV-0017:exp:2026-06-15'), '2026-06-15'), [[], ['ignored for Trivy']]);
  assert.deepEqual(judgedIds(at('#trivy:ignore:KSV-0017:exp:2026-06-15'), '2026-06-16'), [[finding], []]);
  assert.deepEqual(judgedIds(pod('web', '#trivy:ignore:KSV-0017', 'tty: true', ...privilegedLines)), [[finding], []]);
});

test('comments for KICS speak of the line, the block or the file', () => {
  assert.deepEqual(judgedIds(pod('web', 'securityContext:', '  # kics-scan ignore-line', '  privileged: true')), [
    [],
    ['ignored for KICS'],
  ]);
  assert.deepEqual(judgedIds(pod('web', '# kics-scan ignore-line', ...privilegedLines)), [[finding], []]);
  assert.deepEqual(judgedIds(pod('web', '# kics-scan ignore-block', ...privilegedLines)), [[], ['ignored for KICS']]);
  const two = `${pod('web', ...privilegedLines)}---\n${pod('web', ...privilegedLines)}`;
  assert.deepEqual(judgedIds(`# kics-scan ignore\n${two}`)[0], []);
  assert.deepEqual(judgedIds(pod('web', '# kics-scan ignore', ...privilegedLines))[0], [finding]);
});

test('.trivyignore in the root of the folder is honoured, for as long as it says', () => {
  const {
    set,
    shown: lines,
    workspace,
    disk,
  } = testWorkspace({ disk: { '.trivyignore': '# ours\nAVD-KSV-0017 exp:2026-06-15\n' } });
  set('a.yaml', pod('web', ...privilegedLines));
  assert.deepEqual(lines('a.yaml'), ['4:9 network/default-deny-missing']);
  disk.set('.trivyignore', 'KSV-0017 exp:2026-06-14\n');
  workspace.configurationChanged();
  assert.deepEqual(lines('a.yaml'), ['4:9 network/default-deny-missing', '10:21 pod/privileged']);
  assert.equal(workspace.findings(uriOf('a.yaml')).suppressed.length, 0);
});

test("the peers' suppressions are never called unused", () => {
  const text = annotated('checkov.io/skip1: CKV_K8S_16=x').replace(
    'privileged: true',
    'privileged: false # trivy:ignore:KSV-0017',
  );
  assert.deepEqual(shown(judged(text)), []);
});
