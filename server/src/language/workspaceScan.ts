import { setImmediate } from 'node:timers/promises';
import {
  type CancellationToken,
  type Diagnostic,
  LSPErrorCodes,
  ResponseError,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver';
import type { FileFindings, Finding } from '../analysis/index.ts';
import { toDiagnostics } from './diagnostics.ts';
import { canonicalUri } from './fileUris.ts';
import type { LanguageServices } from './languageServices.ts';
import type { ScanWorkspaceParams, ScanWorkspaceResult } from './protocol/index.ts';
import type { IndexedFile, WorkspaceIndex } from './workspaceIndex.ts';

/**
 * Judges every manifest of the workspace folders, from disk where it is not open. Throws RequestCancelled as soon as the
 * token says so.
 */
export async function scanWorkspace(
  services: LanguageServices,
  index: WorkspaceIndex,
  params: ScanWorkspaceParams,
  progress: WorkDoneProgressReporter,
  token: CancellationToken,
): Promise<ScanWorkspaceResult> {
  const { localize } = services;
  progress.begin(localize('Checking the workspace'), 0, undefined, true);
  try {
    await untilCancelled(index.refresh(), token);
    const wanted = params.folders?.map(canonicalUri);
    const files = index.files.filter(({ folder }) => wanted === undefined || wanted.includes(folder));
    const tally = new ScanTally(services);
    for (const [position, file] of files.entries()) {
      await setImmediate();
      if (token.isCancellationRequested) throw cancelled();
      tally.add(file, judge(services, file));
      const percentage = Math.floor(((position + 1) / files.length) * 100);
      if (percentage > Math.floor((position / files.length) * 100)) {
        progress.report(percentage, localize('{count} of {total} files', { count: position + 1, total: files.length }));
      }
    }
    return tally.result(index.notChecked);
  } finally {
    progress.done();
  }
}

/** Reads the file again if it is not open. */
function judge({ workspace, documents }: LanguageServices, { uri, notRead }: IndexedFile): FileFindings | undefined {
  if (notRead !== undefined && !documents.has(uri)) return undefined;
  return workspace.file(uri) === undefined ? undefined : workspace.findings(uri);
}

class ScanTally {
  readonly #services: LanguageServices;
  readonly #files: { uri: string; diagnostics: Diagnostic[] }[] = [];
  readonly #notChecked: { uri: string; reason: string }[] = [];
  #manifestCount = 0;
  #resourceCount = 0;
  #findingCount = 0;

  constructor(services: LanguageServices) {
    this.#services = services;
  }

  add({ uri, notRead }: IndexedFile, judged: FileFindings | undefined): void {
    const { localize } = this.#services;
    if (judged === undefined) {
      this.#notChecked.push({ uri, reason: notRead ?? localize('The file cannot be read.') });
      return;
    }
    for (const reason of judged.notChecked) this.#notChecked.push({ uri, reason });
    if (judged.isManifest) this.#manifestCount += 1;
    this.#resourceCount += judged.resourceCount;
    const findings = this.#services.visible(uri, judged.findings);
    this.#findingCount += findings.length;
    if (this.#services.documents.has(uri)) return;
    if (findings.length > 0) this.#files.push({ uri, diagnostics: this.#diagnostics(uri, findings) });
    this.#services.workspace.settle(uri);
  }

  result(folderSentences: readonly string[]): ScanWorkspaceResult {
    const { folders, localize } = this.#services;
    const [folder = ''] = folders.uris;
    for (const reason of folderSentences) this.#notChecked.push({ uri: folder, reason });
    const counts = {
      findings: this.#findingCount,
      resources: this.#resourceCount,
      files: this.#manifestCount,
      skipped: this.#notChecked.length,
    };
    return {
      files: this.#files.sort((a, b) => (a.uri < b.uri ? -1 : 1)),
      manifestCount: this.#manifestCount,
      resourceCount: this.#resourceCount,
      findingCount: this.#findingCount,
      notChecked: this.#notChecked,
      summary:
        counts.skipped === 0
          ? localize('{findings} findings in {resources} resources of {files} files.', counts)
          : localize('{findings} findings in {resources} resources of {files} files; {skipped} not checked.', counts),
    };
  }

  #diagnostics(uri: string, findings: readonly Finding[]): Diagnostic[] {
    const { localize, abilities, workspace } = this.#services;
    const { maxProblems } = workspace.configurationFor(uri);
    return toDiagnostics(findings, { localize, relatedInformation: abilities.relatedInformation, maxProblems });
  }
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The scan was cancelled.');
}

function untilCancelled(work: Promise<void>, token: CancellationToken): Promise<void> {
  return new Promise((resolve, reject) => {
    const listener = token.onCancellationRequested(() => reject(cancelled()));
    if (token.isCancellationRequested) reject(cancelled());
    work.then(resolve, reject).finally(() => listener.dispose());
  });
}
