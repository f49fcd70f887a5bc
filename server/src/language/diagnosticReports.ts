import { randomUUID } from 'node:crypto';
import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver';
import { toDiagnostics } from './diagnostics.ts';
import { type LanguageServices, today } from './languageServices.ts';
import type { OpenDocument } from './openDocuments.ts';

/** Result ids of an earlier server process must not pass for ours. */
const serverId = randomUUID().slice(0, 8);

/** The answer to a pull: `unchanged` if nothing that the findings depend on changed since the result id. */
export function pullReport(
  services: LanguageServices,
  document: OpenDocument,
  previousResultId: string | undefined,
): DocumentDiagnosticReport {
  const resultId = resultIdOf(services, document);
  if (resultId === previousResultId) return { kind: 'unchanged', resultId };
  return { kind: 'full', resultId, items: diagnosticsOf(services, document) };
}

export function diagnosticsOf(services: LanguageServices, document: OpenDocument): Diagnostic[] {
  return toDiagnostics(services.findingsOf(document), {
    localize: services.localize,
    relatedInformation: services.abilities.relatedInformation,
    maxProblems: services.workspace.configurationFor(document.uri).maxProblems,
  });
}

/** Names text, configuration, related facts and the day, on which suppressions may end. */
export function resultIdOf(
  { workspace, live, settings, folders }: LanguageServices,
  { uri, revision }: OpenDocument,
): string {
  const { isEnabled, reportsSyntaxErrors } = settings.of(uri, folders.of(uri));
  const configuration = workspace.configurationFor(uri).hash;
  return [
    serverId,
    revision,
    configuration,
    workspace.factsVersion(uri),
    live.versionOf(uri),
    isEnabled,
    reportsSyntaxErrors,
    today(),
  ].join('.');
}
