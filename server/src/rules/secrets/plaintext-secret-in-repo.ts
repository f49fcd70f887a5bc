import { isPlaceholder, type Resource, type SecretValue, secretValues } from '../../kubernetes/index.ts';
import type { FixOperation, FixValue } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'secrets/plaintext-secret-in-repo',
  summary: 'Secret with its values in the manifest',
  severity: 'warning',
  profile: 'guide',
  guide: 2,
  why:
    'Base64 is no encryption: everyone who can read the file, its history or a copy of it has the values. ' +
    'Keep them in a store and let External Secrets fetch them, or encrypt the file with SOPS or Sealed Secrets.',
  whenNot: 'Where the values are only samples, or the file is never committed.',
  references: {
    cis: ['5.4.2'],
    peers: ['C-0208', 'C-0234', 'KICS:Using Kubernetes Native Secret Management'],
    urls: [
      'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
      'https://external-secrets.io/latest/api/externalsecret/',
    ],
  },
  fixClass: 'input',
  messages: {
    values: 'Secret "{name}" stands here with its values, which everyone who can read the file or its history has.',
  },
  subject: 'resource',
  kinds: ['Secret'],
  judge(secret, report) {
    const first = secretValues(secret).find(isCredential);
    if (first === undefined) return;
    report({
      at: first.node,
      message: 'values',
      args: { name: secret.name },
      fixes: () => (secret.name === '' || secret.isPartial ? [] : [toExternalSecret(secret)]),
    });
  },
});

/** Keys of a Secret that are not secret by themselves. */
const openKey = /(?:^|[._-])(?:user(?:_?name)?|host(?:name)?|port|url|address|namespace|ca\.crt|tls\.crt)$|username$/i;

function isCredential({ key, text }: SecretValue): boolean {
  const value = text.trim();
  return value !== '' && !openKey.test(key) && !isPlaceholder(value) && !/^-{3,}BEGIN CERTIFICATE/.test(value);
}

/** The Secret becomes a request for one of the same name and keys. */
function toExternalSecret(secret: Resource): Fix {
  const { node } = secret;
  const type = node.get('type').string ?? 'Opaque';
  const keys = ['data', 'stringData'].flatMap((field) =>
    node
      .get(field)
      .entries()
      .map(({ key }) => key),
  );
  const data = [...new Set(keys)].map((key) => ({
    secretKey: key,
    remoteRef: { key: `path-to-choose/${secret.name}`, property: key },
  }));
  const target: FixValue = type === 'Opaque' ? { name: secret.name } : { name: secret.name, template: { type } };
  const spec: FixValue = {
    refreshInterval: '1h',
    secretStoreRef: { kind: 'ClusterSecretStore', name: 'store-to-choose' },
    target,
    data,
  };
  const removed = ['type', 'data', 'stringData', 'immutable'].map((field) => node.get(field));
  const operations: readonly FixOperation[] = [
    { op: 'set', node: node.get('apiVersion'), value: 'external-secrets.io/v1' },
    { op: 'set', node: node.get('kind'), value: 'ExternalSecret' },
    ...removed.filter((field) => field.isKnown).map((field) => ({ op: 'remove', node: field }) as const),
    { op: 'set', node: node.get('spec'), value: spec },
  ];
  return {
    fixClass: 'input',
    title: `Fetch "${secret.name}" through External Secrets (fill in the store and its paths, put the values there, and change them: they stay in the history)`,
    operations,
  };
}
