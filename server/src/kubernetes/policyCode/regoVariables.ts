import { type CodeReference, pathOf } from './codeReference.ts';
import type { RegoModule, RegoRule, TokenSpan } from './regoModule.ts';

/** The rule that a token stands in. */
export function ruleAt(module: RegoModule, token: number): RegoRule | undefined {
  return module.rules.find(({ from, to }) => token >= from && token < to);
}

/** The reference that begins at a token. */
export function referenceFrom(module: RegoModule, token: number): CodeReference | undefined {
  return module.references.find(({ from }) => from === token);
}

/** The reference that ends before a token, the longest if one stands in the other. */
export function referenceUpTo(module: RegoModule, token: number): CodeReference | undefined {
  return module.references.find(({ to }) => to === token);
}

/** What a variable is given in the rule of `token`, else at the outermost level: the tokens of a term. */
export function assignedValue(module: RegoModule, name: string, token: number): TokenSpan | undefined {
  const rule = ruleAt(module, token);
  const inRule = rule === undefined ? undefined : assignedIn(module, name, rule);
  if (inRule !== undefined) return inRule;
  const constant = module.rules.find((candidate) => candidate.name === name && candidate.bodies.length === 0);
  return constant === undefined ? undefined : assignedIn(module, name, constant);
}

function assignedIn(module: RegoModule, name: string, { from, to }: TokenSpan): TokenSpan | undefined {
  const { tokens, partners } = module;
  for (let at = from; at < to; at++) {
    const operator = tokens[at + 1]?.text;
    if (tokens[at]?.text !== name || tokens[at]?.kind !== 'name' || tokens[at - 1]?.text === '.') continue;
    if (operator === ':=' || operator === '=' || operator === 'in') {
      const reference = referenceFrom(module, at + 2);
      const end = reference?.to ?? (partners.get(at + 2) ?? at + 2) + 1;
      return { from: at + 2, to: end };
    }
  }
  return undefined;
}

/** The references that begin with these fields: `input.review`. */
export function referencesTo(module: RegoModule, path: string): readonly CodeReference[] {
  return module.references.filter((reference) => `${pathOf(reference)}.`.startsWith(`${path}.`));
}
