import { forbidden, type Permission, type Unseen } from '../../kubernetes/index.ts';
import { type Argument, type Sentence, sentence, together } from '../../sentences/index.ts';
import type { ClusterTrouble } from '../connection/clusterAnswer.ts';
import { troubleSentence } from '../connection/troubleSentence.ts';

/**
 * Why something was not seen, as evidence says it.
 *
 * @param what as it stands in a sentence: the phrase "the list of APIs"
 * @param permission would unlock it, if it was forbidden
 */
export function unseen(trouble: ClusterTrouble, what: Argument, permission?: Permission): Unseen {
  if (trouble.outcome === 'refused' && trouble.reason === 'forbidden') return forbidden(what, permission);
  if (trouble.outcome === 'refused' && (trouble.reason === 'notFound' || trouble.reason === 'notAcceptable')) {
    return { kind: 'unseen', cause: 'absent', reason: sentence('This cluster does not serve {what}.', { what }) };
  }
  return { kind: 'unseen', cause: 'failed', reason: failure(trouble, what) };
}

/** What the server said, in its own words; else a sentence of ours. */
function failure(trouble: ClusterTrouble, what: Argument): Sentence {
  // Credentials that end while a scan runs lack no permission.
  if (trouble.outcome === 'refused' && trouble.reason !== 'unauthorized' && trouble.message !== '') {
    const { status, message } = trouble;
    return sentence('Reading {what} failed: {status}, {message}.', { what, status, message });
  }
  return together(sentence('Reading {what} failed.', { what }), troubleSentence(trouble));
}
