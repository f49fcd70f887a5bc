import {
  type ClusterEvidence,
  type KubeletSetting,
  kubeletSettings,
  providerNames,
  providerOf,
} from '../../../kubernetes/index.ts';
import { type Argument, type Sentence, sentence } from '../../../sentences/index.ts';
import type { CheckFailure, CheckOutcome, ClusterCheck } from '../clusterCheck.ts';
import { fail, fewOf, mayList, notVerifiable, pass, unseenOf, unseenOutcome } from '../outcomes.ts';

interface Question extends KubeletSetting, Pick<ClusterCheck, 'id' | 'summary' | 'severity' | 'why' | 'references'> {
  /** Of KubeletConfiguration (pkg/kubelet/apis/config/v1beta1/defaults.go). */
  readonly byDefault: string;
  isGood(value: string): boolean;
  /** What kubelets do that these sources tell them, and what comes of it. */
  wrong(sources: Argument): Sentence;
}

const questions: readonly Question[] = [
  {
    id: 'kubelet/anonymous-auth',
    summary: 'Kubelets refuse requests without credentials',
    severity: 'error',
    why: 'Whoever reaches port 10250 of a node is `system:anonymous` to its kubelet, and a kubelet runs commands in every pod of its node.',
    references: ['CIS 4.2.1', 'CKV_K8S_138', 'C-0172'],
    path: ['authentication', 'anonymous', 'enabled'],
    flag: 'anonymous-auth',
    byDefault: 'false',
    isGood: (value) => value !== 'true',
    wrong: (sources) =>
      sentence(
        'Kubelets take requests without credentials ({sources}), so whoever reaches a node may get at its pods.',
        { sources },
      ),
  },
  {
    id: 'kubelet/authorization-mode',
    summary: 'Kubelets ask the API server what a caller may do',
    severity: 'error',
    why: 'With the mode AlwaysAllow whoever has any credentials that a kubelet takes runs commands in every pod of its node.',
    references: ['CIS 4.2.2', 'CKV_K8S_139', 'C-0173'],
    path: ['authorization', 'mode'],
    flag: 'authorization-mode',
    byDefault: 'Webhook',
    isGood: (value) => value !== 'AlwaysAllow',
    wrong: (sources) =>
      sentence(
        'Kubelets allow everything to every caller (AlwaysAllow) ({sources}), so each caller runs commands in every pod of a node.',
        { sources },
      ),
  },
  {
    id: 'kubelet/webhook-authn-off',
    summary: 'Kubelets have bearer tokens checked by the API server',
    severity: 'warning',
    why: 'Without it a kubelet knows callers by certificate only, and whoever comes with a token is anonymous to it.',
    references: [],
    path: ['authentication', 'webhook', 'enabled'],
    flag: 'authentication-token-webhook',
    byDefault: 'true',
    isGood: (value) => value !== 'false',
    wrong: (sources) =>
      sentence(
        'Kubelets do not have bearer tokens checked ({sources}), so they cannot tell callers with a token from strangers.',
        { sources },
      ),
  },
  {
    id: 'kubelet/client-ca-file',
    summary: 'Kubelets know the authority of client certificates',
    severity: 'error',
    why: 'By its certificate the API server proves to a kubelet who it is. Without an authority that signs it the kubelet takes none.',
    references: ['CIS 4.2.3', 'CKV_K8S_140', 'C-0174'],
    path: ['authentication', 'x509', 'clientCAFile'],
    flag: 'client-ca-file',
    byDefault: '',
    isGood: (value) => value !== '',
    wrong: (sources) =>
      sentence('Kubelets take no client certificates ({sources}), so the API server cannot prove to them who it is.', {
        sources,
      }),
  },
  {
    id: 'kubelet/read-only-port',
    summary: 'The read-only port of kubelets is closed',
    severity: 'error',
    why: 'The read-only port (10255) asks nobody who they are and shows all pods of a node with their environment and addresses.',
    references: ['CIS 4.2.4', 'CKV_K8S_141', 'C-0175'],
    path: ['readOnlyPort'],
    flag: 'read-only-port',
    byDefault: '0',
    isGood: (value) => value === '0',
    wrong: (sources) =>
      sentence(
        'Kubelets open their read-only port ({sources}), so whoever reaches a node sees its pods without any credentials.',
        { sources },
      ),
  },
  {
    id: 'kubelet/rotate-certificates',
    summary: 'Kubelets renew their client certificates',
    severity: 'warning',
    why: 'A kubelet whose certificate has expired is cut off from the API server, and certificates that last for years are stolen for years.',
    references: ['CIS 4.2.10', 'CKV_K8S_149', 'C-0182'],
    path: ['rotateCertificates'],
    flag: 'rotate-certificates',
    byDefault: 'false',
    isGood: (value) => value === 'true',
    wrong: (sources) =>
      sentence(
        'Kubelets do not renew their client certificates ({sources}), so nodes drop out of the cluster on the day these expire.',
        { sources },
      ),
  },
];

/** How kubelets are configured, by what kubeadm, K3s and RKE2 hand to every node. */
export const kubeletChecks: readonly ClusterCheck[] = questions.map((question): ClusterCheck => {
  const { id, summary, severity, why, references } = question;
  return {
    id,
    guide: 1,
    summary,
    evidence: 'the ConfigMap `kube-system/kubelet-config` of kubeadm, and what K3s and RKE2 annotate nodes with',
    severity,
    why,
    ...(references === undefined ? {} : { references }),
    needs: [mayList('', 'configmaps'), mayList('', 'nodes')],
    judge: (evidence) => judge(evidence, question),
  };
});

function judge(evidence: ClusterEvidence, question: Question): CheckOutcome {
  const { byDefault, isGood } = question;
  const settings = kubeletSettings(evidence);
  const bad = settings.filter((kubelet) => !isGood(kubelet.value(question) ?? byDefault));
  if (bad.length > 0) {
    const sources = fewOf(bad.map(({ source }) => source));
    const message = question.wrong(sources);
    const [{ object } = { object: undefined }] = bad;
    const failure: CheckFailure = bad.length === 1 && object !== undefined ? { message, object } : { message };
    return fail(failure);
  }
  if (settings.length > 0) {
    const sources = fewOf(settings.map(({ source }) => source));
    return pass(
      sentence('So they are told by {sources}; what was changed on a node afterwards is not visible.', { sources }),
    );
  }
  const provider = providerOf(evidence);
  if (provider !== 'selfManaged')
    return notVerifiable(
      sentence('{provider} configures kubelets out of sight.', { provider: providerNames[provider] }),
    );
  const unseen = unseenOf(evidence.resources('ConfigMap'), evidence.resources('Node'));
  if (unseen.length > 0) return unseenOutcome(...unseen);
  return notVerifiable(
    sentence('No configuration of kubelets is kept in the cluster, as kubeadm, K3s and RKE2 keep it.'),
    [sentence('On a node, /var/lib/kubelet/config.yaml and the arguments of the kubelet show it.')],
  );
}
