import type { RuleCatalog } from '../ruleCatalog.ts';
import { configurationFileName, type ParsedConfiguration, parseConfiguration } from './parseConfiguration.ts';
import { folderOfUri } from './pathGlobs.ts';

/** One `.kubeharden.yaml` that counts for a file; its globs and paths are relative to `folder`. */
export interface ConfigurationLayer {
  readonly uri: string;
  readonly folder: string;
  readonly parsed: ParsedConfiguration;
}

/**
 * Finds the configuration of a folder: the nearest `.kubeharden.yaml` upwards, not above the workspace folder, holds
 * alone; only if it says `extends: parent` does the next one above count too, with less weight.
 */
export class ConfigurationFiles {
  readonly #readText: (uri: string) => string | undefined;
  readonly #catalog: RuleCatalog;
  readonly #parsed = new Map<string, { readonly text: string; readonly parsed: ParsedConfiguration }>();
  readonly #layers = new Map<string, readonly ConfigurationLayer[]>();

  constructor(readText: (uri: string) => string | undefined, catalog: RuleCatalog) {
    this.#readText = readText;
    this.#catalog = catalog;
  }

  /** Files may have changed: look again. Unchanged texts are not parsed again. */
  lookAgain(): void {
    this.#layers.clear();
  }

  /** Layers for a file, strongest last. `top` is its workspace folder: nothing above it counts. */
  layersFor(uri: string, top: string | undefined): readonly ConfigurationLayer[] {
    const folder = folderOfUri(uri);
    return folder === undefined ? this.#layersFromFolder(top, top) : this.#layersFromFolder(folder, top);
  }

  /** Layers that start at a named file, wherever it stands. */
  layersFromFile(uri: string, top: string | undefined): readonly ConfigurationLayer[] {
    const folder = folderOfUri(uri);
    if (folder === undefined) return [];
    const layer = this.#layerAt(uri, folder);
    if (layer === undefined) return [];
    return layer.parsed.configuration.extendsParent ? [...this.#layersAbove(folder, top), layer] : [layer];
  }

  #layersFromFolder(folder: string | undefined, top: string | undefined): readonly ConfigurationLayer[] {
    if (folder === undefined) return [];
    const key = `${folder}\n${top ?? ''}`;
    let layers = this.#layers.get(key);
    if (layers === undefined) {
      layers = this.#findLayers(folder, top);
      this.#layers.set(key, layers);
    }
    return layers;
  }

  #findLayers(folder: string, top: string | undefined): readonly ConfigurationLayer[] {
    const layer = this.#layerAt(`${folder}/${configurationFileName}`, folder);
    if (layer !== undefined && !layer.parsed.configuration.extendsParent) return [layer];
    const above = this.#layersAbove(folder, top);
    return layer === undefined ? above : [...above, layer];
  }

  #layersAbove(folder: string, top: string | undefined): readonly ConfigurationLayer[] {
    return folder === top ? [] : this.#layersFromFolder(folderOfUri(folder), top);
  }

  #layerAt(uri: string, folder: string): ConfigurationLayer | undefined {
    const text = this.#readText(uri);
    if (text === undefined) {
      this.#parsed.delete(uri);
      return undefined;
    }
    let known = this.#parsed.get(uri);
    if (known?.text !== text) {
      known = { text, parsed: parseConfiguration(text, this.#catalog) };
      this.#parsed.set(uri, known);
    }
    return { uri, folder, parsed: known.parsed };
  }
}
