/** A container image reference, taken apart. Absent parts are ''. */
export interface ImageReference {
  /** Host and port as written: `registry.k8s.io`, `localhost:5000`; '' if none is. */
  readonly registry: string;
  /** Path after the registry, as written: `library/nginx`, `nginx`. */
  readonly repository: string;
  readonly tag: string;
  /** With its algorithm: `sha256:...`. */
  readonly digest: string;
  /** As Docker and containerd complete it: `docker.io/library/nginx`. */
  readonly normalizedRepository: string;
}

/** Grammar of github.com/distribution/reference, regexp.go and normalize.go. */
const pathComponent = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*';
const remoteName = new RegExp(`^${pathComponent}(?:/${pathComponent})*$`);
const domainComponent = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const registryHost = new RegExp(
  `^(?:${domainComponent}(?:\\.${domainComponent})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?$`,
);
const imageTag = /^\w[\w.-]{0,127}$/;
const imageDigest = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** Takes an image reference apart; undefined for what no container runtime accepts. */
export function parseImageReference(image: string): ImageReference | undefined {
  const at = image.indexOf('@');
  const digest = at < 0 ? '' : image.slice(at + 1);
  if (at >= 0 && !imageDigest.test(digest)) return undefined;
  const named = at < 0 ? image : image.slice(0, at);
  // A colon before the last slash belongs to the registry's port.
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon < 0 ? '' : named.slice(colon + 1);
  if (colon >= 0 && !imageTag.test(tag)) return undefined;
  const name = colon < 0 ? named : named.slice(0, colon);
  const registry = registryOf(name);
  const repository = registry === '' ? name : name.slice(registry.length + 1);
  if (!remoteName.test(repository) || (registry !== '' && !registryHost.test(registry))) return undefined;
  return { registry, repository, tag, digest, normalizedRepository: normalizedRepository(registry, repository) };
}

/** The first part is a registry if it could be no user name: it has a dot, a port or a capital, or is `localhost`. */
function registryOf(name: string): string {
  const slash = name.indexOf('/');
  if (slash < 0) return '';
  const first = name.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first;
  return isHost ? first : '';
}

function normalizedRepository(registry: string, repository: string): string {
  const host = registry === '' || registry === 'index.docker.io' ? 'docker.io' : registry;
  const path = host === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository;
  return `${host}/${path}`;
}
