import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import type { FixAllRequest } from '../../server/src/analysis/index.ts';
import { writeBaseline } from '../../server/src/analysis/index.ts';
import { applyEdits } from '../../server/src/manifest/index.ts';
import { defineRule, type Rule, rules } from '../../server/src/rules/index.ts';
import { privileged, smallRules } from './testRules.ts';
import { folder, pod, privilegedLines, testWorkspace, uriOf } from './testWorkspace.ts';

const values = { randomBytes: () => '' };

function fixAll(text: string, request: FixAllRequest, rules: readonly Rule[] = smallRules) {
  const { workspace, set } = testWorkspace({ rules, settings: { profile: 'restricted' }, complete: false });
  set('a.yaml', text);
  const result = workspace.fixAll(uriOf('a.yaml'), request, values);
  assert.equal(applyEdits(text, result.edits), result.text);
  // The workspace itself is not touched.
  assert.equal(workspace.file(uriOf('a.yaml'))?.text, text);
  return result;
}

const weak = `${pod('web', ...privilegedLines)}  privileged: true # pointless\n`;

test('safe fixes only, or hardening ones as well, until nothing is left', () => {
  const safe = fixAll(weak, { classes: ['safe'] });
  assert.equal(safe.text, pod('web', ...privilegedLines));
  assert.deepEqual(safe.applied, [{ ruleId: 'pod/misplaced', title: 'Remove privileged' }]);
  // Not privileged any more, the container is found to allow privilege escalation: another round.
  const hardened = fixAll(weak, { classes: ['safe', 'hardening'] });
  assert.equal(
    hardened.text,
    pod('web', 'securityContext:', '  privileged: false', '  allowPrivilegeEscalation: false'),
  );
  assert.equal(hardened.applied.length, 3);
});

test('a second run changes nothing', () => {
  const once = fixAll(weak, { classes: ['safe', 'hardening'] }).text;
  const twice = fixAll(once, { classes: ['safe', 'hardening'] });
  assert.deepEqual([twice.text, twice.edits, twice.applied], [once, [], []]);
});

test('only what is selected', () => {
  const two = `${weak}---\n${weak.replace('name: web', 'name: other')}`;
  const result = fixAll(two, { classes: ['safe', 'hardening'], select: ({ resource }) => resource === 'Pod other' });
  assert.ok(result.text.startsWith(weak));
  assert.ok(!result.text.slice(weak.length).includes('privileged: true'));
  const oneRule = fixAll(two, { classes: ['hardening'], select: ({ ruleId }) => ruleId === 'pod/privileged' });
  assert.equal(oneRule.text, two.replaceAll('  privileged: true\n', '  privileged: false\n'));
});

test('suppressed findings are left alone', () => {
  const text = pod('web', '# kubeharden-ignore pod/privileged -- driver', ...privilegedLines);
  assert.equal(fixAll(text, { classes: ['safe', 'hardening'] }).text, text);
});

test('fixes that undo each other come to an end', () => {
  const toggling = (id: Rule['id'], from: boolean) =>
    defineRule({
      ...privileged,
      id,
      subject: 'container',
      messages: { toggle: 'Toggle.' },
      judge(container, report) {
        const node = container.securityContext.get('privileged');
        if (node.boolean !== from) return;
        report({
          at: node,
          message: 'toggle',
          fixes: () => [{ fixClass: 'safe', title: 'Toggle', operations: [{ op: 'set', node, value: !from }] }],
        });
      },
    });
  const result = fixAll(pod('web', ...privilegedLines), { classes: ['safe'] }, [
    toggling('pod/on', true),
    toggling('pod/off', false),
  ]);
  assert.equal(result.applied.length, 1);
});

const real = (...ids: readonly string[]) => rules.filter(({ id }) => ids.includes(id));

