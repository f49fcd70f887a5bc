import type { ManifestNode } from '../../manifest/index.ts';
import type { LabelSelectorValue } from '../facts/facts.ts';

/** The selector of a field of type LabelSelector; a missing one is empty. What cannot be read of it is left out. */
export function readLabelSelector(node: ManifestNode): LabelSelectorValue {
  const matchLabels: Record<string, string> = {};
  for (const { key, value } of node.get('matchLabels').entries()) {
    if (value.string !== undefined) matchLabels[key] = value.string;
  }
  const matchExpressions = node
    .get('matchExpressions')
    .items()
    .map((item) => ({
      key: item.get('key').string ?? '',
      operator: item.get('operator').string ?? '',
      values: item
        .get('values')
        .items()
        .flatMap((value) => value.string ?? []),
    }));
  return { matchLabels, matchExpressions };
}

/** Whether nothing is asked of the labels: `{}`, or both parts empty. */
export function selectsEverything(selector: LabelSelectorValue): boolean {
  return Object.keys(selector.matchLabels).length === 0 && selector.matchExpressions.length === 0;
}

/**
 * Whether labels meet a selector (k8s.io/apimachinery/pkg/labels/selector.go, Requirement.Matches): a key that is absent
 * meets NotIn. An operator that the API server does not know matches nothing.
 */
export function selectorMatches(selector: LabelSelectorValue, labels: Readonly<Record<string, string>>): boolean {
  return (
    Object.entries(selector.matchLabels).every(([key, value]) => labelOf(labels, key) === value) &&
    selector.matchExpressions.every((requirement) => meets(requirement, labelOf(labels, requirement.key)))
  );
}

function labelOf(labels: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function meets(requirement: LabelSelectorValue['matchExpressions'][number], label: string | undefined): boolean {
  switch (requirement.operator) {
    case 'In':
      return label !== undefined && requirement.values.includes(label);
    case 'NotIn':
      return label === undefined || !requirement.values.includes(label);
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    default:
      return false;
  }
}
