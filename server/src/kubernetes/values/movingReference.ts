/** What a URL names as the version of what it fetches, where that may be something else tomorrow. */
export interface MovingReference {
  /** The branch or alias, '' where none is written. */
  readonly name: string;
  /** Characters [from, to) of the URL that a fixed version takes the place of. */
  readonly from: number;
  readonly to: number;
  /** What has to stand before the version there, as `?ref=`. */
  readonly prefix: string;
}

/** Names that are branches or aliases by convention; anything else is taken for a tag or a commit. */
const movingName = /^(?:refs\/heads\/.+|main|master|head|trunk|develop|development|dev|latest|stable|nightly|edge)$/i;

/** Whether a `resources` entry of a kustomization is fetched from elsewhere (kustomize, api/internal/git/repospec.go). */
export function isRemote(entry: string): boolean {
  return /^(?:git::|gh:|(?:https?|ssh|git):\/\/|[\w.-]+@[\w.-]+[:/]|(?:www\.)?github\.com[/:])/.test(entry);
}

/**
 * The moving part of a URL: of a file, a branch among the parts of its path (`/main/`, `/releases/latest/`); of a
 * repository, a branch as its `ref`, or no `ref` at all, which is the default branch. Undefined for a fixed version, and for
 * a file whose path names none.
 */
export function movingReference(url: string): MovingReference | undefined {
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  const written = /[?&](?:ref|version)=([^&]*)/.exec(url);
  if (written !== null) {
    const name = written[1] ?? '';
    const from = written.index + written[0].length - name.length;
    return name === '' || movingName.test(name) ? { name, from, to: from + name.length, prefix: '' } : undefined;
  }
  if (isFile(path)) return movingPart(path);
  return { name: '', from: url.length, to: url.length, prefix: query < 0 ? '?ref=' : '&ref=' };
}

function isFile(path: string): boolean {
  return /^https?:/.test(path) && /\.(?:ya?ml|json)$/i.test(path);
}

/**
 * Where the version of a file stands: behind the repository at raw.githubusercontent.com, behind `raw` or `blob` at other
 * hosts of repositories. Anywhere else each part of the path may be it.
 */
const versionPlaces: readonly RegExp[] = [
  /^https?:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/(?=(refs\/heads\/[^/]+|[^/]+)\/)/,
  /^https?:\/\/.*\/(?:raw|blob)\/(?=(refs\/heads\/[^/]+|[^/]+)\/)/,
];

function movingPart(path: string): MovingReference | undefined {
  const place = versionPlaces.map((pattern) => pattern.exec(path)).find((match) => match !== null);
  if (place !== undefined && place !== null) return movingAt(place[0].length, place[1] ?? '');
  for (const found of path.matchAll(/(?<=[^:/]\/)[^/]+(?=\/)/g)) {
    const moving = movingAt(found.index, found[0]);
    if (moving !== undefined) return moving;
  }
  return undefined;
}

function movingAt(from: number, written: string): MovingReference | undefined {
  if (!movingName.test(written)) return undefined;
  return { name: written.replace(/^refs\/heads\//, ''), from, to: from + written.length, prefix: '' };
}
