import { checkDescription, type FileFindings, placedFindings, ruleDescription } from '../analysis/index.ts';
import type { ManifestFile } from '../manifest/index.ts';
import { schemeOf } from './documentSelection.ts';
import { type LiveFindingToShow, liveObjectScheme } from './protocol/index.ts';

/** What the client told of the documents that show objects of a cluster. */
export class LiveDocuments {
  readonly #told = new Map<string, { readonly version: number; readonly findings: readonly LiveFindingToShow[] }>();
  #version = 0;

  tell(uri: string, findings: readonly LiveFindingToShow[]): void {
    this.#version += 1;
    this.#told.set(uri, { version: this.#version, findings });
  }

  forget(uri: string): void {
    this.#told.delete(uri);
  }

  /** Changes whenever something else is told of a document. */
  versionOf(uri: string): number {
    return this.#told.get(uri)?.version ?? 0;
  }

  /** The answer for a document, of which `file` is the text. */
  findings(uri: string, file: ManifestFile): FileFindings {
    const verdicts = (this.#told.get(uri)?.findings ?? []).map((finding) => {
      const { ruleId, severity, message, path, key, check } = finding;
      const known = check === undefined ? ruleDescription(ruleId) : undefined;
      const description =
        known ?? checkDescription({ id: ruleId, severity, ...(check ?? { summary: ruleId, why: message }) });
      return { description, severity, message, path, fingerprint: key };
    });
    const resourceCount = file.documents.some(({ root }) => root.isKnown) ? 1 : 0;
    return {
      uri,
      findings: placedFindings(uri, file, verdicts),
      suppressed: [],
      notChecked: [],
      resourceCount,
      isManifest: resourceCount > 0,
    };
  }
}

export function isLiveDocument(uri: string): boolean {
  return schemeOf(uri) === liveObjectScheme;
}
