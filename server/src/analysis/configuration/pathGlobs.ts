import picomatch from 'picomatch';

/**
 * A matcher of URIs for globs that are relative to a folder. As in `.gitignore`, a pattern without a slash matches at
 * any depth, a trailing slash means everything below, and `!` takes back what others match (here wherever it stands);
 * otherwise picomatch's rules hold (`*`, `**`, `{a,b}`). URIs outside the folder never match.
 */
export function globMatcher(folder: string, patterns: readonly string[]): (uri: string) => boolean {
  const [exceptions, included] = [patterns.filter(isException), patterns.filter((pattern) => !isException(pattern))];
  if (included.length === 0) return () => false;
  const matches = picomatch(included.map(expandPattern), {
    dot: true,
    ignore: exceptions.map((pattern) => expandPattern(pattern.slice(1))),
  });
  return (uri) => {
    const path = relativePath(folder, uri);
    return path !== undefined && matches(path);
  };
}

function isException(pattern: string): boolean {
  return pattern.startsWith('!') && !pattern.startsWith('!(');
}

function expandPattern(pattern: string): string {
  const below = pattern.endsWith('/') ? `${pattern}**` : pattern;
  const relative = below.startsWith('./') ? below.slice(2) : below.startsWith('/') ? below.slice(1) : below;
  return pattern.replace(/\/$/, '').includes('/') ? relative : `**/${relative}`;
}

/** The path of a URI below a folder, percent-decoded; undefined outside it. */
export function relativePath(folder: string, uri: string): string | undefined {
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  return uri.startsWith(base) ? decodePercent(uri.slice(base.length)) : undefined;
}

/** Malformed escapes are taken as they are: a URI of a client is not ours to refuse. */
function decodePercent(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The folder of a `scheme://` URI without its last slash; undefined for an opaque one (`untitled:1`) and at the root. */
export function folderOfUri(uri: string): string | undefined {
  const root = uri.indexOf('://');
  if (root < 0) return undefined;
  const slash = uri.lastIndexOf('/');
  return slash > root + 2 ? uri.slice(0, slash) : undefined;
}

/** A path as written in a configuration file, resolved against that file's folder. */
export function resolveUri(folder: string, path: string): string {
  const root = folder.indexOf('://') + 3;
  const absolute = path.startsWith('/');
  const segments = absolute ? [] : folder.slice(root).split('/');
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(encodeURIComponent(segment));
  }
  return folder.slice(0, root) + (absolute ? '/' : '') + segments.join('/');
}
