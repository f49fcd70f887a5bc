import { parseManifest } from '../manifest/index.ts';
import { folderOfUri, resolveUri } from './configuration/pathGlobs.ts';

const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export function isKustomization(uri: string): boolean {
  return kustomizationNames.includes(uri.slice(uri.lastIndexOf('/') + 1));
}

/**
 * Knows which files a kustomization of their folder or of one above uses as strategic merge patches: what such a file
 * lacks may stand in the object that it is laid over.
 */
export class KustomizePatches {
  readonly #readText: (uri: string) => string | undefined;
  readonly #byFolder = new Map<string, ReadonlySet<string>>();
  readonly #byText = new Map<string, { readonly text: string; readonly patches: ReadonlySet<string> }>();

  constructor(readText: (uri: string) => string | undefined) {
    this.#readText = readText;
  }

  /** A kustomization may have changed: look again. */
  lookAgain(): void {
    this.#byFolder.clear();
  }

  /** `top` is the workspace folder, above which nothing counts; without one only the file's own folder does. */
  isPatch(uri: string, top: string | undefined): boolean {
    for (let folder = folderOfUri(uri); folder !== undefined; folder = folderOfUri(folder)) {
      if (this.#patchesOf(folder).has(uri)) return true;
      if (top === undefined || folder === top) return false;
    }
    return false;
  }

  #patchesOf(folder: string): ReadonlySet<string> {
    let patches = this.#byFolder.get(folder);
    if (patches === undefined) {
      patches = this.#findPatches(folder);
      this.#byFolder.set(folder, patches);
    }
    return patches;
  }

  #findPatches(folder: string): ReadonlySet<string> {
    for (const name of kustomizationNames) {
      const uri = `${folder}/${name}`;
      const text = this.#readText(uri);
      if (text === undefined) continue;
      let known = this.#byText.get(uri);
      if (known?.text !== text) {
        known = { text, patches: patchesIn(text, folder) };
        this.#byText.set(uri, known);
      }
      return known.patches;
    }
    return none;
  }
}

const none: ReadonlySet<string> = new Set();

function patchesIn(text: string, folder: string): ReadonlySet<string> {
  const patches = new Set<string>();
  for (const { root } of parseManifest(text).documents) {
    const paths = [
      ...root.get('patchesStrategicMerge').items(),
      ...root
        .get('patches')
        .items()
        .map((patch) => patch.get('path')),
    ];
    for (const { string: path } of paths) {
      // `patchesStrategicMerge` may hold whole patches as well.
      if (path !== undefined && path !== '' && !path.includes('\n')) patches.add(resolveUri(folder, path));
    }
  }
  return patches;
}
