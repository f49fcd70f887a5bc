import type { ManifestFile, ManifestNode, ManifestPath } from '../../manifest/index.ts';
import type { RuleDescription, Severity } from '../../rules/index.ts';
import type { Finding } from '../finding.ts';
import { tightRange } from './reportedFinding.ts';

/** What was found in an object by somebody who knows more than the text that shows it. */
export interface VerdictElsewhere {
  readonly description: RuleDescription;
  readonly severity: Severity;
  /** In the user's language. */
  readonly message: string;
  /** Where in the object. */
  readonly path: ManifestPath;
  readonly fingerprint: string;
}

/**
 * Verdicts on the object in a file's first document, at their places in the text as it is now: in order, and at the nearest
 * field that is there. None where the file holds no object. Nothing can be fixed in what is shown only.
 */
export function placedFindings(
  uri: string,
  file: ManifestFile,
  verdicts: readonly VerdictElsewhere[],
): readonly Finding[] {
  const [document] = file.documents;
  if (document?.root.isKnown !== true) return [];
  const placed = verdicts.map((verdict): Finding => {
    const place = placeOf(document.root.get(...verdict.path));
    return {
      ...verdict,
      ruleId: verdict.description.id,
      sentence: { text: verdict.message },
      messageKey: '',
      args: {},
      uri,
      document,
      place,
      range: tightRange(file, place),
      resource: '',
      related: [],
      isBaselined: false,
      fixes: () => [],
    };
  });
  const offsetOf = ({ place }: Finding) => place.range?.start ?? 0;
  return placed.sort((a, b) => offsetOf(a) - offsetOf(b));
}

/** A map under a key is named by the key, as rules do it. */
function placeOf(node: ManifestNode) {
  return node.type === 'map' || node.type === 'list' ? node.keyPlace : node.place;
}
