import * as vscode from 'vscode';
import type { ClusterModel } from './clusterModel.ts';
import { type Branch, type ClusterNode, declarationOf, hasChildren, type NodeOf } from './clusterTree.ts';
import { canBeFixedInFile, caseText, pathOf, regressionItem } from './declaredItems.ts';
import { countBySeverity, type FindingGroup, type Grouping, type GroupKey, worstOf } from './findingGroups.ts';
import { describeObject, type Severity, type ShownFinding } from './shownFinding.ts';
import type { CoverageGap } from './spoken.ts';

/** A node as VS Code shows it. Tooltips that take a question to the server are added when they are asked for. */
export function treeItem(node: ClusterNode, model: ClusterModel, grouping: Grouping): vscode.TreeItem {
  const item = new vscode.TreeItem('', stateOf(node, model));
  item.id = node.id;
  switch (node.kind) {
    case 'context':
      return contextItem(item, node, model);
    case 'trouble':
      item.label = node.message;
      item.iconPath = new vscode.ThemeIcon('warning');
      item.tooltip = node.message;
      return item;
    case 'detail':
      item.label = node.text;
      item.tooltip = node.text;
      return item;
    case 'branch':
      return branchItem(item, node, model);
    case 'group':
      item.label = groupTitle(node.group.key);
      if (node.group.key.kind === 'namespace' && node.group.key.namespace !== '') item.contextValue = 'group namespace';
      item.iconPath = severityIcon(worstOf(node.group));
      item.description = String(node.group.findings.length);
      // That of a rule takes a question to the server.
      if (node.group.key.kind !== 'rule') item.tooltip = countSentence(node.group);
      item.accessibilityInformation = { label: `${groupTitle(node.group.key)}. ${countSentence(node.group)}` };
      return item;
    case 'finding':
      return findingItem(item, node, model, grouping);
    case 'regression':
      regressionItem(item, node.regression);
      item.iconPath = severityIcon(node.regression.finding.severity);
      item.accessibilityInformation = { label: regressionText(node.regression) };
      return item;
    case 'passed':
      item.iconPath = new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
      return checkItem(item, node);
    case 'reason':
      item.label = node.reason.because;
      item.description = String(node.checks.length);
      item.iconPath = new vscode.ThemeIcon('question');
      item.tooltip = node.reason.because;
      item.accessibilityInformation = {
        label: saidAs(node.reason.because, ...node.checks.map(({ summary }) => summary)),
      };
      return item;
    case 'notVerifiable':
      item.iconPath = new vscode.ThemeIcon('question');
      return checkItem(item, node);
    case 'unlocking': {
      const { unlocking } = node;
      item.label = typeof unlocking === 'string' ? unlocking : permissionText(unlocking);
      item.iconPath = new vscode.ThemeIcon(typeof unlocking === 'string' ? 'info' : 'key');
      item.tooltip =
        typeof unlocking === 'string' ? unlocking : vscode.l10n.t('This permission would make it verifiable.');
      // A screen reader says the tooltip in place of the label.
      item.accessibilityInformation = { label: saidAs(item.label, item.tooltip) };
      return item;
    }
    case 'gap':
      item.label = node.gap.what;
      item.description =
        node.gap.cause === 'forbidden' && node.gap.permission !== undefined
          ? vscode.l10n.t('needs: {0}', permissionText(node.gap.permission))
          : node.gap.reason;
      item.iconPath = new vscode.ThemeIcon(gapIcons[node.gap.cause]);
      item.tooltip = node.gap.reason;
      item.accessibilityInformation = { label: saidAs(node.gap.what, node.gap.reason) };
      return item;
  }
}

/** A rule by its title, where it has one: what is found is said by that, not by the id. */
export function nameRule(item: vscode.TreeItem, group: FindingGroup, title: string | undefined): vscode.TreeItem {
  if (group.key.kind !== 'rule' || title === undefined) return item;
  item.label = title;
  item.description = `${group.findings.length} · ${group.key.ruleId}`;
  item.accessibilityInformation = { label: saidAs(title, countSentence(group), group.key.ruleId) };
  return item;
}

/** Sentences for a screen reader; what is said twice, once. */
function saidAs(...texts: readonly string[]): string {
  const sentences = texts.map((text) => text.replace(/\.$/, '')).filter((text) => text !== '');
  return [...new Set(sentences)].join('. ');
}

function checkItem(item: vscode.TreeItem, { check, outcome }: NodeOf<'passed' | 'notVerifiable'>): vscode.TreeItem {
  item.label = check.summary;
  item.description = check.id;
  item.accessibilityInformation = { label: saidAs(check.summary, outcome.because, check.id) };
  return item;
}

