import {
  createWorkspace,
  type FaceSettings,
  type Finding,
  isIgnoredByAnnotation,
  type ResolvedConfiguration,
  type Workspace,
  type WorkspaceHost,
} from '../../analysis/index.ts';
import type { PodGroup, RawObject, ResourceIdentity } from '../../kubernetes/index.ts';
import { asObject, asStrings } from '../../kubernetes/index.ts';
import { type CheckOutcome, clusterChecks, rules, type Severity } from '../../rules/index.ts';
import { oneLine } from '../../sentences/index.ts';
import type { ClusterSnapshot } from '../collection/clusterSnapshot.ts';
import { isReadWhole } from '../collection/collectedKinds.ts';
import type { CheckResult, ClusterReport, LiveFinding } from '../protocol/index.ts';
import { componentChecks, controlPlanePods } from './componentChecks.ts';
import { coverageGaps, unseenFacts } from './coverage.ts';
import { identityOf } from './identityOf.ts';
import { atOnce, inSlices } from './inSlices.ts';
import { isAsItsTemplate } from './isAsItsTemplate.ts';
import { minimalClusterRole } from './minimalClusterRole.ts';
import { askingForMissing, missingPermissions } from './missingPermissions.ts';
import { saidOnce } from './saidOnce.ts';
import { scannedObjects } from './scannedObjects.ts';
import { isSystemObject } from './systemObjects.ts';

export interface JudgeSettings {
  /** Profile and rules, as the editor or the command line wants them. */
  readonly settings: FaceSettings;
  /** Text and URI of a `.kubeharden.yaml` that holds for the cluster, where there is one. */
  readonly configuration?: { readonly uri: string; readonly text: string };
}

/** All rules on all objects, and all checks on the whole. Pure: the same snapshot gives the same report. */
export function judgeCluster(snapshot: ClusterSnapshot, settings: JudgeSettings): ClusterReport {
  return atOnce(judging(snapshot, settings));
}

/** As {@link judgeCluster}, for a process that has others to answer meanwhile. Undefined once the signal is aborted. */
export function judgeClusterInSlices(
  snapshot: ClusterSnapshot,
  settings: JudgeSettings,
  signal: AbortSignal,
): Promise<ClusterReport | undefined> {
  return inSlices(judging(snapshot, settings), signal);
}

function* judging(snapshot: ClusterSnapshot, settings: JudgeSettings): Generator<void, ClusterReport> {
  const gaps = coverageGaps(snapshot);
  const host = hostFor(snapshot, settings);
  const configuration = createWorkspace(host).configurationFor(`${clusterUri}/checks`);
  const checks: CheckResult[] = [];
  for (const check of allChecks(snapshot, host, configuration)) {
    checks.push({ ...check, outcome: askingForMissing(check.outcome, gaps) });
    yield;
  }
  const user = snapshot.user.kind === 'seen' ? snapshot.user.value : undefined;
  const clusterRole = minimalClusterRole(missingPermissions(gaps), user);
  const { findings, isIgnored } = yield* judgeObjects(snapshot, host);
  return {
    contextName: snapshot.contextName,
    server: snapshot.server,
    version: snapshot.version.kind === 'seen' ? snapshot.version.value.gitVersion : undefined,
    scannedAt: snapshot.scannedAt,
    profile: configuration.profile,
    rules: rules.flatMap(({ id }) => (configuration.severityOf(id) === undefined ? [] : [id])),
    ...saidOnce({ findings, isIgnored, checks, controlPlane: controlPlanePods(snapshot.pods).map(({ pod }) => pod) }),
    gaps,
    ...(clusterRole === undefined ? {} : { clusterRole }),
    objectCount: snapshot.objectCount,
    objects: scannedObjects(snapshot),
  };
}

/** The checks of the cluster as a whole, and the rules about flags that no check answers better. */
function* allChecks(
  snapshot: ClusterSnapshot,
  host: WorkspaceHost,
  configuration: ResolvedConfiguration,
): Generator<CheckResult, void> {
  for (const check of clusterChecks) {
    const { id, summary, why, guide } = check;
    if (configuration.isSwitchedOff(id)) continue;
    const chosen = configuration.hasChosenSeverity(id) ? configuration.severityOf(id) : undefined;
    const outcome = check.judge(snapshot);
    yield {
      id,
      summary: { text: summary },
      why: { text: oneLine(why) },
      ...(guide === undefined ? {} : { guide }),
      severity: chosen ?? check.severity,
      outcome: chosen === undefined ? outcome : withSeverity(outcome, chosen),
    };
  }
  const known = new Set<string>(clusterChecks.map(({ id }) => id));
  yield* componentChecks(snapshot, host).filter(({ id }) => !known.has(id));
}

/** The severity that somebody chose stands above those that a check has for its cases. */
function withSeverity(outcome: CheckOutcome, severity: Severity): CheckOutcome {
  if (outcome.kind !== 'fail') return outcome;
  return { kind: 'fail', failures: outcome.failures.map((failure) => ({ ...failure, severity })) };
}

/** A live object in the workspace of the scan. */
interface JudgedObject {
  readonly uri: string;
  readonly object: RawObject;
  readonly identity: ResourceIdentity;
  readonly isSystem: boolean;
}