test('a fix waits for another that moves the lines beside it', () => {
  // One takes runAsUser: 0 away and with it the security context, the other adds to that context.
  const text = pod('web', 'securityContext:', '  runAsUser: 0');
  const both = real('pod/run-as-non-root', 'pod/capabilities-drop-all');
  const result = fixAll(text, { classes: ['hardening'] }, both);
  const spec = (parse(result.text) as { readonly spec: { containers: readonly unknown[] } }).spec;
  assert.deepEqual(spec, {
    containers: [{ ...imageOf(text), securityContext: { capabilities: { drop: ['ALL'] } } }],
    securityContext: { runAsNonRoot: true },
  });
});

test('two fixes that begin the same map come one after the other', () => {
  const text = pod('web', 'seccompProfile:', '  type: RuntimeDefault', 'tty: true');
  const both = real('pod/misplaced-in-container', 'pod/privilege-escalation');
  const result = fixAll(text, { classes: ['safe', 'hardening'] }, both);
  const [container] = (parse(result.text) as { readonly spec: { containers: readonly unknown[] } }).spec.containers;
  const securityContext = { seccompProfile: { type: 'RuntimeDefault' }, allowPrivilegeEscalation: false };
  assert.deepEqual(container, { ...imageOf(text), securityContext, tty: true });
});

/** Name and image of the only container. */
function imageOf(text: string): object {
  const [container] = (parse(text) as { readonly spec: { containers: readonly { name: string; image: string }[] } })
    .spec.containers;
  return { name: container?.name, image: container?.image };
}

test('what cannot be fixed says why', () => {
  const text = pod('web', 'securityContext: &shared {privileged: true}').concat(
    '    - name: two\n      image: nginx:1\n      securityContext: *shared\n',
  );
  const { refused } = fixAll(text, { classes: ['hardening'], select: ({ args }) => args.container === 'two' });
  assert.deepEqual(
    refused.map(({ ruleId }) => ruleId),
    ['pod/privileged'],
  );
  assert.ok(refused[0]?.reason);
});

test('an unknown file and a configuration are left as they are', () => {
  const { workspace, set } = testWorkspace();
  assert.deepEqual(workspace.fixAll(uriOf('none.yaml'), { classes: ['safe'] }, values).edits, []);
  set('.kubeharden.yaml', 'profil: all\n');
  assert.equal(workspace.fixAll(uriOf('.kubeharden.yaml'), { classes: ['safe'] }, values).text, 'profil: all\n');
});

/** The text after the suppression of the first finding, which is then gone without another in its place. */
function suppressed(text: string, target: 'line' | 'resource' | 'file', ruleId = 'pod/privileged') {
  const { workspace, set, findings } = testWorkspace({ complete: false });
  set('a.yaml', text);
  const before = findings('a.yaml').findings;
  const finding = before.find((candidate) => candidate.ruleId === ruleId);
  assert.ok(finding);
  const plan = workspace.planSuppression(finding, target, 'driver');
  if (plan.kind === 'refused') return plan.reason;
  const after = applyEdits(text, plan.edits);
  set('a.yaml', after);
  const left = findings('a.yaml').findings;
  assert.ok(left.length < before.length, after);
  assert.deepEqual(
    left.filter((one) => one.ruleId.startsWith('kubeharden/')),
    [],
  );
  return after;
}

test('suppressing on the line writes a comment above it', () => {
  const comment = '# kubeharden-ignore pod/privileged -- driver';
  assert.equal(
    suppressed(pod('web', ...privilegedLines), 'line'),
    pod('web', 'securityContext:', `  ${comment}`, '  privileged: true'),
  );
  // Above the first line it would speak of the document.
  const first =
    '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: b, securityContext: {privileged: true}}]}}';
  assert.equal(suppressed(`# top\n${first}\n`, 'line'), `# top\n${first} ${comment}\n`);
  const crlf = pod('web', ...privilegedLines).replaceAll('\n', '\r\n');
  assert.ok(String(suppressed(crlf, 'line')).includes(`        ${comment}\r\n`));
});

