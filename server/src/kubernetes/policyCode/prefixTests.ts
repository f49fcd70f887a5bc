import type { CelExpression } from './celSources.ts';
import type { CodeToken } from './codeToken.ts';
import { isCelImage, isImage } from './imageVariables.ts';
import type { RegoModule } from './regoModule.ts';
import { assignedValue, referenceFrom, referenceUpTo, ruleAt } from './regoVariables.ts';

/** `startswith(image, "registry.example")`: an image is let in for how it begins. */
export interface PrefixTest {
  /** The literal, quotes included. */
  readonly literal: CodeToken;
}

/** Rules whose results are kept out rather than let in. */
const denies =
  /^(?:deny|violation|warn)$|disallow|forbid|forbidden|block|reject|untrusted|bad_|denied|denylist|blacklist/i;

/**
 * The literals that images are compared with in order to let them in: `startswith` in a rule about what is allowed, `not
 * startswith` in one about what is denied. The prefix may be a constant of the module, one text or a list of them.
 */
export function regoPrefixTests(module: RegoModule): readonly PrefixTest[] {
  const { tokens, partners } = module;
  const literals = tokens.flatMap((token, index) => {
    const close = partners.get(index + 1);
    if (token.text !== 'startswith' || tokens[index + 1]?.text !== '(' || close === undefined) return [];
    const image = referenceFrom(module, index + 2);
    const comma = image?.to ?? index;
    if (image === undefined || tokens[comma]?.text !== ',' || !isImage(module, image)) return [];
    const isDenied = denies.test(ruleAt(module, index)?.name ?? '');
    const isNegated = tokens[index - 1]?.text === 'not';
    if (isDenied !== isNegated) return [];
    return literalsAt(module, comma + 1, close);
  });
  // Several rules may use one constant.
  return [...new Set(literals)].map((literal) => ({ literal }));
}

/** The literals that tokens [from, to) come to: themselves, or what a variable is given, items of lists included. */
function literalsAt(module: RegoModule, from: number, to: number, depth = 0): readonly CodeToken[] {
  const { tokens } = module;
  const first = tokens[from];
  if (first === undefined || depth > 3) return [];
  if (first.kind === 'string') return to === from + 1 ? [first] : [];
  if (first.text === '[' || first.text === '{') {
    const inside = tokens.slice(from + 1, to - 1);
    return inside.every(({ kind, text }) => kind === 'string' || text === ',')
      ? inside.filter(({ kind }) => kind === 'string')
      : [];
  }
  const reference = referenceUpTo(module, to);
  if (reference?.from !== from || reference.steps.slice(1).some(({ field }) => field !== undefined)) return [];
  const value = assignedValue(module, first.text, from);
  return value === undefined || value.from === from ? [] : literalsAt(module, value.from, value.to, depth + 1);
}

/** The literals in calls of `startsWith` that have to be true for an object to be let in. */
export function celPrefixTests(expression: CelExpression): readonly PrefixTest[] {
  const { tokens, references, role } = expression;
  if (role === 'condition') return [];
  return references.flatMap(({ steps, to }) => {
    if (steps.at(-1)?.field !== 'startsWith' || !isCelImage(steps.slice(0, -1))) return [];
    const literal = tokens[to + 1];
    const isCall = tokens[to]?.text === '(' && literal?.kind === 'string' && tokens[to + 2]?.text === ')';
    return isCall && negations(expression, to) % 2 === 0 ? [{ literal }] : [];
  });
}

/** How many `!` stand before what holds a token: before its own reference, or a bracket or a call around it. */
function negations({ tokens, partners, references }: CelExpression, token: number): number {
  let count = 0;
  const isNegated = (start: number): boolean => tokens[start - 1]?.text === '!';
  const startOf = (end: number): number => references.find(({ to }) => to === end)?.from ?? end;
  if (isNegated(startOf(token))) count += 1;
  for (const [open, close] of partners) {
    if (open >= token || close < token || tokens[open]?.text !== '(') continue;
    if (isNegated(startOf(open))) count += 1;
  }
  return count;
}