interface JudgedObjects {
  readonly findings: readonly LiveFinding[];
  readonly isIgnored: (ruleId: string, object: ResourceIdentity) => boolean;
}

/** The folder of all live objects: one cluster is to the rules what one repository is. */
const clusterUri = 'kubernetes-live://cluster';

function* judgeObjects(snapshot: ClusterSnapshot, host: WorkspaceHost): Generator<void, JudgedObjects> {
  const workspace = createWorkspace(host);
  const objects: JudgedObject[] = [];
  for (const { kind, objects: ofKind } of snapshot.collected) {
    if (ofKind.kind === 'unseen' || !isReadWhole(kind)) continue;
    objects.push(...ofKind.value.map((object) => add(workspace, object)));
    yield;
  }
  const byUri = new Map(objects.map((object) => [object.uri, object]));
  const groups = snapshot.pods.kind === 'seen' ? snapshot.pods.value : [];
  // A pod of a workload that was read is that workload once more: to the rules across objects it would count twice.
  const alone = groups.filter(({ controller }) => !byUri.has(uriOf(controller)));
  objects.push(...alone.map(({ pod }) => addPod(workspace, pod.node.toJson())));
  workspace.foldersComplete([clusterUri], unseenFacts(snapshot));

  // The first question about a folder reads the facts of all its files, and that would be one long step.
  for (const { uri } of objects) {
    workspace.readFacts(uri);
    yield;
  }
  const findings: LiveFinding[] = [];
  for (const object of objects) {
    yield;
    for (const found of workspace.findings(object.uri).findings) findings.push(liveFinding(found, object));
  }
  const pods = createWorkspace(host);
  for (const group of groups) {
    const controller = byUri.get(uriOf(group.controller));
    if (controller === undefined) continue;
    yield;
    if (isAsItsTemplate(asObject(group.pod.node.toJson()), controller.object)) continue;
    findings.push(...addedAtAdmission(group, pods, controller, workspace));
  }
  const today = snapshot.scannedAt.slice(0, 10);
  return {
    findings,
    isIgnored(ruleId, identity) {
      const { annotations } = asObject(byUri.get(uriOf(identity))?.object.metadata);
      return isIgnoredByAnnotation(asStrings(annotations), ruleId, today);
    },
  };
}

function add(workspace: Workspace, object: RawObject): JudgedObject {
  const identity = identityOf(object);
  const uri = uriOf(identity);
  workspace.setObject(uri, object);
  return { uri, object, identity, isSystem: isSystemObject(identity, object) };
}

function addPod(workspace: Workspace, pod: unknown): JudgedObject {
  return add(workspace, asObject(pod));
}

/** What a pod has and the template of its controller has not. */
function addedAtAdmission(
  group: PodGroup,
  pods: Workspace,
  controller: JudgedObject,
  workspace: Workspace,
): readonly LiveFinding[] {
  const pod = addPod(pods, group.pod.node.toJson());
  const { findings: found } = pods.findings(pod.uri);
  // Each pod is judged by itself and once; ten thousand would not fit.
  pods.remove(pod.uri);
  if (found.length === 0) return [];
  const { findings, suppressed } = workspace.findings(controller.uri);
  const known = new Set([...findings, ...suppressed.map(({ finding }) => finding)].map(sameness));
  return found
    .filter((finding) => !known.has(sameness(finding)))
    .map((finding) => ({ ...liveFinding(finding, pod), addedToPodsOf: controller.identity }));
}

/** The same verdict on a template and on a pod made from it. */
function sameness({ ruleId, messageKey, args }: Finding): string {
  return JSON.stringify([ruleId, messageKey, args]);
}

function liveFinding(finding: Finding, { identity, isSystem }: JudgedObject): LiveFinding {
  const { ruleId, severity, sentence, messageKey, args, place, fingerprint } = finding;
  return {
    ruleId,
    severity,
    message: sentence,
    messageKey,
    args,
    object: identity,
    path: place.path,
    isSystem,
    fingerprint,
  };
}

function hostFor(snapshot: ClusterSnapshot, { settings, configuration }: JudgeSettings): WorkspaceHost {
  const version = snapshot.version.kind === 'seen' ? { minor: snapshot.version.value.emulatedMinor } : undefined;
  const face: FaceSettings = {
    ...settings,
    // All findings are wanted; what the cluster runs is known better than any setting could.
    maxProblems: Number.MAX_SAFE_INTEGER,
    forced: { ...settings.forced, ...(version === undefined ? {} : { kubernetesVersion: version }) },
    ...(configuration === undefined ? {} : { configurationFile: configuration.uri }),
  };
  return {
    readText: (uri: string) => (uri === configuration?.uri ? configuration.text : undefined),
    settingsFor: () => face,
    folderOf: () => clusterUri,
    today: () => snapshot.scannedAt.slice(0, 10),
  };
}

/** Without the version: the same object may be read in one and owned in another. */
function uriOf({ group, kind, namespace, name }: ResourceIdentity): string {
  return [clusterUri, group, kind, namespace, name]
    .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
    .join('/');
}
