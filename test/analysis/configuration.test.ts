import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { schemaMismatch } from '../../server/src/analysis/configuration/jsonSchema.ts';
import {
  configurationSchema,
  type FaceSettings,
  type RuleEntry,
  type RuleSetting,
} from '../../server/src/analysis/index.ts';
import { applyEdits } from '../../server/src/manifest/index.ts';
import { rules as registeredRules } from '../../server/src/rules/index.ts';
import { smallRules } from './testRules.ts';
import { folder, pod, privilegedLines, testWorkspace, uriOf } from './testWorkspace.ts';

const privilegedPod = pod('web', ...privilegedLines);

function entries(settings: Readonly<Record<string, RuleSetting>>): ReadonlyMap<string, RuleEntry> {
  return new Map(Object.entries(settings).map(([rule, setting]) => [rule, { setting }]));
}

/** The severity of pod/privileged in `a/b/x.yaml`, by where it is set. */
function severity(disk: Readonly<Record<string, string>>, settings: FaceSettings = {}) {
  return testWorkspace({ disk, settings }).workspace.configurationFor(uriOf('a/b/x.yaml')).severityOf('pod/privileged');
}

test('precedence: forced settings, the nearest file, the settings of the face, the profile', () => {
  const face = { rules: entries({ 'pod/privileged': 'info' }) };
  const root = 'rules: {pod/privileged: warning}\n';
  assert.equal(severity({}), 'error');
  assert.equal(severity({}, face), 'info');
  assert.equal(severity({ '.kubeharden.yaml': root }, face), 'warning');
  assert.equal(
    severity({ '.kubeharden.yaml': root, 'a/.kubeharden.yaml': 'rules: {pod/privileged: off}' }, face),
    undefined,
  );
  assert.equal(
    severity({ '.kubeharden.yaml': root }, { ...face, forced: { rules: entries({ 'pod/privileged': 'on' }) } }),
    'error',
  );
});

test('the nearest file holds alone unless it extends its parent', () => {
  const root = 'profile: restricted\nrules: {pod/privileged: warning}\n';
  const profile = (near: string) =>
    testWorkspace({ disk: { '.kubeharden.yaml': root, 'a/.kubeharden.yaml': near } }).workspace.configurationFor(
      uriOf('a/b/x.yaml'),
    );
  const alone = profile('kubernetesVersion: "1.30"');
  assert.deepEqual([alone.profile, alone.version.minor, alone.severityOf('pod/privileged')], ['guide', 30, 'error']);
  const extending = profile('extends: parent\nkubernetesVersion: "1.30"');
  assert.deepEqual(
    [extending.profile, extending.version.minor, extending.severityOf('pod/privileged')],
    ['restricted', 30, 'warning'],
  );
});

test('overrides hold for their paths, later ones win, and are relative to their file', () => {
  const text = [
    'overrides:',
    '  - {paths: ["b/**"], rules: {pod/privileged: info}, reason: dev}',
    '  - {paths: ["x.yaml"], rules: {pod/privileged: warning}, reason: x}',
    '  - {paths: ["c/"], rules: {pod/privileged: off}, reason: c}',
  ].join('\n');
  const { workspace } = testWorkspace({ disk: { 'a/.kubeharden.yaml': text } });
  const of = (path: string) => workspace.configurationFor(uriOf(path)).severityOf('pod/privileged');
  assert.deepEqual(
    [of('a/b/x.yaml'), of('a/b/y.yaml'), of('a/c/y.yaml'), of('b/y.yaml')],
    ['warning', 'info', undefined, 'error'],
  );
});

test('a named file is used in place of the nearest', () => {
  const disk = { '.kubeharden.yaml': 'profile: all', 'ci/strict.yaml': 'profile: restricted' };
  const { workspace } = testWorkspace({ disk, settings: { configurationFile: uriOf('ci/strict.yaml') } });
  assert.equal(workspace.configurationFor(uriOf('a.yaml')).profile, 'restricted');
});

test('equal inputs give the same object, also after a change elsewhere', () => {
  const { workspace, disk } = testWorkspace({
    disk: { '.kubeharden.yaml': 'profile: restricted\noverrides: [{paths: ["dev/**"], rules: {pod/privileged: off}}]' },
  });
  const of = (path: string) => workspace.configurationFor(uriOf(path));
  assert.equal(of('a.yaml'), of('b/c.yaml'));
  assert.notEqual(of('a.yaml'), of('dev/a.yaml'));
  const before = of('a.yaml');
  disk.set('.kubeharden.yaml', 'profile: restricted # the same\n');
  workspace.configurationChanged();
  assert.equal(of('a.yaml'), before);
  assert.equal(of('dev/a.yaml'), before);
  disk.set('.kubeharden.yaml', 'profile: all');
  workspace.configurationChanged();
  assert.notEqual(of('a.yaml').hash, before.hash);
});

