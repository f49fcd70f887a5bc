import type { CodeToken } from './codeToken.ts';

/** One step of a reference: a field that is known, or whatever an index in brackets comes to. */
export interface CodeStep {
  /** undefined for an index that is no constant. */
  readonly field: string | undefined;
  /** Tokens [from, to), dot or brackets included. */
  readonly from: number;
  readonly to: number;
}

/** A chain of names and indices, such as `input.review.object.spec.containers[_].image`. */
export interface CodeReference {
  /** The first step is the name that it begins with. */
  readonly steps: readonly CodeStep[];
  /** Tokens [from, to). */
  readonly from: number;
  readonly to: number;
}

/**
 * All references in the tokens, those in the brackets of others too. Keywords and functions that are called count as
 * references of one or more steps; whoever asks looks for names that are neither.
 */
export function readReferences(
  tokens: readonly CodeToken[],
  partners: ReadonlyMap<number, number>,
): readonly CodeReference[] {
  const references: CodeReference[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'name') continue;
    const before = tokens[index - 1];
    if (before?.text === '.' && token.isAdjacent) continue;
    references.push(referenceAt(tokens, partners, index));
  }
  return references;
}

function referenceAt(
  tokens: readonly CodeToken[],
  partners: ReadonlyMap<number, number>,
  start: number,
): CodeReference {
  const steps: CodeStep[] = [{ field: tokens[start]?.text, from: start, to: start + 1 }];
  let at = start + 1;
  for (;;) {
    const token = tokens[at];
    const next = tokens[at + 1];
    if (token?.text === '.' && next?.kind === 'name') {
      steps.push({ field: next.text, from: at, to: at + 2 });
      at += 2;
    } else if (token?.text === '[' && token.isAdjacent) {
      const close = partners.get(at) ?? at;
      if (close === at) break;
      const isConstant = close === at + 2 && next?.kind === 'string';
      steps.push({ field: isConstant ? next.value : undefined, from: at, to: close + 1 });
      at = close + 1;
    } else break;
  }
  return { steps, from: start, to: at };
}

/** The reference's fields, `*` for an index that is no constant: `input.review.object.spec.containers.*.image`. */
export function pathOf(reference: CodeReference): string {
  return reference.steps.map(({ field }) => field ?? '*').join('.');
}
