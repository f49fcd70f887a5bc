import type { SyntaxNode } from './syntaxTree.ts';

/**
 * Counts how many nodes a document has once its aliases are expanded, without expanding them, and judges the share that
 * comes from aliases as go-yaml does (decode.go, allowedAliasRatio), so that what Kubernetes refuses as "excessive
 * aliasing" is never walked.
 */
export class AliasBudget {
  #nodes = 0;
  #fromAliases = 0;
  readonly #sizes = new Map<SyntaxNode, number>();

  /** Counts one node. Returns the count before it, for {@link remember}. */
  spend(): number {
    return this.#nodes++;
  }

  /** Notes the size of an anchored node, everything in it counted. */
  remember(node: SyntaxNode, before: number): void {
    this.#sizes.set(node, this.#nodes - before);
  }

  /** Counts what an alias of `target` brings in. */
  expand(target: SyntaxNode): void {
    const size = this.#sizes.get(target) ?? 1;
    this.#nodes += size;
    this.#fromAliases += size;
  }

  get isExhausted(): boolean {
    if (this.#fromAliases <= 100 || this.#nodes <= 1000) return false;
    return !(this.#fromAliases / this.#nodes <= allowedRatio(this.#nodes));
  }
}

const low = 400_000;
const high = 4_000_000;

function allowedRatio(nodes: number): number {
  if (nodes <= low) return 0.99;
  if (nodes >= high) return 0.1;
  return 0.99 - 0.89 * ((nodes - low) / (high - low));
}
