import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Component, findingPlace } from '../../../server/src/kubernetes/index.ts';
import { componentIn, componentsIn, textAt } from '../reading.ts';

function pod(container: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: i\n${container}\n`;
}

function running(...command: readonly string[]): Component {
  return componentIn(pod(`    command: ${JSON.stringify(command)}`));
}

function flagsOf(component: Component): readonly (readonly [string, string | undefined])[] {
  return component.flags.map(({ name, value }) => [name, value]);
}

test('reads values with = and after a space, and bare booleans', () => {
  const component = running(
    '/usr/local/bin/kube-apiserver',
    '--secure-port=6443',
    '--authorization-mode',
    'Node,RBAC',
    '--profiling',
    'false',
    '--audit-log-path=',
    '--audit-log-format',
    '--json',
  );
  assert.deepEqual(flagsOf(component), [
    ['secure-port', '6443'],
    ['authorization-mode', 'Node,RBAC'],
    ['profiling', undefined],
    ['audit-log-path', ''],
    ['audit-log-format', '--json'],
  ]);
  assert.equal(component.isOpen, false);
  assert.equal(component.flag('absent'), undefined);
});

test('a boolean leaves the next word as a stray argument, removed flags too', () => {
  const component = running('kube-apiserver', '--kubelet-https', 'true', '--logtostderr', 'x', '--made-up', 'y', '--z');
  assert.deepEqual(flagsOf(component), [
    ['kubelet-https', undefined],
    ['logtostderr', undefined],
    ['made-up', 'y'],
    ['z', undefined],
  ]);
});

test('underscores are dashes for Kubernetes components, not for etcd', () => {
  assert.equal(running('kube-apiserver', '--anonymous_auth=false').flag('anonymous-auth')?.value, 'false');
  assert.equal(running('etcd', '--client_cert_auth').flag('client-cert-auth'), undefined);
});

test('a long flag with one dash is no flag, but etcd takes it', () => {
  const apiServer = running('kube-apiserver', '-anonymous-auth=false', '-v=4', '-v10', '-h');
  assert.deepEqual(
    apiServer.flags.map(({ name, value, singleDash }) => [name, value, singleDash]),
    [
      ['anonymous-auth', 'false', true],
      ['v', '4', false],
      ['v', '10', false],
      ['h', undefined, false],
    ],
  );
  assert.equal(apiServer.flag('anonymous-auth'), undefined);
  assert.equal(apiServer.flag('v')?.value, '10');
  assert.equal(running('etcd', '-client-cert-auth=true').flag('client-cert-auth')?.value, 'true');
});

test('the last scalar counts, lists add up, arrays keep their commas', () => {
  const component = running(
    'kube-apiserver',
    '--secure-port=1',
    '--secure-port=2',
    '--authorization-mode=Node',
    '--authorization-mode=RBAC,Webhook',
    '--service-account-issuer=https://a,b',
    '--service-account-issuer=https://c',
    '--feature-gates=A=true,B=false',
    '--feature-gates=C=true',
  );
  assert.equal(component.flag('secure-port')?.value, '2');
  assert.deepEqual(component.list('authorization-mode'), ['Node', 'RBAC', 'Webhook']);
  assert.deepEqual(component.list('service-account-issuer'), ['https://a,b', 'https://c']);
  assert.deepEqual(component.list('feature-gates'), ['A=true', 'B=false', 'C=true']);
  assert.deepEqual(component.list('enable-admission-plugins'), []);
  assert.deepEqual(running('etcd', '--listen-client-urls=a', '--listen-client-urls=b,c').list('listen-client-urls'), [
    'b',
    'c',
  ]);
});

test('flags end at --, and for etcd at the first plain word', () => {
  assert.deepEqual(flagsOf(running('kube-apiserver', 'word', '--a=1', '--', '--b=2')), [['a', '1']]);
  assert.deepEqual(flagsOf(running('etcd', '--name=a', 'word', '--data-dir=b')), [['name', 'a']]);
});

test('command and args are one line; names must be whole', () => {
  const component = componentIn(pod('    command: [kubelet]\n    args: [--read-only-port=0]'));
  assert.equal(component.component, 'kubelet');
  assert.equal(component.flag('read-only-port')?.value, '0');
  assert.deepEqual(component.argumentsNode.path.slice(-1), ['args']);
  assert.equal(textAt(findingPlace(component.anchor)), 'kubelet');
  for (const other of ['etcdctl', 'kube-apiserver-proxy', 'my-etcd', 'sleep']) {
    assert.deepEqual(componentsIn(pod(`    command: [${other}, --name=a]`)), [], other);
  }
});

test('sees through wrappers and hyperkube', () => {
  const runner = running('/go-runner', '--log-file=/x', '--also-stdout', '/usr/local/bin/kube-scheduler', '--v=2');
  assert.deepEqual(
    [runner.component, textAt(findingPlace(runner.anchor)), flagsOf(runner)],
    ['kube-scheduler', '"/usr/local/bin/kube-scheduler"', [['v', '2']]],
  );
  assert.equal(running('/hyperkube', 'apiserver', '--secure-port=1').component, 'kube-apiserver');
  assert.equal(running('tini', '--', 'etcd', '--name=a').component, 'etcd');
});

test('a script may start another script', () => {
  const nested = running('sh', '-c', "exec bash -c 'kube-scheduler --v=2 --profiling=false'");
  assert.deepEqual(
    [nested.component, textAt(findingPlace(nested.anchor)), flagsOf(nested).map(([name]) => name)],
    ['kube-scheduler', 'kube-scheduler', ['v', 'profiling']],
  );
});

test("without a command the image's name decides, if there are arguments", () => {
  const image = (name: string, rest: string) =>
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    image: ${name}\n${rest}`;
  const component = componentIn(
    image('registry.k8s.io/kube-controller-manager:v1.37.0', '    args: [--profiling=false]\n'),
  );
  assert.equal(component.component, 'kube-controller-manager');
  assert.deepEqual(componentsIn(image('registry.k8s.io/kube-apiserver:v1.37.0', '')), []);
  assert.deepEqual(
    componentsIn(image('registry.k8s.io/kube-apiserver:v1', '    command: [sleep]\n    args: [--a]\n')),
    [],
  );
});

