import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FaceSettings, WorkspaceHost } from '../../analysis/index.ts';

export interface FileSystemHost extends WorkspaceHost {
  /** Every `.kubeharden.yaml` (or the one named instead) that was found so far, with its text. */
  configurationFiles(): ReadonlyMap<string, string>;
}

/** The file system as the analysis may see it. Configuration files are looked for up to `projectUri` and read once. */
export function createHost(settings: FaceSettings, projectUri: string, today: Date): FileSystemHost {
  const texts = new Map<string, string | undefined>();
  return {
    readText(uri) {
      if (!texts.has(uri)) texts.set(uri, readText(uri));
      return texts.get(uri);
    },
    settingsFor: () => settings,
    folderOf: () => projectUri,
    today: () => localDate(today),
    configurationFiles() {
      const found = new Map<string, string>();
      for (const [uri, text] of texts) {
        if (text !== undefined && uri !== settings.baselineFile && /\.ya?ml$/.test(uri)) found.set(uri, text);
      }
      return found;
    },
  };
}

function readText(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return readFileSync(fileURLToPath(uri), 'utf8');
  } catch {
    return undefined;
  }
}

/** YYYY-MM-DD where the command runs: an end date means the end of that day for whoever wrote it. */
function localDate(date: Date): string {
  const month = String(date.getMonth() + 1).padStart(2, '0');
  return `${date.getFullYear()}-${month}-${String(date.getDate()).padStart(2, '0')}`;
}
