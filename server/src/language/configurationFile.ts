import { URI, Utils } from 'vscode-uri';
import { childUri, isFileUri } from './fileUris.ts';
import type { LanguageServices } from './languageServices.ts';

export const configurationFileName = '.kubeharden.yaml';

export interface ConfigurationFile {
  readonly uri: string;
  /** undefined: there is none yet; this is where it would go. */
  readonly text: string | undefined;
}

/**
 * The `.kubeharden.yaml` that holds for a file: the nearest one from its folder up to its workspace folder, else the
 * place for a new one in the workspace folder. undefined for a file outside every folder of the file system.
 */
export function configurationFileFor(services: LanguageServices, uri: string): ConfigurationFile | undefined {
  const folder = services.folders.of(uri);
  if (folder === undefined || !isFileUri(uri)) return undefined;
  for (let path = Utils.dirname(URI.parse(uri)); ; path = Utils.dirname(path)) {
    const candidate = Utils.joinPath(path, configurationFileName).toString();
    const text = services.textOf(candidate);
    if (text !== undefined) return { uri: candidate, text };
    if (path.toString() === folder || path.path === '/' || path.path === '') break;
  }
  return { uri: childUri(folder, configurationFileName), text: undefined };
}
