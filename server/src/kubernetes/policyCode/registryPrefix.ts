const host = /^(?:localhost|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/i;

/** Registries in which anybody can have a place of his own, beside those that a policy trusts. */
const sharedRegistries = new Set([
  'docker.io',
  'index.docker.io',
  'ghcr.io',
  'gcr.io',
  'us.gcr.io',
  'eu.gcr.io',
  'asia.gcr.io',
  'quay.io',
  'public.ecr.aws',
  'registry.gitlab.com',
]);

/** Text that names a registry and nothing in it: `registry.example`, `localhost:5000`. */
export function isRegistryHost(text: string): boolean {
  // No name of a host is longer (RFC 1035, 2.3.4).
  return text.length < 262 && host.test(text);
}

/**
 * How a prefix of image references leaves room for others than it means: `registry.example` is also the beginning of
 * `registry.example.evil.io/x`, `ghcr.io/team` of `ghcr.io/team-of-somebody-else/x`.
 */
export function openPrefix(text: string): 'registry' | 'organization' | undefined {
  // After a port only more digits make a valid reference: a port of the same host.
  if (isRegistryHost(text) && !text.includes(':')) return 'registry';
  const [registry = '', ...path] = text.split('/');
  const isOrganization = path.length === 1 && /^[a-z0-9._-]+$/.test(path[0] ?? '') && sharedRegistries.has(registry);
  return isOrganization ? 'organization' : undefined;
}
