import { isSopsFile, type Resource, secretValues } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

const accountAnnotation = 'kubernetes.io/service-account.name';

/** What each type demands (pkg/apis/core/validation/validation.go, ValidateSecret). */
const demands: Readonly<Record<string, { readonly all: readonly string[]; readonly any?: readonly string[] }>> = {
  'kubernetes.io/tls': { all: ['tls.crt', 'tls.key'] },
  'kubernetes.io/dockerconfigjson': { all: ['.dockerconfigjson'] },
  'kubernetes.io/dockercfg': { all: ['.dockercfg'] },
  'kubernetes.io/basic-auth': { all: [], any: ['username', 'password'] },
  'kubernetes.io/ssh-auth': { all: ['ssh-privatekey'] },
};

export const rule = defineRule({
  id: 'secrets/typed-secret-keys-missing',
  summary: 'Typed Secret lacks what its type demands',
  severity: 'error',
  profile: 'guide',
  why: 'The API server checks Secrets of the built-in types: one without the keys of its type is refused.',
  whenNot: 'In a fragment that a tool completes before it reaches the API server; suppress it with that reason.',
  references: { urls: ['https://kubernetes.io/docs/concepts/configuration/secret/#secret-types'] },
  fixClass: 'input',
  messages: {
    keys: 'Secret "{name}" is of type {type} but lacks {keys}, so the API server refuses it.',
    notJson: 'Value "{keys}" of Secret "{name}" is no JSON object, so the API server refuses it.',
    account: 'Secret "{name}" is of type {type} but names no ServiceAccount, so the API server refuses it.',
  },
  subject: 'resource',
  kinds: ['Secret'],
  judge(secret, report) {
    const type = secret.node.get('type');
    const name = secret.name;
    if (type.string === undefined || secret.isPartial || isSopsFile(secret)) return;
    if (type.string === 'kubernetes.io/service-account-token') {
      const account = secret.metadata.get('annotations', accountAnnotation);
      if (account.isMissing || account.string === '') {
        const fixes = () => [fill('Name the ServiceAccount', [[account, 'account-to-choose']])];
        report({ at: type, message: 'account', args: { name, type: type.string, keys: '' }, fixes });
      }
      return;
    }
    const demand = demands[type.string];
    if (demand === undefined) return;
    const lacking = demand.all.filter((key) => !isPresent(secret, key));
    if (demand.any?.some((key) => isPresent(secret, key)) === false) lacking.push(demand.any[0] ?? '');
    if (lacking.length > 0) {
      const keys = demand.any?.join(' or ') ?? lacking.join(' and ');
      report({
        at: type,
        message: 'keys',
        args: { name, type: type.string, keys },
        fixes: () => [
          fill(
            `Add ${lacking.join(' and ')} to stringData`,
            lacking.map((key) => [secret.node.get('stringData', key), placeholderFor(key)]),
          ),
        ],
      });
    }
    for (const { key, node, text } of secretValues(secret)) {
      if ((key === '.dockerconfigjson' || key === '.dockercfg') && demand.all.includes(key) && !isJsonObject(text))
        report({ at: node, message: 'notJson', args: { name, type: type.string, keys: key } });
    }
  },
});

/** Unknown counts as present. An SSH key must not be empty; the others may be. */
function isPresent(secret: Resource, key: string): boolean {
  return ['data', 'stringData'].some((field) => {
    const node = secret.node.get(field, key);
    return (
      node.isUnknown || node.isNull || (key === 'ssh-privatekey' ? node.isKnown && node.string !== '' : node.isKnown)
    );
  });
}

function placeholderFor(key: string): string {
  return key.startsWith('.docker') ? '{"auths": {}}' : `<${key}>`;
}

/** The API server unmarshals into a map, which `null` is for Go; a variable is replaced before. */
function isJsonObject(text: string): boolean {
  if (/\$\{|\{\{/.test(text)) return true;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}

function fill(title: string, values: readonly (readonly [ManifestNode, string])[]): Fix {
  return {
    fixClass: 'input',
    title: `${title} (fill in the placeholders)`,
    operations: values.map(([node, value]) => ({ op: 'set', node, value })),
  };
}
