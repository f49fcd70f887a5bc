import type { Permission, Unseen } from '../../kubernetes/index.ts';
import type { ClusterTrouble } from '../connection/clusterAnswer.ts';

/**
 * Why something was not seen, as evidence says it.
 *
 * @param what in a sentence: "the list of APIs"
 * @param permission would unlock it, if it was forbidden
 */
export function unseen(trouble: ClusterTrouble, what: string, permission?: Permission): Unseen {
  const isForbidden =
    trouble.outcome === 'refused' && (trouble.reason === 'forbidden' || trouble.reason === 'unauthorized');
  if (isForbidden) return forbidden(what, permission);
  if (trouble.outcome === 'refused' && (trouble.reason === 'notFound' || trouble.reason === 'notAcceptable')) {
    return { kind: 'unseen', cause: 'absent', reason: `This cluster does not serve ${what}.` };
  }
  return { kind: 'unseen', cause: 'failed', reason: `Reading ${what} failed: ${shortly(trouble)}.` };
}

export function forbidden(what: string, permission?: Permission): Unseen {
  const reason = `You may not read ${what}.`;
  return { kind: 'unseen', cause: 'forbidden', reason, ...(permission === undefined ? {} : { permission }) };
}

function shortly(trouble: ClusterTrouble): string {
  switch (trouble.outcome) {
    case 'refused':
      return trouble.message === '' ? `status ${trouble.status}` : `${trouble.status}, ${trouble.message}`;
    case 'unreachable':
      return `no answer (${trouble.trouble.kind})`;
    case 'credentials':
      return `no credentials (${trouble.trouble.kind})`;
    case 'cancelled':
      return 'it was cancelled';
  }
}