function regressionText({ object, finding }: NodeOf<'regression'>['regression']): string {
  return saidAs(
    severityText(finding.severity),
    finding.message,
    describeObject(object),
    finding.ruleId,
    pathOf(finding.uri),
  );
}

export function severityText(severity: Severity): string {
  switch (severity) {
    case 'error':
      return vscode.l10n.t('Error');
    case 'warning':
      return vscode.l10n.t('Warning');
    case 'info':
      return vscode.l10n.t('Information');
  }
}

export function namespaceText(namespace: string): string {
  return namespace === '' ? vscode.l10n.t('The whole cluster') : namespace;
}

function stateOf(node: ClusterNode, model: ClusterModel): vscode.TreeItemCollapsibleState {
  if (!hasChildren(node, model)) return vscode.TreeItemCollapsibleState.None;
  const isOpen =
    node.kind === 'context' || node.kind === 'trouble' || (node.kind === 'branch' && node.branch === 'findings');
  return isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function contextItem(item: vscode.TreeItem, node: NodeOf<'context'>, model: ClusterModel): vscode.TreeItem {
  const { name, cluster, user, namespace, server, isCurrent } = node.context;
  const { scanning, scanned, trouble } = model.stateOf(name);
  item.label = name;
  item.contextValue = scanning === undefined ? 'context' : 'context scanning';
  item.iconPath = new vscode.ThemeIcon(scanning === undefined ? (isCurrent ? 'star-full' : 'server') : 'loading~spin');
  const marks = [
    ...(scanning === undefined ? [] : [vscode.l10n.t('scanning')]),
    ...(scanning === undefined && trouble !== undefined ? [vscode.l10n.t('scan failed')] : []),
    ...(scanned === undefined ? [] : [vscode.l10n.t('scanned at {0}', timeOf(scanned.report.scannedAt))]),
    ...((scanning ?? scanned ?? trouble) ? [] : [vscode.l10n.t('not scanned')]),
    scanned?.report.version ?? '',
    // Last, for the star says so too.
    ...(isCurrent ? [vscode.l10n.t('current')] : []),
  ].filter((mark) => mark !== '');
  item.description = marks.join(' · ');
  item.accessibilityInformation = { label: saidAs(name, ...marks) };
  item.tooltip = [
    name,
    vscode.l10n.t('Server: {0}', server),
    vscode.l10n.t('Cluster: {0}. User: {1}. Namespace: {2}.', cluster, user, namespace),
    ...(scanned === undefined ? [] : [vscode.l10n.t('Objects read: {0}.', scanned.report.objectCount)]),
  ].join('\n');
  return item;
}

function timeOf(iso: string): string {
  return new Date(iso).toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
}

const branchIcons: Readonly<Record<Branch, string>> = {
  findings: 'shield',
  regressions: 'debug-step-back',
  notVerifiable: 'question',
  notRead: 'eye-closed',
  passed: 'pass',
};

function branchItem(
  item: vscode.TreeItem,
  { branch, count, total, contextName }: NodeOf<'branch'>,
  model: ClusterModel,
): vscode.TreeItem {
  item.label = branchTitle(branch);
  item.description = count === total ? String(total) : vscode.l10n.t('{0} of {1}', count, total);
  item.iconPath = new vscode.ThemeIcon(branchIcons[branch]);
  const hasRole = model.stateOf(contextName).scanned?.report.clusterRole !== undefined;
  item.contextValue = ['branch', branch, ...(hasRole ? ['role'] : [])].join(' ');
  item.tooltip = branchTooltip(branch);
  item.accessibilityInformation = { label: `${item.label}: ${item.description}` };
  return item;
}

function branchTitle(branch: Branch): string {
  switch (branch) {
    case 'findings':
      return vscode.l10n.t('Findings');
    case 'regressions':
      return vscode.l10n.t('Next Apply Makes Worse');
    case 'notVerifiable':
      return vscode.l10n.t('Not Verifiable');
    case 'notRead':
      return vscode.l10n.t('Not Read');
    case 'passed':
      return vscode.l10n.t('Passed');
  }
}

function branchTooltip(branch: Branch): string {
  switch (branch) {
    case 'findings':
      return vscode.l10n.t('What rules found in single objects, and checks in the cluster as a whole.');
    case 'regressions':
      return vscode.l10n.t(
        'What files of the workspace have and the live objects do not: applying the files brings it.',
      );
    case 'notVerifiable':
      return vscode.l10n.t('Checks of the cluster that your permissions or the provider leave open.');
    case 'notRead':
      return vscode.l10n.t('What could not be read, so that nothing was found in it.');
    case 'passed':
      return vscode.l10n.t('Checks of the cluster as a whole that it passes.');
  }
}

function groupTitle(key: GroupKey): string {
  switch (key.kind) {
    case 'chapter':
      return chapterTitle(key.chapter);
    case 'rule':
      return key.ruleId;
    case 'severity':
      return severityText(key.severity);
    case 'namespace':
      return namespaceText(key.namespace);
    case 'object':
      return key.object === undefined ? vscode.l10n.t('The cluster itself') : describeObject(key.object);
  }
}

/** Chapters by the first part of their rules' ids; one that has no title here shows its name. */
function chapterTitle(chapter: string): string {
  switch (chapter) {
    case 'admission':
      return vscode.l10n.t('Admission');
    case 'api-server':
      return vscode.l10n.t('API server');
    case 'etcd':
      return vscode.l10n.t('etcd and encryption');
    case 'image':
      return vscode.l10n.t('Images');
    case 'kubeconfig':
      return vscode.l10n.t('Your kubeconfig');
    case 'kubelet':
      return vscode.l10n.t('Kubelets');
    case 'live':
      return vscode.l10n.t('Outside of the API');
    case 'monitoring':
      return vscode.l10n.t('Monitoring and logging');
    case 'network':
      return vscode.l10n.t('Network');
    case 'pod':
      return vscode.l10n.t('Pods');
    case 'rbac':
      return vscode.l10n.t('Access control (RBAC)');
    case 'reliability':
      return vscode.l10n.t('Reliability');
    case 'secrets':
      return vscode.l10n.t('Secrets');
    case 'supply-chain':
      return vscode.l10n.t('Supply chain');
    case 'upgrade':
      return vscode.l10n.t('Upgrades');
    default:
      return chapter;
  }
}

export function countSentence({ findings }: FindingGroup): string {
  const { error, warning, info } = countBySeverity(findings);
  return vscode.l10n.t('Errors: {0}. Warnings: {1}. Information: {2}.', error, warning, info);
}

/** Where the group says the rule, a finding is named by its object; where it says the object, by what is wrong. */
function findingItem(
  item: vscode.TreeItem,
  node: NodeOf<'finding'>,
  model: ClusterModel,
  grouping: Grouping,
): vscode.TreeItem {
  const { finding } = node;
  const { ruleId, severity, message, object, addedToPodsOf } = finding;
  const isByRule = grouping === 'chapter' || grouping === 'severity';
  const owner = addedToPodsOf ?? object;
  const declaration = declarationOf(node, model);
  const marks = [
    ...(addedToPodsOf === undefined ? [] : [vscode.l10n.t('added at admission')]),
    ...(declaration === undefined ? [] : [caseText(declaration)]),
  ];
  const before = marks.map((mark) => `${mark} · `).join('');
  if (isByRule && owner !== undefined) {
    item.label = describeObject(owner);
    item.description = `${before}${message}`;
  } else {
    item.label = message;
    item.description = `${before}${ruleId}`;
  }
  item.iconPath = severityIcon(severity);
  item.contextValue = [
    'finding',
    ...(object === undefined ? [] : ['object']),
    ...(declaration === undefined || declaration.candidates.length === 0 ? [] : ['declared']),
    ...(declaration !== undefined && canBeFixedInFile(declaration.state) ? ['fixable'] : []),
  ].join(' ');
  item.accessibilityInformation = { label: saidAs(accessibleText(finding), ...marks) };
  if (object !== undefined) {
    item.command = {
      command: 'kubeharden.openLiveObject',
      title: vscode.l10n.t('Open Live Object'),
      arguments: [node],
    };
  }
  return item;
}

function accessibleText({ severity, message, object, ruleId }: ShownFinding): string {
  return saidAs(severityText(severity), message, object === undefined ? '' : describeObject(object), ruleId);
}

function severityIcon(severity: Severity): vscode.ThemeIcon {
  return new vscode.ThemeIcon(severity, new vscode.ThemeColor(`problems${severityNames[severity]}Icon.foreground`));
}

/** As VS Code's theme colours call them. */
const severityNames: Readonly<Record<Severity, string>> = { error: 'Error', warning: 'Warning', info: 'Info' };

const gapIcons: Readonly<Record<CoverageGap['cause'], string>> = {
  forbidden: 'lock',
  failed: 'warning',
  notAsked: 'circle-slash',
  incomplete: 'circle-small',
};

/** In the words of a ClusterRole, which are the same in every language. */
function permissionText(permission: NonNullable<CoverageGap['permission']>): string {
  if (permission.kind === 'url') return `get ${permission.path}`;
  const { group, resource, verbs, namespace } = permission;
  const text = `${verbs.join(', ')} ${group === '' ? resource : `${resource}.${group}`}`;
  return namespace === undefined ? text : vscode.l10n.t('{0} in namespace {1}', text, namespace);
}
