import { decodedText, hasPrivateKey, isSopsFile, type Resource, secretValues } from '../../kubernetes/index.ts';
import type { FixOperation, FixValue, ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'secrets/tls-key-in-repo',
  summary: 'Private key in a manifest',
  severity: 'error',
  profile: 'guide',
  guide: 2,
  why:
    'Whoever has the private key can pose as the server and, with older ciphers, read recorded traffic. ' +
    'A key that was in a repository has to be replaced, for it stays in the history; cert-manager makes keys that never leave the cluster.',
  whenNot: 'For keys made for tests that no client trusts.',
  references: {
    peers: ['C-0012', 'PO:sensitiveConfigmapContent'],
    urls: ['https://cert-manager.io/docs/usage/certificate/'],
  },
  fixClass: 'input',
  overrides: ['secrets/plaintext-secret-in-repo'],
  messages: {
    key: '{kind} "{name}" holds a private key in "{key}", so whoever sees the manifest can pose as its owner.',
  },
  subject: 'resource',
  kinds: ['Secret', 'ConfigMap'],
  judge(resource, report) {
    for (const { key, node, text } of valuesOf(resource)) {
      if (!hasPrivateKey(text)) continue;
      report({
        at: node,
        message: 'key',
        args: { kind: resource.kind, name: resource.name, key },
        fixes: () => (isTlsSecret(resource) ? [toCertificate(resource)] : []),
      });
    }
  },
});

interface Value {
  readonly key: string;
  readonly node: ManifestNode;
  readonly text: string;
}

function valuesOf(resource: Resource): readonly Value[] {
  if (resource.kind === 'Secret') return secretValues(resource);
  if (isSopsFile(resource)) return [];
  return ['data', 'binaryData'].flatMap((field) =>
    resource.node
      .get(field)
      .entries()
      .map(({ key, value }) => {
        const text = value.string ?? '';
        return { key, node: value, text: field === 'data' ? text : (decodedText(text) ?? '') };
      }),
  );
}

function isTlsSecret({ node, name, isPartial }: Resource): boolean {
  return node.get('type').string === 'kubernetes.io/tls' && name !== '' && !isPartial;
}

/** The Secret becomes a request for one of the same name. */
function toCertificate(secret: Resource): Fix {
  const { node } = secret;
  const spec: FixValue = {
    secretName: secret.name,
    dnsNames: ['host-to-choose.example.com'],
    issuerRef: { kind: 'ClusterIssuer', name: 'issuer-to-choose' },
  };
  const removed = ['type', 'data', 'stringData', 'immutable'].map((field) => node.get(field));
  const operations: readonly FixOperation[] = [
    { op: 'set', node: node.get('apiVersion'), value: 'cert-manager.io/v1' },
    { op: 'set', node: node.get('kind'), value: 'Certificate' },
    ...removed.filter((field) => field.isKnown).map((field) => ({ op: 'remove', node: field }) as const),
    { op: 'set', node: node.get('spec'), value: spec },
  ];
  return {
    fixClass: 'input',
    title: `Let cert-manager issue "${secret.name}" (fill in the names and the issuer, and revoke the old certificate)`,
    operations,
  };
}
