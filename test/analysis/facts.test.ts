import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineRule } from '../../server/src/rules/index.ts';
import { defaultDeny, described, privileged } from './testRules.ts';
import { pod, testWorkspace, uriOf } from './testWorkspace.ts';

const finding = 'network/default-deny-missing';

function podIn(namespace: string, name = 'web'): string {
  return pod(name).replace(`name: ${name}`, `name: ${name}\n  namespace: ${namespace}`);
}

function denyAll(namespace: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: ${namespace}}\nspec: {podSelector: {}, policyTypes: [Ingress]}\n`;
}

function namespaceObject(name: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`;
}

/** A workspace whose rule notes the namespaces that it judges. */
function counted(complete = true) {
  const judged: string[] = [];
  const test = testWorkspace({ rules: [defaultDeny(judged), privileged], complete });
  /** The namespaces judged since the last call. */
  const since = () => judged.splice(0).sort();
  return { ...test, since };
}

test('nothing is said about a folder before all its files are in, nor about files outside it', () => {
  const { workspace, set, shown } = counted(false);
  set('a.yaml', podIn('shop'));
  workspace.setText('file:///elsewhere/b.yaml', podIn('shop'));
  assert.deepEqual(shown('a.yaml'), []);
  workspace.foldersComplete(['file:///project']);
  assert.deepEqual(shown('a.yaml'), [`4:9 ${finding}`]);
  assert.deepEqual(workspace.findings('file:///elsewhere/b.yaml').findings, []);
  workspace.foldersComplete([]);
  assert.deepEqual(shown('a.yaml'), []);
});

test('a judgement that reads facts of which some may be missing says nothing, until they are all in', () => {
  const { workspace, set, shown } = counted(false);
  set('a.yaml', podIn('shop'));
  workspace.foldersComplete(['file:///project'], new Set(['networkPolicy']));
  assert.deepEqual(shown('a.yaml'), []);
  workspace.foldersComplete(['file:///project'], new Set(['roleBinding']));
  assert.deepEqual(shown('a.yaml'), [`4:9 ${finding}`]);
});

test('it is reported at the Namespace, else at the first workload by path', () => {
  const { set, shown, workspace } = counted();
  set('b.yaml', podIn('shop'));
  set('c.yaml', podIn('shop'));
  assert.deepEqual([shown('b.yaml'), shown('c.yaml')], [[`4:9 ${finding}`], []]);
  set('a.yaml', podIn('shop'));
  assert.deepEqual([shown('a.yaml'), shown('b.yaml')], [[`4:9 ${finding}`], []]);
  set('z.yaml', namespaceObject('shop'));
  assert.deepEqual([shown('a.yaml'), shown('z.yaml')], [[], [`4:9 ${finding}`]]);
  workspace.remove('z.yaml');
  workspace.remove(uriOf('z.yaml'));
  assert.deepEqual(shown('a.yaml'), [`4:9 ${finding}`]);
  set('policy.yaml', denyAll('shop'));
  assert.deepEqual(shown('a.yaml'), []);
});

test('the place follows its document, also through shifts that judge nothing again', () => {
  const { set, shown, since, workspace } = counted();
  set('a.yaml', podIn('shop'));
  assert.deepEqual(shown('a.yaml'), [`4:9 ${finding}`]);
  since();
  set('a.yaml', `# a comment\na: 1\n---\n${podIn('shop')}`);
  assert.deepEqual(shown('a.yaml'), [`7:9 ${finding}`]);
  assert.deepEqual(since(), []);
  const [reported] = workspace.findings(uriOf('a.yaml')).findings;
  assert.deepEqual(
    reported?.related.map(({ uri, range, message }) => [uri, range.start.line, message]),
    [[uriOf('a.yaml'), 6, 'A workload of the namespace.']],
  );
});

test('an edit judges again only what read the facts that it changed', () => {
  const { set, since, findings, workspace } = counted();
  for (let index = 0; index < 50; index++) set(`${index}.yaml`, podIn(`ns-${index}`));
  findings('0.yaml');
  assert.equal(since().length, 50);
  findings('1.yaml');
  assert.deepEqual(since(), []);
  // A change that no fact shows.
  set('7.yaml', podIn('ns-7').replace('nginx:1', 'nginx:2'));
  findings('7.yaml');
  assert.deepEqual(since(), []);
  set('7.yaml', podIn('ns-7', 'other'));
  findings('0.yaml');
  assert.deepEqual(since(), ['ns-7']);
  set('policy.yaml', denyAll('ns-8'));
  findings('0.yaml');
  assert.deepEqual(since(), ['ns-8']);
  set('7.yaml', podIn('ns-7b'));
  findings('0.yaml');
  assert.deepEqual(since(), ['ns-7b']);
  workspace.remove(uriOf('8.yaml'));
  findings('0.yaml');
  assert.deepEqual(since(), ['ns-8']);
});

test('an edit in one of 500 documents judges that one again', () => {
  let containers = 0;
  const counting = { ...privileged, judge: () => void containers++ } as typeof privileged;
  const { workspace, set, findings } = testWorkspace({ rules: [counting] });
  set('a.yaml', Array.from({ length: 500 }, (_, index) => pod(`pod-${index}`)).join('---\n'));
  findings('a.yaml');
  assert.equal(containers, 500);
  const file = workspace.file(uriOf('a.yaml'));
  assert.ok(file);
  const at = file.text.indexOf('pod-250');
  workspace.change(uriOf('a.yaml'), [{ start: at, end: at, text: 'x' }]);
  findings('a.yaml');
  assert.equal(containers, 501);
});

