import type { KubernetesVersion } from '../releases/version.ts';
import type { CelExpression, CelPolicy } from './celSources.ts';
import type { CodeReference } from './codeReference.ts';
import { type ImageList, listsToJudge, speaksOf } from './imageLists.ts';
import type { TextReplacement } from './regoInput.ts';

/** An expression looks at the images of `containers`, and nothing in the policy at those of these lists. */
export interface CelForgottenLists {
  readonly expression: CelExpression;
  /** The characters of the word `containers`. */
  readonly from: number;
  readonly to: number;
  readonly lists: readonly ImageList[];
  /** Of a pod itself, not of a template. */
  readonly isPod: boolean;
  /** What makes the policy look at them; undefined where that takes an author. */
  readonly edits: () => readonly { readonly expression: CelExpression; readonly edit: TextReplacement }[] | undefined;
}

/** `object.spec.containers.all(c, ...)`, with what stands in the brackets. */
interface ContainersMacro {
  readonly expression: CelExpression;
  readonly reference: CodeReference;
  /** Which step is `containers`. */
  readonly step: number;
  /** Tokens: the variable, then [from, to) the condition. */
  readonly variable: string;
  readonly from: number;
  readonly to: number;
}

export function celForgottenLists(policy: CelPolicy, version: KubernetesVersion): CelForgottenLists | undefined {
  const macros = policy.expressions.flatMap(macrosIn).filter(readsImage);
  const [first] = macros;
  if (first === undefined) return undefined;
  const isPod = !first.reference.steps.some(({ field }) => field === 'template');
  const words = policy.expressions.flatMap(({ tokens }) =>
    tokens.flatMap(({ kind, value }) => (kind === 'name' || kind === 'string' ? value : [])),
  );
  const lists = listsToJudge(!isPod, version).filter((list) => !words.some((word) => speaksOf(word, list)));
  const token = first.expression.tokens[(first.reference.steps[first.step]?.to ?? 1) - 1];
  if (lists.length === 0 || token === undefined) return undefined;
  const { expression } = first;
  return { expression, from: token.from, to: token.to, lists, isPod, edits: () => lookAtAll(macros, lists) };
}

function macrosIn(expression: CelExpression): readonly ContainersMacro[] {
  const { tokens, partners, references } = expression;
  return references.flatMap((reference) => {
    const step = reference.steps.length - 2;
    const close = partners.get(reference.to);
    const variable = tokens[reference.to + 1];
    if (reference.steps[step]?.field !== 'containers' || reference.steps[step - 1]?.field !== 'spec') return [];
    if (close === undefined || variable?.kind !== 'name' || tokens[reference.to + 2]?.text !== ',') return [];
    return [{ expression, reference, step, variable: variable.text, from: reference.to + 3, to: close }];
  });
}

function fieldsOf({ expression, variable, from, to }: ContainersMacro): readonly (string | undefined)[] {
  return expression.references
    .filter((reference) => reference.steps[0]?.field === variable && reference.from >= from && reference.from < to)
    .map(({ steps }) => steps[1]?.field);
}

function readsImage(macro: ContainersMacro): boolean {
  return fieldsOf(macro).includes('image');
}

function lookAtAll(macros: readonly ContainersMacro[], lists: readonly ImageList[]) {
  const edits = macros.map((macro) => {
    const edit = withLists(macro, lists);
    return edit === undefined ? undefined : { expression: macro.expression, edit };
  });
  const whole = edits.flatMap((edit) => edit ?? []);
  return whole.length === edits.length ? whole : undefined;
}

/** `all(...)` of each list in turn, those that may be absent behind `has`. */
function withLists(macro: ContainersMacro, lists: readonly ImageList[]): TextReplacement | undefined {
  const { expression, reference, step, variable, from, to } = macro;
  const { code, tokens } = expression;
  const start = tokens[reference.from];
  const end = tokens[to];
  const isNegated = tokens[reference.from - 1]?.text === '!';
  const readsOther = fieldsOf(macro).some((field) => field !== 'image' && field !== 'name');
  if (start === undefined || end === undefined || isNegated || readsOther) return undefined;
  if (reference.steps.at(-1)?.field !== 'all' || code.slice(start.from, end.to).includes('\n')) return undefined;
  const spec = code.slice(start.from, tokens[(reference.steps[step - 1]?.to ?? 1) - 1]?.to);
  const condition = code.slice(tokens[from]?.from, tokens[to - 1]?.to);
  const more = lists.map((list) => {
    const tested = list === 'volumes' ? `!has(${variable}.image) || (${ofVolume(macro)})` : condition;
    return `(!has(${spec}.${list}) || ${spec}.${list}.all(${variable}, ${tested}))`;
  });
  const text = `(${[code.slice(start.from, end.to), ...more].join(' && ')})`;
  return { from: start.from, to: end.to, text };
}

/** The condition, asked of the image of a volume: `c.image.reference` for `c.image`. */
function ofVolume({ expression, variable, from, to }: ContainersMacro): string {
  const { code, tokens, references } = expression;
  const begin = tokens[from]?.from ?? 0;
  let text = code.slice(begin, tokens[to - 1]?.to);
  for (const { steps, from: at } of references.toReversed()) {
    if (at < from || at >= to || steps[0]?.field !== variable || steps[1]?.field !== 'image') continue;
    const after = (tokens[steps[1].to - 1]?.to ?? begin) - begin;
    text = `${text.slice(0, after)}.reference${text.slice(after)}`;
  }
  return text;
}
