import type { Rule, RuleDescription } from '../rules/index.ts';
import { allDescriptions, allSettable, type Settable } from './descriptions.ts';
import { didYouMean } from './didYouMean.ts';

/** The rules of a workspace by id and by the ids that the peers give their like checks. */
export class RuleCatalog {
  readonly rules: readonly Rule[];
  readonly descriptions: ReadonlyMap<string, RuleDescription>;
  /** Of what a configuration may name: the checks of a cluster beside the rules. */
  readonly settable: ReadonlyMap<string, Settable>;
  /** From a peer's check id (`CKV_K8S_16`, `KL:privileged-container`) to the ids of our rules. */
  readonly #peers = new Map<string, string[]>();

  constructor(rules: readonly Rule[]) {
    this.rules = rules;
    this.descriptions = new Map(allDescriptions(rules).map((description) => [description.id, description]));
    this.settable = new Map(allSettable(rules).map((settable) => [settable.id, settable]));
    for (const rule of rules) {
      for (const peer of rule.references.peers ?? []) {
        const known = this.#peers.get(peer);
        if (known === undefined) this.#peers.set(peer, [rule.id]);
        else known.push(rule.id);
      }
    }
  }

  has(id: string): boolean {
    return this.descriptions.has(id);
  }

  /** The existing id that a misspelt one may mean. */
  guess(id: string): string | undefined {
    return didYouMean(id, this.descriptions.keys());
  }

  /** As {@link guess}, of what a configuration may name. */
  guessSettable(id: string): string | undefined {
    return didYouMean(id, this.settable.keys());
  }

  /** Our rules that judge what a peer's check judges. */
  rulesOfPeer(peerId: string): readonly string[] {
    return this.#peers.get(peerId) ?? [];
  }

  /** Our rules that judge what any check of one peer judges; `prefix` is how that peer's ids begin (`KL:`). */
  rulesOfPeers(prefix: string): readonly string[] {
    const ids = new Set<string>();
    for (const [peerId, ruleIds] of this.#peers) {
      if (peerId.startsWith(prefix)) for (const id of ruleIds) ids.add(id);
    }
    return [...ids];
  }
}
