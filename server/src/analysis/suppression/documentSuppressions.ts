import type { ManifestDocument } from '../../manifest/index.ts';
import type { ResourceSubjects } from '../judging/judgeDocument.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import { annotationSuppressions } from './annotationSuppressions.ts';
import { commentSuppressions } from './commentSuppressions.ts';
import { ignoreKeyword } from './directive.ts';
import { mayHoldPeerComments, peerCommentSuppressions } from './peerComments.ts';
import { type DocumentSuppressions, noSuppressions } from './suppression.ts';

/**
 * All suppressions written in a document: our comments and annotations, and the peers'. `isFirstDocument` tells whether
 * it is the first of its file that is not empty, where alone a suppression of the whole file may stand.
 */
export function documentSuppressions(
  document: ManifestDocument,
  subjects: readonly ResourceSubjects[],
  catalog: RuleCatalog,
  today: string,
  isFirstDocument: boolean,
): DocumentSuppressions {
  const annotations = annotationSuppressions(subjects, catalog, today);
  const { text } = document;
  const own = text.includes(ignoreKeyword)
    ? commentSuppressions(document, catalog, today, isFirstDocument)
    : noSuppressions;
  const peers = mayHoldPeerComments(text) ? peerCommentSuppressions(document, catalog, today, isFirstDocument) : [];
  if (annotations.suppressions.length + annotations.problems.length + peers.length === 0) return own;
  return {
    suppressions: [...own.suppressions, ...annotations.suppressions, ...peers],
    problems: [...own.problems, ...annotations.problems],
  };
}