test('the version of the facts changes with the findings of the file, and only with them', () => {
  const { set, workspace } = counted();
  set('a.yaml', podIn('shop'));
  set('b.yaml', podIn('bank'));
  const versions = () => ['a.yaml', 'b.yaml'].map((path) => workspace.factsVersion(uriOf(path)));
  const [a, b] = versions();
  assert.deepEqual(versions(), [a, b]);
  set('policy.yaml', denyAll('shop'));
  const [later, same] = versions();
  assert.notEqual(later, a);
  assert.equal(same, b);
});

test('a settled file keeps its facts and is read again when asked for', () => {
  const { set, workspace, disk, shown, since } = counted();
  disk.set('a.yaml', podIn('shop'));
  set('a.yaml', podIn('shop'));
  set('b.yaml', podIn('shop'));
  workspace.settle(uriOf('a.yaml'));
  workspace.settle(uriOf('b.yaml'));
  disk.set('b.yaml', podIn('shop'));
  assert.deepEqual(shown('b.yaml'), []);
  assert.deepEqual(since(), ['shop']);
  assert.deepEqual(shown('a.yaml'), [`4:9 ${finding}`]);
  assert.deepEqual(since(), []);
});

test('a rule that only one folder below switches on is judged for the files there', () => {
  const { set, shown, disk, workspace } = counted();
  disk.set('.kubeharden.yaml', `rules: {${finding}: off}`);
  disk.set('b/.kubeharden.yaml', `rules: {${finding}: error}`);
  workspace.configurationChanged();
  set('a/a.yaml', podIn('one'));
  set('b/b.yaml', podIn('two'));
  assert.deepEqual([shown('a/a.yaml'), shown('b/b.yaml')], [[], [`4:9 ${finding}`]]);
  assert.equal(workspace.findings(uriOf('b/b.yaml')).findings[0]?.severity, 'error');
});

test('a policy for the whole cluster counts in every namespace', () => {
  const { set, shown } = counted();
  set('a.yaml', podIn('one'));
  assert.equal(shown('a.yaml').length, 1);
  set(
    'p.yaml',
    'apiVersion: cilium.io/v2\nkind: CiliumClusterwideNetworkPolicy\nmetadata: {name: deny}\nspec: {endpointSelector: {}, ingress: [{}]}\n',
  );
  assert.deepEqual(shown('a.yaml'), []);
});

/** Speaks of each container, unless a LimitRange of the namespace makes that good, and of crowded namespaces. */
const limited = defineRule({
  ...described,
  id: 'pod/memory-limit',
  messages: { missing: 'No limit.', other: 'Something else.', crowded: 'Two workloads.' },
  subject: 'container',
  judge(container, report) {
    report({ at: container.node.get('name'), message: 'missing' });
    report({ at: container.node.get('image'), message: 'other' });
  },
  judgeNamespace({ name, facts }, report) {
    const [, second] = facts.read('workload', name);
    if (second !== undefined) report({ at: { filed: second, path: ['metadata', 'name'] }, message: 'crowded' });
  },
  madeGood: ({ name, facts }) => (facts.read('limitRange', name).length > 0 ? ['missing'] : []),
});

const limitRange = 'apiVersion: v1\nkind: LimitRange\nmetadata: {name: defaults, namespace: shop}\n';

test('another object of the namespace makes a finding good, as long as it is there', () => {
  const { set, findings, workspace } = testWorkspace({ rules: [limited] });
  const keys = (path: string) => findings(path).findings.map(({ messageKey }) => messageKey);
  set('a.yaml', podIn('shop'));
  set('b.yaml', podIn('bank'));
  assert.deepEqual(
    [keys('a.yaml'), keys('b.yaml')],
    [
      ['missing', 'other'],
      ['missing', 'other'],
    ],
  );
  const before = workspace.factsVersion(uriOf('a.yaml'));
  set('limits.yaml', limitRange);
  assert.notEqual(workspace.factsVersion(uriOf('a.yaml')), before);
  assert.deepEqual([keys('a.yaml'), keys('b.yaml')], [['other'], ['missing', 'other']]);
  // The document was judged anew, the namespace was not.
  set('a.yaml', podIn('shop').replace('nginx:1', 'nginx:2'));
  assert.deepEqual(keys('a.yaml'), ['other']);
  workspace.remove(uriOf('limits.yaml'));
  assert.deepEqual(keys('a.yaml'), ['missing', 'other']);
  workspace.foldersComplete([]);
  set('limits.yaml', limitRange);
  assert.deepEqual(keys('a.yaml'), ['missing', 'other']);
});

test('a rule about documents may look at namespaces as well', () => {
  const { set, findings, workspace } = testWorkspace({ rules: [limited] });
  set('a.yaml', podIn('shop', 'a'));
  set('b.yaml', podIn('shop', 'b'));
  const keys = (path: string) => findings(path).findings.map(({ messageKey }) => messageKey);
  assert.deepEqual(
    [keys('a.yaml'), keys('b.yaml')],
    [
      ['missing', 'other'],
      ['crowded', 'missing', 'other'],
    ],
  );
  workspace.foldersComplete([]);
  assert.deepEqual(keys('b.yaml'), ['missing', 'other']);
});