test('suppressing a finding inside a text of several lines writes above its key', () => {
  const inText = defineRule({
    ...privileged,
    id: 'pod/privileged',
    subject: 'resource',
    kinds: ['ConfigMap'],
    messages: { here: 'Here.' },
    judge(resource, report) {
      const node = resource.node.get('data', 'script');
      const from = node.string?.indexOf('evil') ?? -1;
      if (from >= 0) report({ at: node.span(from, from + 4), message: 'here' });
    },
  });
  const { workspace, set, findings } = testWorkspace({ rules: [inText], complete: false });
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  script: |\n    one\n    evil\n';
  set('a.yaml', text);
  const [finding] = findings('a.yaml').findings;
  assert.equal(finding?.range.start.line, 6);
  const plan = workspace.planSuppression(finding, 'line', 'x');
  assert.ok(plan.kind === 'edits');
  const after = applyEdits(text, plan.edits);
  assert.equal(after, text.replace('  script', '  # kubeharden-ignore pod/privileged -- x\n  script'));
  set('a.yaml', after);
  assert.deepEqual(findings('a.yaml').findings, []);
});

test('suppressing in the resource writes above its first key, or annotates it', () => {
  const comment = '# kubeharden-ignore pod/privileged -- driver\n';
  const one = pod('web', ...privilegedLines);
  assert.equal(suppressed(`# licence\n\n${one}`, 'resource'), `# licence\n\n${comment}${one}`);
  assert.equal(suppressed(`\uFEFF${one}`, 'resource'), `\uFEFF${comment}${one}`);
  const item =
    'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: a\n  spec: {containers: [{name: a, image: b, securityContext: {privileged: true}}]}\n';
  assert.equal(
    suppressed(item, 'resource'),
    item.replace('    name: a\n', '    name: a\n    annotations:\n      kubeharden.io/ignore.pod.privileged: driver\n'),
  );
  const json =
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"a","image":"b","securityContext":{"privileged":true}}]}}\n';
  assert.ok(String(suppressed(json, 'resource')).includes('"kubeharden.io/ignore.pod.privileged"'));
  assert.equal(suppressed(json, 'line'), 'JSON has no comments.');
  assert.equal(suppressed(json, 'file'), 'JSON has no comments.');
});

test('suppressing in the file writes at its top', () => {
  const text = `# licence\n---\n${pod('web', ...privilegedLines)}---\n${pod('web', ...privilegedLines)}`;
  assert.equal(
    suppressed(text, 'file'),
    text.replace('---\n', '---\n# kubeharden-ignore-file pod/privileged -- driver\n'),
  );
});

test('a baseline turns what it lists into information', () => {
  const text = pod('web', ...privilegedLines);
  const first = testWorkspace({ complete: false });
  first.set('a.yaml', text);
  const baseline = writeBaseline(first.findings('a.yaml').findings, folder);
  assert.deepEqual(
    JSON.parse(baseline).findings.map(({ rule, file }: { rule: string; file: string }) => [rule, file]),
    [['pod/privileged', 'a.yaml']],
  );

  const disk = { '.kubeharden.yaml': 'baseline: ci/baseline.json', 'ci/baseline.json': baseline };
  const { set, findings } = testWorkspace({ disk, complete: false });
  set('a.yaml', `# moved\n${text}  hostNetwork: true\n`);
  assert.deepEqual(
    findings('a.yaml').findings.map(({ ruleId, severity, isBaselined }) => [ruleId, severity, isBaselined]),
    [
      ['pod/privileged', 'info', true],
      ['pod/host-network', 'warning', false],
    ],
  );
  for (const broken of [
    'not json',
    '{}',
    '{"version":2,"findings":[]}',
    '{"version":1,"findings":[{}]}',
    '{"version":1,"findings":1}',
  ]) {
    const with_ = testWorkspace({ disk: { ...disk, 'ci/baseline.json': broken } });
    with_.set('.kubeharden.yaml', disk['.kubeharden.yaml']);
    assert.deepEqual(
      with_.findings('.kubeharden.yaml').findings.map(({ messageKey }) => messageKey),
      ['unreadableBaseline'],
      broken,
    );
  }
});
