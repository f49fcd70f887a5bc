// The second fix of pod/read-only-root-fs: an empty /tmp beside the read-only root.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { applyEdits, fixedValues, judge } from '../support/judgedWorkspace.ts';

const readOnlyRootFs = rules.filter((rule) => rule.id === 'pod/read-only-root-fs');

const start = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n';

/** The text after the second fix of the first finding; undefined where there is none. */
function withEmptyTmp(spec: string): string | undefined {
  const text = `${start}${spec}`;
  const { workspace, findings } = judge(new Map([['pod.yaml', text]]), { rules: readOnlyRootFs });
  const [finding] = findings('pod.yaml');
  assert.ok(finding);
  const [, fix] = finding.fixes();
  if (fix === undefined) return undefined;
  const plan = workspace.planFix(finding.uri, fix, fixedValues);
  assert.equal(plan.kind, 'edits');
  return plan.kind === 'edits' ? applyEdits(text, plan.edits).slice(start.length) : undefined;
}

test('mounts an empty directory at /tmp', () => {
  assert.equal(
    withEmptyTmp('  containers:\n    - name: web\n      image: web:1.4.2\n'),
    `  containers:
    - name: web
      image: web:1.4.2
      securityContext:
        readOnlyRootFilesystem: true
      volumeMounts:
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: tmp
      emptyDir: {}
`,
  );
});

test('takes a name that no volume has, and adds to what is mounted', () => {
  const container =
    '  containers:\n    - name: web\n      image: web:1.4.2\n      volumeMounts: [{name: tmp, mountPath: /data}]\n';
  assert.equal(
    withEmptyTmp(`${container}  volumes:\n    - name: tmp\n      emptyDir: {}\n`),
    `  containers:
    - name: web
      image: web:1.4.2
      volumeMounts: [{name: tmp, mountPath: /data}, {name: tmp-web, mountPath: /tmp}]
      securityContext:
        readOnlyRootFilesystem: true
  volumes:
    - name: tmp
      emptyDir: {}
    - name: tmp-web
      emptyDir: {}
`,
  );
});

test('is not offered where the API server would refuse it', () => {
  const mounted =
    '  containers:\n    - name: web\n      image: web:1.4.2\n      volumeMounts: [{name: data, mountPath: /tmp/}]\n';
  assert.equal(withEmptyTmp(mounted), undefined);
  const both = '  volumes: [{name: tmp}, {name: tmp-web}]\n  containers:\n    - name: web\n      image: web:1.4.2\n';
  assert.equal(withEmptyTmp(both), undefined);
  const longName = `  volumes: [{name: tmp}]\n  containers:\n    - name: ${'a'.repeat(63)}\n      image: web:1.4.2\n`;
  assert.equal(withEmptyTmp(longName), undefined);
});
