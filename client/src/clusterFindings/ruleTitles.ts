import {
  type RuleDocumentationParams,
  type RuleDocumentationResult,
  ruleDocumentationMethod,
} from '../../../server/src/language/protocol/index.ts';
import type { KubeHardenClient } from '../languageClient.ts';

/** What rules are called in the user's language. The language server is asked for each of them once. */
export class RuleTitles {
  readonly #client: Pick<KubeHardenClient, 'request'>;
  readonly #known = new Map<string, Promise<string | undefined>>();

  constructor(client: Pick<KubeHardenClient, 'request'>) {
    this.#client = client;
  }

  /** Undefined where no rule has the id, or the server did not answer. */
  titleOf(ruleId: string): Promise<string | undefined> {
    const known = this.#known.get(ruleId) ?? this.#ask(ruleId);
    this.#known.set(ruleId, known);
    return known;
  }

  async #ask(ruleId: string): Promise<string | undefined> {
    const params: RuleDocumentationParams = { ruleId };
    try {
      const rule = await this.#client.request<RuleDocumentationResult>(ruleDocumentationMethod, params);
      return rule?.summary;
    } catch {
      // The id says it too, and the next time there may be an answer.
      this.#known.delete(ruleId);
      return undefined;
    }
  }
}
