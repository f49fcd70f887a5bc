import { describeObject, namespaceOf, type Severity, type ShownFinding } from './shownFinding.ts';

/** Which findings of a report are wanted. Empty: all. */
export interface FindingFilter {
  /** Words that must all occur in the message, the rule or the object, whatever their case. */
  readonly text: string;
  readonly namespaces: readonly string[];
  readonly severities: readonly Severity[];
}

export const noFilter: FindingFilter = { text: '', namespaces: [], severities: [] };

export function isFiltering({ text, namespaces, severities }: FindingFilter): boolean {
  return text.trim() !== '' || namespaces.length > 0 || severities.length > 0;
}

export interface FilteredFindings {
  readonly findings: readonly ShownFinding[];
  /** How many the filter left out. */
  readonly filteredOut: number;
  /** How many are left out as findings in what belongs to Kubernetes or its distribution. */
  readonly systemCount: number;
}

export function filterFindings(
  all: readonly ShownFinding[],
  filter: FindingFilter,
  showsSystemObjects: boolean,
): FilteredFindings {
  const ofUser = showsSystemObjects ? all : all.filter(({ isSystem }) => !isSystem);
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const findings = ofUser.filter((finding) => {
    if (filter.severities.length > 0 && !filter.severities.includes(finding.severity)) return false;
    if (filter.namespaces.length > 0 && !filter.namespaces.includes(namespaceOf(finding))) return false;
    const text = searchedText(finding);
    return words.every((word) => text.includes(word));
  });
  return { findings, filteredOut: ofUser.length - findings.length, systemCount: all.length - ofUser.length };
}

function searchedText({ message, ruleId, object, addedToPodsOf }: ShownFinding): string {
  const objects = [object, addedToPodsOf].flatMap((one) => (one === undefined ? [] : [describeObject(one)]));
  return [message, ruleId, ...objects].join('\n').toLowerCase();
}
