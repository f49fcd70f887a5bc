import { decodeBase64, isPlaceholder, isSopsFile, type Resource } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'secrets/invalid-base64',
  summary: 'Value is not base64, or not a string',
  severity: 'error',
  profile: 'guide',
  why:
    'The API server decodes `data` of Secrets and `binaryData` of ConfigMaps with the standard alphabet and padding, and takes only strings; ' +
    'it refuses the whole object otherwise. Plain text belongs into `stringData`.',
  whenNot: 'Where a tool fills in the value before the file reaches the API server; suppress it with that reason.',
  references: { urls: ['https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data'] },
  fixClass: 'review',
  reveals: [
    'secrets/plaintext-secret-in-repo',
    'secrets/base64-trailing-newline',
    'secrets/double-encoded',
    'secrets/default-password',
    'secrets/dockerconfig-inline',
    'secrets/tls-key-in-repo',
    'secrets/typed-secret-keys-missing',
  ],
  messages: {
    notBase64: 'Value "{key}" of {kind} "{name}" is not standard base64, so the API server refuses the object.',
    spaces: 'Value "{key}" of {kind} "{name}" has spaces in its base64, so the API server refuses the object.',
    notString: 'Value "{key}" of {kind} "{name}" is no string, so the API server refuses the object.',
  },
  subject: 'resource',
  kinds: ['Secret', 'ConfigMap'],
  judge(resource, report) {
    if (isSopsFile(resource)) return;
    const { kind, name, node } = resource;
    const encoded = kind === 'Secret' ? 'data' : 'binaryData';
    const plain = kind === 'Secret' ? 'stringData' : 'data';
    for (const field of [encoded, plain]) {
      for (const { key, value } of node.get(field).entries()) {
        const args = { key, kind, name };
        if (value.number !== undefined || value.boolean !== undefined) {
          const fixes = () => (field === plain ? quoted(value, key) : []);
          report({ at: value, message: 'notString', args, fixes });
          continue;
        }
        const text = value.string;
        if (field !== encoded || text === undefined || decodeBase64(text) !== undefined || isPlaceholder(text))
          continue;
        const joined = text.replace(/[ \t]/g, '');
        const hasSpaces = joined !== text && decodeBase64(joined) !== undefined;
        report({
          at: value,
          message: hasSpaces ? 'spaces' : 'notBase64',
          args,
          fixes: () => (hasSpaces ? [withoutSpaces(value, key, joined)] : toStringData(resource, value, key)),
        });
      }
    }
  },
});

/** As it is written: `010` and `1e3` are not the numbers that they are read as. */
function quoted(value: ManifestNode, key: string): readonly Fix[] {
  const { document, range } = value.place;
  const written = range === undefined ? String(value.scalar) : document.text.slice(range.start, range.end);
  return [
    {
      fixClass: 'safe',
      title: `Quote the value of "${key}"`,
      operations: [{ op: 'set', node: value, value: written }],
      isPreferred: true,
    },
  ];
}

function withoutSpaces(value: ManifestNode, key: string, joined: string): Fix {
  return {
    fixClass: 'safe',
    title: `Remove the spaces from "${key}"`,
    operations: [{ op: 'set', node: value, value: joined }],
    isPreferred: true,
  };
}

function toStringData({ kind, node }: Resource, value: ManifestNode, key: string): readonly Fix[] {
  const to = node.get('stringData', key);
  if (kind !== 'Secret' || !to.isMissing || to.isNull) return [];
  return [
    {
      fixClass: 'review',
      title: `Move "${key}" to stringData, which takes plain text (check first that it is no damaged base64)`,
      operations: [{ op: 'move', from: value, to }],
      isPreferred: true,
    },
  ];
}
