import * as vscode from 'vscode';
import type { ProfileName } from '../../../server/src/cluster/protocol/index.ts';
import type { Commands } from '../commands/registerCommands.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { BeforeApplying } from './beforeApplying.ts';
import type { ClusterModel } from './clusterModel.ts';
import type { ClusterProcess } from './clusterProcess.ts';
import { clusterSection, showsSystemObjects } from './clusterSettings.ts';
import type { ClusterNode } from './clusterTree.ts';
import type { ClusterView } from './clusterView.ts';
import type { CredentialCommands } from './credentialCommands.ts';
import { declarationCommands } from './declarationCommands.ts';
import { type FindingFilter, noFilter, profileNames } from './findingFilter.ts';
import { type Grouping, groupings } from './findingGroups.ts';
import type { JudgingAgain } from './judgingAgain.ts';
import type { LiveObjects } from './liveObjects.ts';
import { namespacesIn, showPodSecurityWhatIf } from './podSecurityWhatIf.ts';
import type { Scanning } from './scanning.ts';
import { compare, namespaceOf, severities } from './shownFinding.ts';
import { namespaceText, severityText } from './treeItems.ts';

export interface ClusterParts {
  readonly model: ClusterModel;
  readonly view: ClusterView;
  readonly process: ClusterProcess;
  readonly client: KubeHardenClient;
  readonly beforeApplying: BeforeApplying;
  readonly scanning: Scanning;
  readonly judgingAgain: JudgingAgain;
  readonly liveObjects: LiveObjects;
  readonly credentialCommands: CredentialCommands;
}

export function clusterCommands(parts: ClusterParts): Commands {
  const { view, scanning, credentialCommands } = parts;
  return {
    scanCluster: (node) => scanCluster(parts, node),
    cancelClusterScan: (node) => scanning.cancel(isNode(node) ? node.contextName : undefined),
    refreshContexts: () => scanning.listContexts(),
    groupClusterFindings: () => groupFindings(view),
    filterClusterFindings: () => filterFindings(parts),
    clearClusterFilter: () => setFilter(parts, noFilter),
    toggleSystemObjects: () =>
      vscode.workspace
        .getConfiguration(clusterSection)
        .update('showSystemObjects', !showsSystemObjects(), vscode.ConfigurationTarget.Global),
    copyClusterRole: (node) => copyClusterRole(parts.model, isNode(node) ? node.contextName : parts.model.active),
    openLiveObject: (node) => openLiveObject(parts.liveObjects, node),
    ...declarationCommands(parts, isNode),
    checkAgainstCluster: () => checkAgainstCluster(parts),
    whatIfPodSecurity: (node) => whatIfPodSecurity(parts, node),
    forgetCredentialCommands: () => credentialCommands.forget(),
  };
}

/** Scans the given context, else the one that was scanned last, else asks which. */
async function scanCluster({ model, scanning }: ClusterParts, node: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Clusters are read only in a trusted workspace.'));
    return;
  }
  if (model.emptiness === 'unknown') await scanning.listContexts();
  const name = isNode(node) ? node.contextName : (model.active ?? (await pickContext(model)));
  if (name !== undefined) await scanning.scan(name);
}

async function pickContext({ contexts, problems }: ClusterModel): Promise<string | undefined> {
  if (contexts.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The kubeconfig has no context to scan. {0}', problems.join(' ')),
    );
    return undefined;
  }
  if (contexts.length === 1) return contexts[0]?.name;
  const items = contexts.map(({ name, server, isCurrent }) => ({
    label: name,
    description: isCurrent ? vscode.l10n.t('current') : '',
    detail: server,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which context?') });
  return picked?.label;
}

/** The context to ask: the only one, else the user says, the one that was scanned last first. */
async function contextToAsk({ model, scanning }: ClusterParts): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Clusters are read only in a trusted workspace.'));
    return undefined;
  }
  // The kubeconfig may have been written to meanwhile.
  await scanning.listContexts();
  return pickContext(model);
}

/** Whether the cluster would take the document in the active editor. */
async function checkAgainstCluster(parts: ClusterParts): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined) await parts.beforeApplying.check(document, () => contextToAsk(parts));
}

/** Of the namespace that a group of the tree, or the open document, is; else of one that the last scan saw. */
async function whatIfPodSecurity(parts: ClusterParts, node: unknown): Promise<void> {
  const ofTree =
    isNode(node) && node.kind === 'group' && node.group.key.kind === 'namespace' ? node.group.key : undefined;
  const contextName = isNode(node) ? node.contextName : await contextToAsk(parts);
  if (contextName === undefined) return;
  const namespace = ofTree?.namespace ?? (await askNamespace(parts, contextName));
  if (namespace === undefined || namespace === '') return;
  await showPodSecurityWhatIf(parts.process, parts.client, contextName, namespace);
}

async function askNamespace({ model, client }: ClusterParts, contextName: string): Promise<string | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  const [written] = document === undefined ? [] : await namespacesIn(document, client);
  if (written !== undefined) return written;
  const objects = model.stateOf(contextName).scanned?.report.objects ?? [];
  const namespaces = [...new Set(objects.map(({ identity }) => identity.namespace))].filter((name) => name !== '');
  const prompt = vscode.l10n.t('Which namespace?');
  if (namespaces.length === 0) return vscode.window.showInputBox({ prompt });
  return vscode.window.showQuickPick(namespaces.sort(compare), { placeHolder: prompt });
}