test('an excluded file is not judged at all, and its facts do not count', () => {
  const { set, findings, shown, workspace, disk } = testWorkspace({
    disk: { '.kubeharden.yaml': 'exclude: ["vendor/**"]' },
  });
  set('vendor/x.yaml', privilegedPod);
  set('pod.yaml', pod('web'));
  assert.deepEqual(findings('vendor/x.yaml'), {
    uri: uriOf('vendor/x.yaml'),
    findings: [],
    suppressed: [],
    notChecked: [],
    resourceCount: 0,
    isManifest: false,
  });
  set(
    'vendor/policy.yaml',
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny}\nspec: {podSelector: {}, policyTypes: [Ingress]}\n',
  );
  assert.deepEqual(shown('pod.yaml'), ['4:9 network/default-deny-missing']);
  disk.delete('.kubeharden.yaml');
  workspace.configurationChanged();
  assert.deepEqual(shown('pod.yaml'), []);
  assert.deepEqual(shown('vendor/x.yaml'), ['10:21 pod/privileged']);
});

test('options are merged over the defaults and reach the rule', () => {
  const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
  const disk = { '.kubeharden.yaml': 'rules: {secrets/forbidden-name: {options: {forbidden: [worse]}}}' };
  const { set, shown } = testWorkspace({ disk });
  set('a.yaml', configMap('bad'));
  set('b.yaml', configMap('worse'));
  assert.deepEqual([shown('a.yaml'), shown('b.yaml')], [[], ['3:18 secrets/forbidden-name']]);
});

test('checks of a cluster may be named, and guessed', () => {
  const text = 'rules:\n  image/tag-drift: off\n  image/tag-drifts: off\n  etcd/encryption-at-rest: {options: {}}\n';
  const { set, findings, workspace } = testWorkspace({ disk: { '.kubeharden.yaml': text } });
  set('.kubeharden.yaml', text);
  assert.deepEqual(
    findings('.kubeharden.yaml').findings.map(({ messageKey, args }) => [messageKey, args.rule, args.guess]),
    [
      ['unknownRuleGuess', 'image/tag-drifts', 'image/tag-drift'],
      ['noOptions', 'etcd/encryption-at-rest', undefined],
    ],
  );
  const configuration = workspace.configurationFor(uriOf('pod.yaml'));
  assert.equal(configuration.isSwitchedOff('image/tag-drift'), true);
  assert.equal(configuration.isSwitchedOff('etcd/encryption-at-rest'), false);
});

test('what has no effect is reported at its key, value or entry', () => {
  const text = [
    'profil: restricted',
    'profile: strict',
    'kubernetesVersion: 1.30',
    'rules:',
    '  pod/privilegd: off',
    '  nothing/like-it: off',
    '  pod/privileged: loud',
    '  pod/host-network: {options: {}}',
    '  secrets/forbidden-name: {severity: info, options: {forbidden: [1]}, more: 1}',
    'exclude: vendor',
    'overrides:',
    '  - {path: ["x"]}',
    'podTemplates:',
    '  - {kind: Rollout.example.com}',
    'baseline: none.json',
    'extends: parent',
    '---',
    'profile: all',
  ].join('\n');
  const { set, findings, workspace } = testWorkspace({ disk: { '.kubeharden.yaml': text } });
  set('.kubeharden.yaml', text);
  const reported = findings('.kubeharden.yaml').findings;
  assert.deepEqual(
    reported.map(({ range, messageKey, args }) => [
      `${range.start.line + 1}:${range.start.character + 1}-${range.end.character + 1}`,
      messageKey,
      args.guess ?? args.key ?? args.option ?? '',
    ]),
    [
      ['1:1-7', 'unknownKeyGuess', 'profile'],
      ['2:10-16', 'invalidValue', 'profile'],
      ['3:20-24', 'unquotedVersion', ''],
      ['5:3-16', 'unknownRuleGuess', 'pod/privileged'],
      ['6:3-18', 'unknownRule', ''],
      ['7:19-23', 'invalidValue', 'pod/privileged'],
      ['8:22-29', 'noOptions', ''],
      ['9:66-67', 'invalidOption', 'forbidden.0'],
      ['9:71-75', 'unknownKey', 'more'],
      ['10:10-16', 'invalidValue', 'exclude'],
      ['12:6-10', 'unknownKeyGuess', 'paths'],
      ['14:5-32', 'invalidValue', 'podTemplates'],
      ['15:11-20', 'unreadableBaseline', ''],
      ['16:10-16', 'noParent', ''],
      ['18:1-8', 'moreDocuments', ''],
    ],
  );
  assert.ok(
    reported.every(({ ruleId, severity: is }) => ruleId === 'kubeharden/invalid-configuration' && is === 'error'),
  );
  assert.match(reported[0]?.message ?? '', /did you mean "profile"\?$/);
  // What is right in it counts all the same.
  assert.equal(workspace.configurationFor(uriOf('a.yaml')).severityOf('secrets/forbidden-name'), 'info');
});

test('a broken or foreign configuration file is reported and does no harm', () => {
  for (const text of ['profile: [', '- a\n- b\n', 'just text']) {
    const { set, findings, shown } = testWorkspace({ disk: { '.kubeharden.yaml': text } });
    set('.kubeharden.yaml', text);
    set('a.yaml', privilegedPod);
    assert.ok(findings('.kubeharden.yaml').findings.length > 0, text);
    assert.ok(shown('a.yaml').includes('10:21 pod/privileged'), text);
  }
});

