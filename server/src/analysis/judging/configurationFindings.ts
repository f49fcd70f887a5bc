import type { ManifestFile } from '../../manifest/index.ts';
import type { ConfigurationProblem } from '../configuration/configurationReader.ts';
import type { ResolvedConfiguration } from '../configuration/resolvedConfiguration.ts';
import { engineRules } from '../engineRules.ts';
import type { Finding } from '../finding.ts';
import { byPlace } from './judgeDocument.ts';
import { noRelatedPlaces } from './judgedFinding.ts';
import { ReportedFinding } from './reportedFinding.ts';

/** What has no effect in a configuration file, as findings of that file. */
export function configurationFindings(
  uri: string,
  { file, problems }: { readonly file: ManifestFile; readonly problems: readonly ConfigurationProblem[] },
  configuration: ResolvedConfiguration,
): readonly Finding[] {
  const description = engineRules['kubeharden/invalid-configuration'];
  const severity = configuration.severityOf(description.id);
  if (severity === undefined) return [];
  return problems
    .map(({ at, message, args, fixes }) => ({
      description,
      severity,
      document: at.document,
      place: at,
      resource: undefined,
      messageKey: message,
      args,
      fixes,
      related: noRelatedPlaces,
    }))
    .sort(byPlace)
    .map((judged) => new ReportedFinding(judged, uri, file, configuration.baseline));
}