async function groupFindings(view: ClusterView): Promise<void> {
  const items = groupings.map((grouping) => ({
    label: groupingText(grouping),
    description: grouping === view.grouping ? vscode.l10n.t('current') : '',
    grouping,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Group findings by') });
  if (picked !== undefined) await view.groupBy(picked.grouping);
}

function groupingText(grouping: Grouping): string {
  switch (grouping) {
    case 'chapter':
      return vscode.l10n.t('Chapter');
    case 'severity':
      return vscode.l10n.t('Severity');
    case 'namespace':
      return vscode.l10n.t('Namespace');
    case 'workload':
      return vscode.l10n.t('Workload');
  }
}

async function filterFindings(parts: ClusterParts): Promise<void> {
  const { model, view } = parts;
  const { filter } = view;
  const choices = [
    { label: vscode.l10n.t('Text'), description: filter.text, set: () => filterByText(view) },
    {
      label: vscode.l10n.t('Namespace'),
      description: filter.namespaces.map(namespaceText).join(', '),
      set: () => filterByNamespace(view, model),
    },
    {
      label: vscode.l10n.t('Severity'),
      description: filter.severities.map(severityText).join(', '),
      set: () => filterBySeverity(view),
    },
    { label: vscode.l10n.t('Profile'), description: filter.profile ?? '', set: () => filterByProfile(parts) },
  ];
  const picked = await vscode.window.showQuickPick(choices, { placeHolder: vscode.l10n.t('Filter findings by') });
  await picked?.set();
}

async function filterByText(view: ClusterView): Promise<void> {
  const text = await vscode.window.showInputBox({
    value: view.filter.text,
    prompt: vscode.l10n.t('Words of the message, the rule or the object; all must occur. Empty shows all.'),
  });
  if (text !== undefined) await view.filterBy({ ...view.filter, text });
}

async function filterByNamespace(view: ClusterView, model: ClusterModel): Promise<void> {
  const findings = model.contexts.flatMap(({ name }) => model.stateOf(name).scanned?.findings ?? []);
  const namespaces = [...new Set(findings.map(namespaceOf))].sort(compare);
  const items = namespaces.map((namespace) => ({
    label: namespaceText(namespace),
    picked: view.filter.namespaces.includes(namespace),
    namespace,
  }));
  const placeHolder = vscode.l10n.t('Namespaces to show; none shows all');
  const picked = await vscode.window.showQuickPick(items, { canPickMany: true, placeHolder });
  if (picked !== undefined)
    await view.filterBy({ ...view.filter, namespaces: picked.map(({ namespace }) => namespace) });
}

async function filterBySeverity(view: ClusterView): Promise<void> {
  const items = severities.map((severity) => ({
    label: severityText(severity),
    picked: view.filter.severities.includes(severity),
    severity,
  }));
  const placeHolder = vscode.l10n.t('Severities to show; none shows all');
  const picked = await vscode.window.showQuickPick(items, { canPickMany: true, placeHolder });
  if (picked !== undefined) await view.filterBy({ ...view.filter, severities: picked.map(({ severity }) => severity) });
}

/** Shows what the settings would find with another profile: more as well as less. */
async function filterByProfile(parts: ClusterParts): Promise<void> {
  const { view } = parts;
  const current = vscode.l10n.t('current');
  const asSet = {
    label: vscode.l10n.t('As Set'),
    description: view.filter.profile === undefined ? current : '',
    detail: vscode.l10n.t('The profile of the settings, or of the .kubeharden.yaml of the workspace.'),
    profile: undefined,
  };
  const profiles = profileNames.map((profile) => ({
    label: profile,
    description: view.filter.profile === profile ? current : '',
    detail: profileText(profile),
    profile,
  }));
  const placeHolder = vscode.l10n.t('Profile to judge by; rules that are switched on or off stay so');
  const picked = await vscode.window.showQuickPick([asSet, ...profiles], { placeHolder });
  if (picked === undefined) return;
  const { profile: _, ...others } = view.filter;
  await setFilter(parts, picked.profile === undefined ? others : { ...others, profile: picked.profile });
}

function profileText(profile: ProfileName): string {
  switch (profile) {
    case 'guide':
      return vscode.l10n.t('What is exploitable as written, and the advice of the hardening guide.');
    case 'restricted':
      return vscode.l10n.t('Adds the restricted level of the Pod Security Standards and the CIS benchmark.');
    case 'all':
      return vscode.l10n.t('Adds advice that depends on context.');
  }
}

/** A profile is judged by; what was read may be too long ago for that. */
async function setFilter({ view, model, judgingAgain, scanning }: ClusterParts, filter: FindingFilter): Promise<void> {
  await view.filterBy(filter);
  const forgotten = await judgingAgain.judge();
  const { active } = model;
  if (active === undefined || !forgotten.has(active)) return;
  const scanAgain = vscode.l10n.t('Scan Again');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('What was read of {0} is not at hand any more, so it cannot be judged anew.', active),
    scanAgain,
  );
  if (answer === scanAgain) await scanning.scan(active);
}

/** Copies the role that would let the next scan see what the last one could not. */
async function copyClusterRole(model: ClusterModel, contextName: string | undefined): Promise<void> {
  const role = contextName === undefined ? undefined : model.stateOf(contextName).scanned?.report.clusterRole;
  if (role === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No permission would show more than the last scan.'));
    return;
  }
  await vscode.env.clipboard.writeText(role);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Copied a role that lets the next scan see more. Its first lines say how to grant it.'),
  );
}

async function openLiveObject(liveObjects: LiveObjects, node: unknown): Promise<void> {
  if (!isNode(node) || node.kind !== 'finding' || node.finding.object === undefined) return;
  await liveObjects.open(node.contextName, node.finding.object, node.finding.path);
}

/** Commands of the tree are called with its nodes; from elsewhere with anything. */
function isNode(node: unknown): node is ClusterNode {
  return typeof node === 'object' && node !== null && 'kind' in node && 'contextName' in node && 'parent' in node;
}
