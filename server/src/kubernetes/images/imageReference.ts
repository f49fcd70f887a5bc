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

/** Grammar of github.com/distribution/reference 0.6.0, regexp.go and normalize.go: what the kubelet reads images by. */
const pathComponent = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*';
const remoteName = new RegExp(`^${pathComponent}(?:/${pathComponent})*$`);
const domainComponent = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const registryHost = new RegExp(
  `^(?:${domainComponent}(?:\\.${domainComponent})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?$`,
);
const imageTag = /^\w[\w.-]{0,127}$/;
/** The algorithms that the kubelet links (pkg/util/parsers/parsers.go), of exact length: go-digest 1.0.0, algorithm.go. */
const imageDigest = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;
/** The bare id of an image would be a repository of that name, which the reference grammar excludes. */
const bareIdentifier = /^[a-f0-9]{64}$/;
/** `RepositoryNameTotalLengthMax`, without the registry. */
const longestPath = 255;

/** Takes an image reference apart; undefined for what the kubelet refuses as `InvalidImageName`. */
export function parseImageReference(image: string): ImageReference | undefined {
  if (bareIdentifier.test(image)) return undefined;
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
  // `my_registry.example/app` is no host but passes as a path; whoever pulls takes its first part for a host all the same.
  if (!remoteName.test(repository) || !(registry === '' || registryHost.test(registry) || remoteName.test(registry))) {
    return undefined;
  }
  const normalized = normalizedRepository(registry, repository);
  const path = registry === '' || registryHost.test(registry) ? normalized.slice(normalized.indexOf('/') + 1) : name;
  if (path.length > longestPath) return undefined;
  return { registry, repository, tag, digest, normalizedRepository: normalized };
}

/**
 * Whether an image comes from one of the registries: hosts (`docker.io` where an image names none), or hosts with the
 * beginning of a path. A part of a name matches none: `example.com` is not the beginning of `example.com.evil.io`.
 */
export function isOfRegistries(
  { normalizedRepository }: Pick<ImageReference, 'normalizedRepository'>,
  registries: readonly string[],
): boolean {
  return registries.some((registry) => {
    const prefix = registry.replace(/\/$/, '');
    return normalizedRepository === prefix || normalizedRepository.startsWith(`${prefix}/`);
  });
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
