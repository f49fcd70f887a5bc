import { decodedText, isPlaceholder, secretValues } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

const types: ReadonlySet<string> = new Set(['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg']);

export const rule = defineRule({
  id: 'secrets/dockerconfig-inline',
  summary: 'Registry password in a manifest',
  severity: 'warning',
  profile: 'restricted',
  guide: 2,
  why:
    'The credential of a registry in a manifest is only base64: everyone who can read the repository can pull, and often push, images. ' +
    'Keep it in an external store, or let the kubelet fetch credentials through a credential provider of your cloud.',
  whenNot: 'For a read-only token of a registry that is public to the same people.',
  references: {
    urls: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/',
      'https://kubernetes.io/docs/tasks/administer-cluster/kubelet-credential-provider/',
    ],
  },
  fixClass: 'none',
  overrides: ['secrets/plaintext-secret-in-repo'],
  messages: {
    password:
      'Secret "{name}" holds the password of registry {registry}, which everyone who sees the manifest can decode.',
  },
  subject: 'resource',
  kinds: ['Secret'],
  judge(secret, report) {
    if (!types.has(secret.node.get('type').string ?? '')) return;
    for (const { key, node, text } of secretValues(secret)) {
      if (key !== '.dockerconfigjson' && key !== '.dockercfg') continue;
      const registry = registryWithPassword(text);
      if (registry !== undefined) report({ at: node, message: 'password', args: { name: secret.name, registry } });
    }
  },
});

/** The first registry for which the file of credentials holds a password. */
function registryWithPassword(text: string): string | undefined {
  const config = parsedObject(text);
  const registries = objectOf(config.auths) ?? config;
  return Object.entries(registries).find(([, entry]) => holdsPassword(objectOf(entry)))?.[0];
}

function holdsPassword(entry: Readonly<Record<string, unknown>> | undefined): boolean {
  const { password, auth } = entry ?? {};
  if (typeof password === 'string' && password !== '' && !isPlaceholder(password)) return true;
  const decoded = typeof auth === 'string' ? decodedText(auth) : undefined;
  const secretPart = decoded?.slice(decoded.indexOf(':') + 1) ?? '';
  return decoded?.includes(':') === true && secretPart !== '' && !isPlaceholder(secretPart);
}

function parsedObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text)) ?? {};
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
