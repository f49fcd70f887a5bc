// Rules that judge a whole resource see the pod templates of kinds that only the settings name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { testWorkspace } from '../analysis/testWorkspace.ts';

const configuration = `podTemplates:
  - kind: Runner.example.com
    path: spec.pod
`;

const runner = `apiVersion: example.com/v1
kind: Runner
metadata:
  name: build
spec:
  pod:
    spec:
      automountServiceaccountToken: false
      containers:
        - name: build
          image: registry.example.com/build:1.0.0
          env:
            - name: DB_PASSWORD
              value: changeme
`;

for (const [id, line] of [
  ['pod/misspelt-security-field', 8],
  ['secrets/default-password', 14],
] as const) {
  test(`${id} in a pod template of the settings`, () => {
    const judged = rules.filter((rule) => rule.id === id);
    const withSetting = testWorkspace({ rules: judged, disk: { '.kubeharden.yaml': configuration } });
    const without = testWorkspace({ rules: judged });
    for (const { set } of [withSetting, without]) set('runner.yaml', runner);
    const lines = withSetting.findings('runner.yaml').findings.map(({ range }) => range.start.line + 1);
    assert.deepEqual(lines, [line]);
    assert.deepEqual(without.shown('runner.yaml'), []);
  });
}
