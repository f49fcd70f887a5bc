import type { Permission, Unseen } from '../../kubernetes/index.ts';
import type { ClusterTrouble } from '../connection/clusterAnswer.ts';
import { inEnglish } from '../connection/sentence.ts';
import { troubleSentence } from '../connection/troubleSentence.ts';

/**
 * Why something was not seen, as evidence says it.
 *
 * @param what in a sentence: "the list of APIs"
 * @param permission would unlock it, if it was forbidden
 */
export function unseen(trouble: ClusterTrouble, what: string, permission?: Permission): Unseen {
  if (trouble.outcome === 'refused' && trouble.reason === 'forbidden') return forbidden(what, permission);
  if (trouble.outcome === 'refused' && (trouble.reason === 'notFound' || trouble.reason === 'notAcceptable')) {
    return { kind: 'unseen', cause: 'absent', reason: `This cluster does not serve ${what}.` };
  }
  return { kind: 'unseen', cause: 'failed', reason: `Reading ${what} failed${because(trouble)}` };
}

export function forbidden(what: string, permission?: Permission): Unseen {
  const reason = `You may not read ${what}.`;
  return { kind: 'unseen', cause: 'forbidden', reason, ...(permission === undefined ? {} : { permission }) };
}

/** What the server said, in its own words; else a sentence of ours. */
function because(trouble: ClusterTrouble): string {
  // Credentials that end while a scan runs lack no permission.
  const isKnown = trouble.outcome === 'refused' && trouble.reason !== 'unauthorized';
  if (isKnown && trouble.message !== '') return `: ${trouble.status}, ${trouble.message}.`;
  return `. ${inEnglish(troubleSentence(trouble))}`;
}
