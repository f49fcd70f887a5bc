import assert from 'node:assert/strict';
import {
  closeAll,
  findings,
  openUntitled,
  privilegedPod,
  replace,
  ruleIdOf,
  ruleIds,
  waitForFinding,
  waitUntilGone,
} from './support.ts';

describe('suppression', () => {
  afterEach(closeAll);

  it('a directive above the line silences the finding', async () => {
    const editor = await openUntitled(privilegedPod);
    const { uri } = editor.document;
    await waitForFinding(uri, 'pod/privileged');
    const directive = '# kubeharden-ignore pod/privileged -- it configures the network of its node';
    await replace(editor, '        privileged: true', `        ${directive}\n        privileged: true`);
    await waitUntilGone(uri, 'pod/privileged');
  });

  it('a directive that silences nothing is reported as unnecessary', async () => {
    const editor = await openUntitled(`# kubeharden-ignore pod/host-path -- not any more\n${privilegedPod}`);
    const { uri } = editor.document;
    const finding = await waitForFinding(uri, 'kubeharden/unused-suppression');
    assert.equal(finding.range.start.line, 0);
    assert.ok(finding.tags?.length, 'it is shown faded');
  });

  it('an end date that has passed brings the finding back', async () => {
    const directive = '# kubeharden-ignore pod/privileged until=2020-01-31 -- until the new agent';
    const { document } = await openUntitled(
      privilegedPod.replace('        privileged', `        ${directive}\n        privileged`),
    );
    await waitForFinding(document.uri, 'kubeharden/expired-suppression');
    assert.ok(ruleIds(document.uri).includes('pod/privileged'));
    assert.ok(findings(document.uri).every((finding) => ruleIdOf(finding) !== 'kubeharden/unused-suppression'));
  });
});
