import type { ManifestFile, Place } from '../../manifest/index.ts';
import type { ConfigurationProblem } from '../configuration/configurationReader.ts';
import type { ResolvedConfiguration } from '../configuration/resolvedConfiguration.ts';
import { engineRules } from '../engineRules.ts';
import type { Finding } from '../finding.ts';
import { noRelatedPlaces } from './judgedFinding.ts';
import { ReportedFinding } from './reportedFinding.ts';

/** What has no effect in a configuration file, as findings of that file. */
export function configurationFindings(
  uri: string,
  file: ManifestFile,
  problems: readonly ConfigurationProblem[],
  configuration: ResolvedConfiguration,
): readonly Finding[] {
  const description = engineRules['kubeharden/invalid-configuration'];
  const severity = configuration.severityOf(description.id);
  if (severity === undefined) return [];
  return problems
    .toSorted((a, b) => offsetOf(file, a.at) - offsetOf(file, b.at))
    .map(({ at, message, args, fixes }) => {
      const judged = {
        description,
        severity,
        document: at.document,
        place: at,
        resource: undefined,
        messageKey: message,
        args,
        fixes,
        related: noRelatedPlaces,
      };
      return new ReportedFinding(judged, uri, file, configuration.baseline);
    });
}

function offsetOf(file: ManifestFile, { document, range }: Place): number {
  return file.startOf(document) + (range?.start ?? 0);
}
