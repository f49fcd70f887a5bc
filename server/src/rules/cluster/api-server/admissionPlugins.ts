import { apiServerFlags, type ClusterEvidence, samplesOf, sourcesOf } from '../../../kubernetes/index.ts';
import { phrase, type Sentence, sentence } from '../../../sentences/index.ts';
import type { CheckOutcome, ClusterCheck } from '../clusterCheck.ts';
import { fail, flagsReadFrom, mayReadFlags, mayReadMetrics, notVerifiable, pass } from '../outcomes.ts';

interface PluginQuestion {
  readonly name: string;
  /** Without a flag (pkg/kubeapiserver/options/plugins.go, DefaultOffAdmissionPlugins). */
  readonly isOnByDefault: boolean;
  /** After "so": what is missing without it. */
  readonly consequence: Sentence;
}

const needs = [mayReadMetrics, ...flagsReadFrom];

export const nodeRestriction: ClusterCheck = {
  id: 'api-server/admission-node-restriction',
  guide: 1,
  summary: 'A node may change only itself and its own pods',
  evidence:
    'the metric `apiserver_admission_controller_admission_duration_seconds_count`, then the flags of the API servers',
  severity: 'warning',
  why: 'Without the admission plugin NodeRestriction the credentials of one node can relabel and taint all others, and draw pods with their Secrets to a node of the intruder’s choice.',
  references: ['CIS 1.2.15', 'CKV_K8S_85', 'C-0127'],
  needs,
  judge: (evidence) =>
    judge(evidence, {
      name: 'NodeRestriction',
      isOnByDefault: false,
      consequence: phrase('one broken node can change all others'),
    }),
};

export const podSecurityAdmission: ClusterCheck = {
  id: 'api-server/admission-pod-security-disabled',
  guide: 1,
  summary: 'Pod Security levels of namespaces are enforced',
  evidence:
    'the metric `apiserver_admission_controller_admission_duration_seconds_count`, then the flags of the API servers',
  severity: 'error',
  why: 'The labels pod-security.kubernetes.io/* are carried out by the admission plugin PodSecurity. Where it is switched off they are words.',
  references: ['kubernetes.io/docs/concepts/security/pod-security-admission'],
  needs,
  judge: (evidence) =>
    judge(evidence, {
      name: 'PodSecurity',
      isOnByDefault: true,
      consequence: phrase('the Pod Security levels of namespaces are not enforced'),
    }),
};

const durations = 'apiserver_admission_controller_admission_duration_seconds_count';

function judge(evidence: ClusterEvidence, question: PluginQuestion): CheckOutcome {
  return fromMetrics(evidence, question) ?? fromFlags(evidence, question) ?? unknown();
}

/**
 * Each plugin is timed for each request that it handles (apiserver/pkg/admission/metrics). Both plugins are asked about
 * every create request that passes, so that after one of those a plugin without a sample is not there.
 */
function fromMetrics({ metrics }: ClusterEvidence, { name, consequence }: PluginQuestion): CheckOutcome | undefined {
  if (metrics.kind === 'unseen') return undefined;
  const timed = samplesOf(metrics.value, durations).filter(({ value }) => value > 0);
  if (timed.some(({ labels }) => labels.name === name))
    return pass(
      sentence('The admission plugin {name} has been asked since the API server started, as its metrics count.', {
        name,
      }),
    );
  const hasCreated = timed.some(
    ({ labels }) => labels.operation === 'CREATE' && labels.type === 'validate' && labels.rejected === 'false',
  );
  if (!hasCreated) return undefined;
  return fail({
    message: sentence('The admission plugin {name} is not switched on, so {consequence}.', { name, consequence }),
  });
}

function fromFlags(
  evidence: ClusterEvidence,
  { name, isOnByDefault, consequence }: PluginQuestion,
): CheckOutcome | undefined {
  const servers = apiServerFlags(evidence);
  if (servers.length === 0) return undefined;
  const without = servers.filter((server) => {
    if (server.list('disable-admission-plugins').includes(name)) return true;
    return !isOnByDefault && !server.list('enable-admission-plugins').includes(name);
  });
  if (without.length === 0)
    return pass(
      sentence('The flags of the API server ({sources}) switch the admission plugin {name} on.', {
        sources: sourcesOf(servers),
        name,
      }),
    );
  const where = sourcesOf(without);
  return fail({
    message: sentence('The admission plugin {name} is not switched on ({where}), so {consequence}.', {
      name,
      where,
      consequence,
    }),
  });
}

function unknown(): CheckOutcome {
  return notVerifiable(sentence('Neither the metrics nor the flags of the API server are visible.'), [
    mayReadMetrics,
    mayReadFlags,
  ]);
}
