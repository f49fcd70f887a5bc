import { URI, Utils } from 'vscode-uri';

/**
 * One spelling per file. Editors differ in what they percent-encode (`file:///c%3A/x` and `file:///C:/x`); the engine
 * compares URIs as strings, so every URI that comes in goes through here. Opaque ones (`untitled:1`) stay as they are.
 */
export function canonicalUri(uri: string): string {
  return isFileUri(uri) ? URI.parse(uri).toString() : uri;
}

export function isFileUri(uri: string): boolean {
  return /^file:/i.test(uri);
}

/** Path in this machine's file system, undefined for a document that does not lie in it. */
export function filePathOf(uri: string): string | undefined {
  return isFileUri(uri) ? URI.parse(uri).fsPath : undefined;
}

export function fileUri(path: string): string {
  return URI.file(path).toString();
}

/** The URI of a file named relative to the folder that holds `uri`; undefined when `uri` lies in no folder. */
export function siblingUri(uri: string, path: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.path.startsWith('/') ? Utils.joinPath(Utils.dirname(parsed), path).toString() : undefined;
}

/** The URI of a file named relative to a folder. */
export function childUri(folder: string, path: string): string {
  return Utils.joinPath(URI.parse(folder), path).toString();
}

export function fileNameOf(uri: string): string {
  return Utils.basename(URI.parse(uri));
}
