import type { CelExpression } from './celSources.ts';
import type { CodeReference } from './codeReference.ts';
import type { CodeToken } from './codeToken.ts';
import { isCelImage, isImage } from './imageVariables.ts';
import { isRegistryHost } from './registryPrefix.ts';
import type { RegoModule } from './regoModule.ts';

/** `image != "registry.example/*"`: an image is compared, letter for letter, with text in which a star was meant as a pattern. */
export interface StarComparison {
  /** The characters of the literal. */
  readonly from: number;
  readonly to: number;
  readonly literal: string;
  readonly operator: '==' | '!=';
  /** What was meant, in place of the characters [from, to); undefined where that cannot be told. */
  readonly meant: { readonly from: number; readonly to: number; readonly text: string } | undefined;
}

/** A comparison's tokens: the reference, and the literal on its other side. */
interface Sides {
  readonly reference: CodeReference;
  readonly literal: CodeToken;
  readonly operator: '==' | '!=';
  readonly from: number;
  readonly to: number;
}

export function regoStarComparisons(module: RegoModule): readonly StarComparison[] {
  return sidesOf(module.tokens, module.references)
    .filter(({ reference }) => isImage(module, reference))
    .map((sides) => comparison(module, sides, meantInRego(module, sides)));
}

export function celStarComparisons(expression: CelExpression): readonly StarComparison[] {
  return sidesOf(expression.tokens, expression.references)
    .filter(({ reference }) => isCelImage(reference.steps))
    .map((sides) => comparison(expression, sides, meantInCel(expression, sides)));
}

interface Code {
  readonly code: string;
  readonly tokens: readonly CodeToken[];
}

function sidesOf(tokens: readonly CodeToken[], references: readonly CodeReference[]): readonly Sides[] {
  return references.flatMap((reference) => {
    const { from, to } = reference;
    return [
      { operator: tokens[to], literal: tokens[to + 1], from, to: to + 2 },
      { operator: tokens[from - 1], literal: tokens[from - 2], from: from - 2, to },
    ].flatMap(({ operator, literal, ...span }) => {
      if (operator?.text !== '==' && operator?.text !== '!=') return [];
      // A star alone is often a setting that means everything, and compared as such.
      if (literal?.kind !== 'string' || !/[^*]\*|\*[^*]/.test(literal.value)) return [];
      return [{ reference, literal, operator: operator.text === '==' ? '==' : '!=', ...span } as const];
    });
  });
}

function comparison(
  { code, tokens }: Code,
  { literal, operator, from, to }: Sides,
  meant: { readonly from: number; readonly text: string } | undefined,
): StarComparison {
  const start = tokens[meant?.from ?? from]?.from ?? 0;
  const end = tokens[to - 1]?.to ?? code.length;
  return {
    from: literal.from,
    to: literal.to,
    literal: literal.value,
    operator,
    meant: meant === undefined ? undefined : { from: start, to: end, text: meant.text },
  };
}

/** `not startswith(image, "...")`; `not` needs a statement of its own. */
function meantInRego({ code, tokens }: RegoModule, sides: Sides) {
  const { reference, operator, from, to } = sides;
  const prefix = prefixOf(sides.literal);
  if (prefix === undefined) return undefined;
  const call = `startswith(${written(code, tokens, reference)}, ${prefix})`;
  if (operator === '==') return { from, text: call };
  const before = tokens[from - 1];
  const after = tokens[to];
  if (before?.text === 'not') return { from: from - 1, text: call };
  const begins = tokens[from]?.startsLine === true || ['{', ';', 'if'].includes(before?.text ?? '');
  const ends = after === undefined || after.startsLine || ['}', ';', 'with'].includes(after.text);
  return begins && ends ? { from, text: `not ${call}` } : undefined;
}

function meantInCel({ code, tokens }: CelExpression, { reference, literal, operator, from }: Sides) {
  const prefix = prefixOf(literal);
  if (prefix === undefined) return undefined;
  return { from, text: `${operator === '==' ? '' : '!'}${written(code, tokens, reference)}.startsWith(${prefix})` };
}

function written(code: string, tokens: readonly CodeToken[], { from, to }: CodeReference): string {
  return code.slice(tokens[from]?.from, tokens[to - 1]?.to);
}

/** The literal without its star, in its own quotes, if the star is its end; the name of a registry is closed by a slash. */
function prefixOf({ text, value }: CodeToken): string | undefined {
  if (!/^[^*]+\*$/.test(value) || !/^(["'`])[^*]+\*\1$/.test(text)) return undefined;
  const slash = isRegistryHost(value.slice(0, -1)) ? '/' : '';
  return `${text.slice(0, -2)}${slash}${text.slice(-1)}`;
}