test('the name of a misspelt setting can be mended', () => {
  const text = 'rules:\n  pod/privilegd: off # why\n';
  const { set, findings, workspace } = testWorkspace({ disk: { '.kubeharden.yaml': text } });
  set('.kubeharden.yaml', text);
  const fix = findings('.kubeharden.yaml').findings[0]?.fixes()[0];
  assert.ok(fix);
  const plan = workspace.planFix(uriOf('.kubeharden.yaml'), fix, { randomBytes: () => '' });
  assert.equal(plan.kind === 'edits' && applyEdits(text, plan.edits), 'rules:\n  pod/privileged: off # why\n');
});

test('a rule gets a setting with the least change to the file', () => {
  const planned = (text: string | undefined) => {
    const { workspace } = testWorkspace({ disk: text === undefined ? {} : { '.kubeharden.yaml': text } });
    return workspace.planSeverity(uriOf('a/b.yaml'), 'pod/privileged', 'warning');
  };
  const uri = `${folder}/.kubeharden.yaml`;
  assert.deepEqual(planned(undefined), { kind: 'create', uri, text: 'rules:\n  pod/privileged: warning\n' });
  const text = (from: string) => {
    const plan = planned(from);
    return plan?.kind === 'edit' ? plan.text : plan;
  };
  assert.equal(
    text('# ours\nrules:\n  pod/privileged: off # no\n'),
    '# ours\nrules:\n  pod/privileged: warning # no\n',
  );
  assert.equal(text('profile: all\n'), 'profile: all\nrules:\n  pod/privileged: warning\n');
  assert.equal(text('# only a comment\n'), '# only a comment\nrules:\n  pod/privileged: warning\n');
  assert.equal(
    text('rules:\n  pod/privileged:\n    severity: info\n'),
    'rules:\n  pod/privileged:\n    severity: warning\n',
  );
});

test('the schema accepts what counts and refuses what does not', () => {
  const validate = new Ajv({ strict: false }).compile(configurationSchema(smallRules));
  const isValid = (text: string) => validate(parse(text));
  assert.ok(
    isValid(
      'extends: parent\nprofile: restricted\nkubernetesVersion: "1.37"\nrules: {pod/privileged: "off", secrets/forbidden-name: {severity: error, options: {forbidden: [a]}}}\nexclude: [a]\noverrides: [{paths: [a], rules: {pod/privileged: info}, reason: b}]\npodTemplates: [{kind: A.b, path: spec.template}]\nbaseline: b.json',
    ),
  );
  assert.ok(!isValid('profil: guide'));
  assert.ok(!isValid('rules: {pod/privilegd: info}'));
  assert.ok(!isValid('rules: {secrets/forbidden-name: {options: {forbidden: 1}}}'));
  assert.ok(!isValid('rules: {pod/privileged: {options: {}}}'));
});

test('the options of every rule have a schema that we can check, and a default that fits it', () => {
  for (const { id, options } of registeredRules) {
    if (options !== undefined) assert.equal(schemaMismatch(options.default, options.schema), undefined, id);
  }
});

test('mismatches with a schema are found where they stand', () => {
  const schema = {
    type: 'object',
    required: ['a'],
    additionalProperties: false,
    properties: {
      a: { type: 'integer', minimum: 1, maximum: 3 },
      b: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: ['x', 'y', 'z'] } },
      c: { type: ['string', 'null'], pattern: '^k' },
      d: { type: 'object', additionalProperties: { type: 'boolean' } },
    },
  };
  const of = (value: unknown) => {
    const mismatch = schemaMismatch(value, schema);
    return mismatch && `${mismatch.path.join('.')}: ${mismatch.expected}`;
  };
  assert.equal(of({ a: 1, b: ['x'], c: null, d: { e: true } }), undefined);
  assert.equal(of([]), ': a map');
  assert.equal(of({}), ': a map with the key "a"');
  assert.equal(of({ a: 0 }), 'a: at least 1');
  assert.equal(of({ a: 4 }), 'a: at most 3');
  assert.equal(of({ a: 1.5 }), 'a: a whole number');
  assert.equal(of({ a: 1, b: [] }), 'b: a list of at least 1');
  assert.equal(of({ a: 1, b: ['x', 'x'] }), 'b: a list without repetition');
  assert.equal(of({ a: 1, b: ['x', 'w'] }), 'b.1: one of x, y and z');
  assert.equal(of({ a: 1, c: 'j' }), 'c: a text that matches ^k');
  assert.equal(of({ a: 1, c: 1 }), 'c: a text or null');
  assert.equal(of({ a: 1, d: { e: 1 } }), 'd.e: true or false');
  assert.equal(of({ a: 1, e: 1 }), 'e: one of a, b, c and d');
  assert.throws(() => schemaMismatch(1, { if: {} }), /Unsupported/);
});
