/**
 * Schemes of documents that are views of the past or of a difference: what is wrong in them cannot be edited away, and
 * the same file is judged where it really lies.
 */
const historySchemes = new Set([
  'git',
  'gitfs',
  'gitlens',
  'gitlens-git',
  'git-graph',
  'gitlab-mr-review',
  'review',
  'pr',
  'scm',
  'vscode-scm',
  'vscode-local-history',
  'merge-conflict.conflict-diff',
  'svn',
  'hg',
  'output',
  'kubeharden',
]);

/** Language ids under which other tools' YAML goes; it looks like YAML and is none of Kubernetes' business. */
const foreignLanguages = new Set(['dockercompose', 'yaml.docker-compose']);

const jsonLanguages = new Set(['json', 'jsonc', 'json5']);

/** Whether documents of this scheme and language are judged at all, whatever is in them. */
export function isSelected(uri: string, languageId: string): boolean {
  const scheme = schemeOf(uri);
  return !historySchemes.has(scheme) && !scheme.endsWith('-diff') && !foreignLanguages.has(languageId);
}

export function schemeOf(uri: string): string {
  return uri.slice(0, uri.indexOf(':')).toLowerCase();
}

/** Whether a look at the head is needed before a document of this language is judged. */
export function isJsonLanguage(languageId: string): boolean {
  return jsonLanguages.has(languageId);
}

/** How much of a JSON file is looked at to tell a manifest from any other JSON. */
export const jsonHeadLength = 4096;

/**
 * Whether the head of a JSON file shows a manifest. `kubectl get -o json` writes `apiVersion` first; for other tools'
 * key order the head is long enough to find it behind the metadata.
 */
export function looksLikeJsonManifest(text: string): boolean {
  const head = text.slice(0, jsonHeadLength);
  return /^\uFEFF?\s*[{[]/.test(head) && /"apiVersion"\s*:\s*"/.test(head) && /"kind"\s*:\s*"/.test(head);
}
