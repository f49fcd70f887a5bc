import { type Argument, sentence } from '../../sentences/index.ts';
import type { Unseen } from './clusterEvidence.ts';
import type { Permission } from './permission.ts';

/** @param what as it stands in a sentence: `nodes`, the phrase "the list of APIs" */
export function forbidden(what: Argument, permission?: Permission): Unseen {
  const reason = sentence('You may not read {what}.', { what });
  return { kind: 'unseen', cause: 'forbidden', reason, what, ...(permission === undefined ? {} : { permission }) };
}
