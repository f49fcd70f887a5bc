import type { RuleCatalog } from '../ruleCatalog.ts';
import { trivyId } from './peerComments.ts';

/** Our rules that an annotation of another tool suppresses. */
export interface PeerSuppression {
  readonly ruleIds: readonly string[];
  readonly reason: string;
}

/**
 * Reads an annotation that another tool takes as a suppression:
 * - Checkov: `checkov.io/skip1: CKV_K8S_16=reason`, whatever follows `skip`, and under its other names `bridgecrew.io` and
 *   `cortex.io` (checkov/kubernetes/kubernetes_utils.py)
 * - kube-linter: `ignore-check.kube-linter.io/privileged-container: reason` and `kube-linter.io/ignore-all: reason`
 * - kube-score: `kube-score/ignore: container-security-context-privileged,pod-networkpolicy`
 * - Polaris: `polaris.fairwinds.com/runAsPrivileged-exempt: "true"` and `polaris.fairwinds.com/exempt: "true"`
 */
export function peerAnnotationRules(key: string, value: string, catalog: RuleCatalog): PeerSuppression | undefined {
  const slash = key.indexOf('/');
  const domain = key.slice(0, slash);
  const name = key.slice(slash + 1);
  switch (domain) {
    case 'checkov.io':
    case 'bridgecrew.io':
    case 'cortex.io':
      return name.startsWith('skip') ? checkov(value, catalog) : undefined;
    case 'ignore-check.kube-linter.io':
      return { ruleIds: catalog.rulesOfPeer(`KL:${name}`), reason: value || 'ignored for kube-linter' };
    case 'kube-linter.io':
      if (name !== 'ignore-all') return undefined;
      return { ruleIds: catalog.rulesOfPeers('KL:'), reason: value || 'ignored for kube-linter' };
    case 'kube-score': {
      if (name !== 'ignore') return undefined;
      const ruleIds = value.split(',').flatMap((check) => catalog.rulesOfPeer(`KS:${check.trim()}`));
      return { ruleIds, reason: 'ignored for kube-score' };
    }
    case 'polaris.fairwinds.com':
      return value === 'true' ? polaris(name, catalog) : undefined;
    default:
      return undefined;
  }
}

function checkov(value: string, catalog: RuleCatalog): PeerSuppression {
  const equals = value.indexOf('=');
  const id = (equals < 0 ? value : value.slice(0, equals)).trim();
  const reason = equals < 0 ? '' : value.slice(equals + 1).trim();
  return { ruleIds: catalog.rulesOfPeer(id), reason: reason || 'skipped for Checkov' };
}

function polaris(name: string, catalog: RuleCatalog): PeerSuppression | undefined {
  const reason = 'exempt for Polaris';
  if (name === 'exempt') return { ruleIds: catalog.rulesOfPeers('PO:'), reason };
  const check = /^(.+)-exempt$/.exec(name)?.[1];
  return check === undefined ? undefined : { ruleIds: catalog.rulesOfPeer(`PO:${check}`), reason };
}

/** The rules that a `.trivyignore` file suppresses: one id a line, `#` comments, `exp:YYYY-MM-DD` as the last day. */
export function trivyIgnoreRules(text: string, catalog: RuleCatalog, today: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const [id, ...rest] = line.replace(/#.*/, '').trim().split(/\s+/);
    const end = rest.find((word) => word.startsWith('exp:'))?.slice('exp:'.length);
    if (id === undefined || (end !== undefined && end < today)) return [];
    const normalized = trivyId(id);
    return normalized === undefined ? [] : catalog.rulesOfPeer(normalized);
  });
}