test('places are exact', () => {
  const component = componentIn(
    pod('    command: [kube-apiserver, --secure-port=1, "--anonymous_auth=true", --bind-address, 0.0.0.0]'),
  );
  assert.deepEqual(
    component.flags.map(({ place }) => textAt(place)),
    ['--secure-port=1', '--anonymous_auth=true', '--bind-address'],
  );
  const [port, , address] = component.flags;
  assert.ok(port?.valueNode && port.valueSpan && address?.valueNode && address.valueSpan);
  assert.equal(textAt(port.node.span(port.nameSpan.from, port.nameSpan.to)), 'secure-port');
  assert.equal(textAt(port.valueNode.span(port.valueSpan.from, port.valueSpan.to)), '1');
  assert.equal(textAt(address.valueNode.span(address.valueSpan.from, address.valueSpan.to)), '0.0.0.0');
});

const script = `    command: [sh, -ec]
    args:
    - |
      test -f /x && export A=b
      if true; then
        LOG=1 exec /usr/bin/kube-apiserver --secure-port=1 \\
          --audit-log-path "/var/log/a b" --profiling='false' >>/log 2>&1
      fi`;

test('reads the command in sh -c, with exact places', () => {
  const component = componentIn(pod(script));
  assert.deepEqual(flagsOf(component), [
    ['secure-port', '1'],
    ['audit-log-path', '/var/log/a b'],
    ['profiling', 'false'],
  ]);
  assert.equal(component.isOpen, false);
  assert.equal(component.argumentsNode.type, 'string');
  assert.equal(textAt(findingPlace(component.anchor)), '/usr/bin/kube-apiserver');
  assert.deepEqual(
    component.flags.map(({ place }) => textAt(place)),
    ['--secure-port=1', '--audit-log-path', "--profiling='false'"],
  );
  const profiling = component.flags[2];
  assert.ok(profiling?.valueNode && profiling.valueSpan);
  assert.equal(
    textAt(profiling.valueNode.span(profiling.valueSpan.from, profiling.valueSpan.to)).includes('false'),
    true,
  );
});

test('variables leave values unknown, and whole words leave the list open', () => {
  const open = componentIn(pod('    command: [sh, -c, "kube-apiserver --bind-address=$IP $EXTRA"]'));
  assert.equal(open.isOpen, true);
  assert.equal(open.flag('bind-address')?.isUnknown, true);
  assert.equal(open.flag('bind-address')?.value, undefined);
  const kubernetes = running(
    'kube-apiserver',
    '--bind-address=$(POD_IP)',
    '--audit-log-path',
    '$(LOG)',
    '--name=$$(X)',
  );
  assert.equal(kubernetes.isOpen, false);
  assert.deepEqual(
    kubernetes.flags.map(({ isUnknown }) => isUnknown),
    [true, true, false],
  );
  assert.equal(running('kube-apiserver', '$(FLAGS)').isOpen, true);
});

test('Helm actions and here-documents leave the list open', () => {
  assert.equal(componentIn(pod('    command:\n    - kube-apiserver\n    - {{ .Values.flag }}')).isOpen, true);
  assert.equal(componentIn(pod('    command: [sh, -c]\n    args: ["etcd --name=a; cat <<E"]')).isOpen, true);
});

test('etcd reads its environment before its arguments', () => {
  const component = componentIn(
    pod(`    command: [etcd, --client-cert-auth=false]
    env:
    - {name: ETCD_CLIENT_CERT_AUTH, value: "true"}
    - {name: ETCD_CERT_FILE, value: /tls.crt}
    - {name: ETCD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
    - {name: ETCD_KEY_FILE, value: ""}
    - {name: OTHER, value: x}`),
  );
  assert.equal(component.flag('client-cert-auth')?.value, 'false');
  assert.equal(component.flag('cert-file')?.value, '/tls.crt');
  assert.equal(component.flag('cert-file')?.source, 'environment');
  assert.equal(component.flag('name')?.isUnknown, true);
  assert.equal(component.flag('key-file'), undefined);
  assert.equal(component.isOpen, false);
  const imported = componentIn(pod('    command: [etcd]\n    envFrom: [{configMapRef: {name: x}}]'));
  assert.equal(imported.isOpen, true);
});
