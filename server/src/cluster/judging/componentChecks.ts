import { createWorkspace, type WorkspaceHost } from '../../analysis/index.ts';
import {
  asObject,
  type ComponentName,
  componentsOf,
  kubeadmConfiguration,
  type PodGroup,
  podSpecsOf,
  type RawObject,
  type Resource,
  type ResourceIdentity,
  resourceIdentity,
  type Seen,
} from '../../kubernetes/index.ts';
import { type CheckOutcome, type RuleFor, rules } from '../../rules/index.ts';
import { type Argument, oneLine, phrase, sentence } from '../../sentences/index.ts';
import type { ClusterSnapshot } from '../collection/clusterSnapshot.ts';
import type { CheckResult } from '../protocol/index.ts';
import { podFromFlags } from './podFromFlags.ts';

type ComponentRule = RuleFor<'component', string, unknown>;

/** Where the flags of components were seen. */
interface FlagSource {
  readonly components: readonly ComponentName[];
  /** In a sentence: `the static pod kube-apiserver-node-1`. */
  readonly name: Argument;
  /** What the rules judge: a pod, or a ClusterConfiguration of kubeadm. */
  readonly judged: RawObject;
  /** Undefined for what /flagz shows. */
  readonly object?: ResourceIdentity;
}

/**
 * What the rules about flags say of the components that run: one answer for each rule, with "pass" where the flags were
 * seen and the rule is content, and "not verifiable" where nobody may see them. Flags are seen in static pods, of each
 * replica by itself; where there are none, in the API server's own /flagz, and then in what kubeadm was told.
 */
export function componentChecks(snapshot: ClusterSnapshot, host: WorkspaceHost): readonly CheckResult[] {
  const sources = flagSources(snapshot);
  const workspace = createWorkspace(host);
  const findings = sources.map((source, index) => {
    const uri = `${host.folderOf('')}/flags/${index}`;
    workspace.setObject(uri, source.judged);
    return { source, findings: workspace.findings(uri).findings };
  });
  const configuration = workspace.configurationFor(`${host.folderOf('')}/flags/0`);
  const active = rules.filter(isComponentRule).filter(({ id }) => configuration.severityOf(id) !== undefined);
  return active.map((rule): CheckResult => {
    const { id, summary, why, guide, severity } = rule;
    const judged = findings.filter(({ source }) => asksOf(rule, source));
    const failures = judged.flatMap(({ source, findings }) =>
      findings
        .filter(({ ruleId }) => ruleId === id)
        .map((finding) => ({
          message:
            judged.length > 1
              ? sentence('{message} ({source})', { message: finding.sentence, source: source.name })
              : finding.sentence,
          severity: finding.severity,
          ...(source.object === undefined ? {} : { object: source.object }),
        })),
    );
    return {
      id,
      summary: { text: summary },
      why: { text: oneLine(why) },
      ...(guide === undefined ? {} : { guide }),
      severity,
      outcome: outcomeOf(
        rule,
        failures,
        judged.map(({ source }) => source.name),
        snapshot,
      ),
    };
  });
}

function isComponentRule(rule: (typeof rules)[number]): rule is ComponentRule {
  return rule.subject === 'component';
}

function outcomeOf(
  rule: ComponentRule,
  failures: Extract<CheckOutcome, { kind: 'fail' }>['failures'],
  sources: readonly Argument[],
  snapshot: ClusterSnapshot,
): CheckOutcome {
  if (failures.length > 0) return { kind: 'fail', failures };
  if (sources.length > 0) {
    return { kind: 'pass', because: sentence('Nothing of it in the flags of {sources}.', { sources }) };
  }
  const components = rule.components ?? ['kube-apiserver'];
  return {
    kind: 'notVerifiable',
    because: sentence('The flags of {components} are not visible.', { components }),
    unlockedBy: [
      ...(snapshot.pods.kind === 'unseen' && snapshot.pods.permission !== undefined ? [snapshot.pods.permission] : []),
      ...(components.includes('kube-apiserver') ? [{ kind: 'url' as const, path: '/flagz' }] : []),
      sentence('A provider that runs the control plane shows its flags, if at all, in its own console.'),
    ],
  };
}

/** The static pods of the control plane: the findings of rules about flags in them are the answers of these checks. */
export function controlPlanePods(
  pods: Seen<readonly PodGroup[]>,
): readonly { readonly component: ComponentName; readonly pod: Resource }[] {
  const running = pods.kind === 'seen' ? pods.value : [];
  return running
    .filter(({ namespace, controller }) => namespace === 'kube-system' && controller.kind === 'Pod')
    .flatMap(({ pod }) => {
      const [component] = componentsOf(pod, podSpecsOf(pod, []));
      return component === undefined ? [] : [{ component: component.component, pod }];
    });
}

function asksOf({ components }: ComponentRule, source: FlagSource): boolean {
  return components === undefined || source.components.some((component) => components.includes(component));
}

function flagSources(snapshot: ClusterSnapshot): readonly FlagSource[] {
  const { pods, flags, version } = snapshot;
  const fromPods = controlPlanePods(pods).map(({ component, pod }): FlagSource => {
    const name = phrase('the static pod {pod}', { pod: pod.name });
    return { components: [component], name, judged: asObject(pod.node.toJson()), object: resourceIdentity(pod) };
  });
  const seen = new Set(fromPods.flatMap(({ components }) => components));
  const isShown = flags.kind === 'seen' && !seen.has('kube-apiserver');
  if (isShown) seen.add('kube-apiserver');
  const release = version.kind === 'seen' ? version.value.gitVersion : '';
  return [
    ...fromPods,
    ...(isShown
      ? [
          {
            components: ['kube-apiserver'] as const,
            name: phrase('/flagz of the API server that answered'),
            judged: podFromFlags(flags.value, release),
          },
        ]
      : []),
    ...fromKubeadm(snapshot, seen),
  ];
}

/** @param seen components of which something better is known */
function fromKubeadm(snapshot: ClusterSnapshot, seen: ReadonlySet<ComponentName>): readonly FlagSource[] {
  const kubeadm = kubeadmConfiguration(snapshot);
  if (kubeadm === undefined) return [];
  const { configMap, cluster } = kubeadm;
  const components = componentsOf(cluster, []).map(({ component }) => component);
  return [
    {
      components: components.filter((component) => !seen.has(component)),
      name: phrase('the ConfigMap {configMap}', { configMap: `${configMap.namespace}/${configMap.name}` }),
      judged: asObject(cluster.node.toJson()),
      object: resourceIdentity(configMap),
    },
  ];
}
