import type { ManifestComment, ManifestDocument } from '../../manifest/index.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import { commentLine, commentScope } from './commentScope.ts';
import type { Suppression, SuppressionScope } from './suppression.ts';

/**
 * Reads the comments that other tools take as suppressions:
 * - Checkov: `# checkov:skip=CKV_K8S_16,CKV_K8S_20:reason`, anywhere in the resource
 * - Trivy: `# trivy:ignore:KSV-0017` (also `AVD-KSV-0017`, `KSV017`, `:exp:2027-01-31`), the line or block
 * - KICS: `# kics-scan ignore` (file), `# kics-scan ignore-line`, `# kics-scan ignore-block`. Its `disable=` names
 *   queries by UUIDs that no crosswalk holds, so it is not read.
 */
export function peerCommentSuppressions(
  document: ManifestDocument,
  catalog: RuleCatalog,
  today: string,
  isFirstDocument: boolean,
): readonly Suppression[] {
  return document.comments.flatMap((comment) => {
    const peer =
      checkovComment(comment, catalog) ??
      trivyComment(document, comment, catalog, today) ??
      kicsComment(document, comment, catalog, isFirstDocument);
    if (peer === undefined || peer.ruleIds.length === 0) return [];
    const place = { document, path: [], range: comment };
    const rules = peer.ruleIds.map((ruleId) => ({ ruleId, place }));
    return [{ scope: peer.scope, rules, reason: peer.reason, origin: undefined }];
  });
}

/** Whether a text may hold such a comment: a cheap look before the comments are read. */
export function mayHoldPeerComments(text: string): boolean {
  return text.includes(':skip=') || text.includes('trivy:ignore') || text.includes('kics-scan');
}

interface PeerComment {
  readonly scope: SuppressionScope;
  readonly ruleIds: readonly string[];
  readonly reason: string;
}

function checkovComment(comment: ManifestComment, catalog: RuleCatalog): PeerComment | undefined {
  const match = /\b(?:checkov|bridgecrew|cortex):skip=([\w,]+)(?::(.*))?/.exec(comment.text);
  if (match === null) return undefined;
  const ruleIds = (match[1] ?? '').split(',').flatMap((id) => catalog.rulesOfPeer(id));
  return { scope: { kind: 'document' }, ruleIds, reason: match[2]?.trim() || 'skipped for Checkov' };
}

function trivyComment(
  document: ManifestDocument,
  comment: ManifestComment,
  catalog: RuleCatalog,
  today: string,
): PeerComment | undefined {
  const ruleIds = [...comment.text.matchAll(/\btrivy:ignore:([\w-]+)(?::exp:([\d-]+))?/g)].flatMap(([, id, end]) => {
    const normalized = id === undefined || (end !== undefined && end < today) ? undefined : trivyId(id);
    return normalized === undefined ? [] : catalog.rulesOfPeer(normalized);
  });
  if (ruleIds.length === 0) return undefined;
  return { scope: scopeOf(document, comment), ruleIds, reason: 'ignored for Trivy' };
}

function kicsComment(
  document: ManifestDocument,
  comment: ManifestComment,
  catalog: RuleCatalog,
  isFirstDocument: boolean,
): PeerComment | undefined {
  const command = /^#+\s*kics-scan\s+(ignore(?:-line|-block)?)\s*$/.exec(comment.text)?.[1];
  if (command === undefined) return undefined;
  const ruleIds = catalog.rulesOfPeers('KICS:');
  const reason = 'ignored for KICS';
  if (command === 'ignore-line') {
    return { scope: { kind: 'range', range: commentLine(document.text, comment) }, ruleIds, reason };
  }
  const scope = scopeOf(document, comment);
  if (command === 'ignore-block') return { scope, ruleIds, reason };
  return isFirstDocument && scope.kind === 'document' ? { scope: { kind: 'file' }, ruleIds, reason } : undefined;
}

function scopeOf(document: ManifestDocument, comment: ManifestComment): SuppressionScope {
  const scope = commentScope(document.text, comment);
  return scope === 'document' ? { kind: 'document' } : { kind: 'range', range: scope };
}

/** Trivy's id as the catalogue writes it (`KSV-0017`), from any of its spellings; undefined if it is no id of Trivy. */
export function trivyId(id: string): string | undefined {
  const match = /^(?:AVD-)?(KSV|KCV)-?(\d+)$/i.exec(id);
  return match === null ? undefined : `${match[1]?.toUpperCase()}-${String(Number(match[2])).padStart(4, '0')}`;
}
