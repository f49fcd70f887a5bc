// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of snippets, not of JavaScript.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createWorkspace } from '../../server/src/analysis/index.ts';
import { parseManifest } from '../../server/src/manifest/index.ts';
import { rules } from '../../server/src/rules/index.ts';
import { repositoryRoot } from '../support/repository.ts';
import { expandSnippet } from './expandSnippet.ts';
import { snippetFiles, snippets } from './snippetFiles.ts';

/**
 * What each snippet yields, judged alone in profile `restricted`; nearly always nothing. Ids of rules that are not
 * written yet do not count, so that a rule finds its snippet's line here when it comes.
 */
const expectedFindings: Readonly<Record<string, readonly string[]>> = {
  // Denying everything denies name resolution, too; the snippet beside it allows it.
  'k8s-netpol-deny-all': ['network/policy-blocks-dns'],
  'k8s-netpol-deny-all-dns': [],
  'k8s-netpol-allow': [],
  'k8s-rbac-pod-reader': [],
  'k8s-serviceaccount': [],
  'k8s-deployment': [],
  'k8s-namespace': [],
  // The placeholder of the key, until the command has filled it in.
  'k8s-encryption-secretbox': ['etcd/encryption-key-not-base64'],
  'k8s-encryption-kms': [],
  'k8s-audit-policy': [],
  'k8s-apiserver-flags': [],
  'k8s-authentication': [],
  'k8s-gatekeeper-registries': [],
  'k8s-vap-registries': [],
  'k8s-kyverno-verify-images': [],
  'k8s-cluster-image-policy': [],
  'k8s-values-falco': [],
  'k8s-values-prometheus': [],
  'k8s-values-loki': [],
  'k8s-kubelet': [],
  'k8s-kubeadm': [],
  'k8s-eksctl': [],
};

function findingsOf(text: string): readonly string[] {
  const workspace = createWorkspace({
    readText: () => undefined,
    settingsFor: () => ({ profile: 'restricted' }),
    folderOf: () => undefined,
    today: () => '2026-01-01',
  });
  workspace.setText('untitled:snippet', text);
  const { findings, notChecked } = workspace.findings('untitled:snippet');
  assert.deepEqual(notChecked, []);
  return findings.map(({ ruleId }) => ruleId);
}

test('there is a file per chapter, and every snippet has its expected findings', () => {
  assert.deepEqual(snippetFiles, [
    'api-server.code-snippets',
    'etcd.code-snippets',
    'image.code-snippets',
    'monitoring.code-snippets',
    'network.code-snippets',
    'pod.code-snippets',
    'rbac.code-snippets',
    'upgrade.code-snippets',
  ]);
  assert.deepEqual(snippets.map(({ prefix }) => prefix).sort(), Object.keys(expectedFindings).sort());
});

describe('each snippet', () => {
  const known = new Set<string>(rules.map(({ id }) => id));
  for (const { name, prefix, scope, description, body } of snippets) {
    test(`${prefix} (${name})`, () => {
      assert.match(prefix, /^k8s-[a-z0-9-]+$/);
      assert.equal(scope, 'yaml');
      assert.match(description, /^[A-Z].*[^.]$/);
      assert.match(body.at(-1) ?? '', /^\$0$/);
      const text = expandSnippet(body);
      const { documents } = parseManifest(text);
      assert.deepEqual(
        documents.flatMap(({ problems }) => problems),
        [],
      );
      const expected = (expectedFindings[prefix] ?? []).filter((id) => known.has(id));
      assert.deepEqual(findingsOf(text), expected, text);
    });
  }
});

test('the flags of the API server have no finding in a static pod either', () => {
  const flags = snippets.find(({ prefix }) => prefix === 'k8s-apiserver-flags');
  assert.ok(flags);
  const pod = `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.37.2
      command:
        - kube-apiserver
${expandSnippet(flags.body).replace(/^(?=.)/gm, '        ')}`;
  // The static pod around them is not at issue, nor are the volumes that it lacks.
  const ofFlags = findingsOf(pod).filter(
    (id) => id.startsWith('api-server/') && id !== 'api-server/flag-file-not-mounted',
  );
  assert.deepEqual(ofFlags, []);
  const opened = findingsOf(pod.replace('--anonymous-auth=false', '--anonymous-auth=true'));
  assert.ok(opened.includes('api-server/anonymous-auth'), 'the flags are judged');
});

test('the documentation lists each snippet', () => {
  const documented = readFileSync(join(repositoryRoot, 'docs/snippets.md'), 'utf8');
  for (const { prefix, description, isFileTemplate } of snippets) {
    assert.ok(documented.includes(`| \`${prefix}\` | ${description}${isFileTemplate ? ' (*file*)' : ''} |`), prefix);
  }
});

describe('the expander', () => {
  test('fills in defaults and first choices, the same for every place of a tab stop', () => {
    assert.equal(
      expandSnippet(['a: ${1:x}', 'b: ${1:x} ${2|TCP,UDP|} $2', 'c: \\$5 ${3}$0']),
      'a: x\nb: x TCP TCP\nc: $5 ',
    );
  });

  test('takes a stray dollar sign for a mistake', () => {
    assert.throws(() => expandSnippet(['a: ${HOME}']), /dollar sign/);
  });
});
