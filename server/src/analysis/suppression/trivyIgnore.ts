import type { ManifestFile } from '../../manifest/index.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import { trivyIgnoreRules } from './peerAnnotations.ts';
import type { Suppression } from './suppression.ts';

/** The `.trivyignore` file in the root of a workspace folder, which Trivy reads when it scans that folder. */
export class TrivyIgnore {
  readonly #readText: (uri: string) => string | undefined;
  readonly #catalog: RuleCatalog;
  readonly #rules = new Map<string, { readonly today: string; readonly ruleIds: readonly string[] }>();

  constructor(readText: (uri: string) => string | undefined, catalog: RuleCatalog) {
    this.#readText = readText;
    this.#catalog = catalog;
  }

  lookAgain(): void {
    this.#rules.clear();
  }

  suppressionsFor(folder: string | undefined, file: ManifestFile, today: string): readonly Suppression[] {
    const [document] = file.documents;
    if (folder === undefined || document === undefined) return [];
    let rules = this.#rules.get(folder);
    if (rules?.today !== today) {
      const text = this.#readText(`${folder}/.trivyignore`);
      rules = { today, ruleIds: text === undefined ? [] : trivyIgnoreRules(text, this.#catalog, today) };
      this.#rules.set(folder, rules);
    }
    if (rules.ruleIds.length === 0) return [];
    const place = { document, path: [], range: undefined };
    const named = rules.ruleIds.map((ruleId) => ({ ruleId, place }));
    return [{ scope: { kind: 'file' }, rules: named, reason: 'listed in .trivyignore', origin: undefined }];
  }
}
