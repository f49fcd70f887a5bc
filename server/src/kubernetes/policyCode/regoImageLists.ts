import type { KubernetesVersion } from '../releases/version.ts';
import { type CodeReference, pathOf } from './codeReference.ts';
import { type ImageList, listsToJudge, speaksOf } from './imageLists.ts';
import type { TextReplacement } from './regoInput.ts';
import type { RegoModule, RegoRule } from './regoModule.ts';
import type { RegoSource } from './regoSources.ts';
import { isNewSyntax } from './regoSyntax.ts';
import { referenceFrom, ruleAt } from './regoVariables.ts';

/** A policy looks at the images of `containers` and forgets these lists. */
export interface ForgottenLists {
  /** The characters of the word `containers`. */
  readonly from: number;
  readonly to: number;
  readonly lists: readonly ImageList[];
  /** What makes it look at them; undefined where that takes an author. */
  readonly edits: () => readonly TextReplacement[] | undefined;
}

/** A reference to `containers` through which the module gets at their images. */
interface ImageUse {
  readonly reference: CodeReference;
  /** Which of its steps is `containers`. */
  readonly step: number;
  /** The rule that hands the containers to others: `input_containers[c] { c := ... }`. */
  readonly handedOnBy: RegoRule | undefined;
  /** Nothing else of a container is read than its image and its name. */
  readonly readsImageOnly: boolean;
}

export function regoForgottenLists(source: RegoSource, version: KubernetesVersion): ForgottenLists | undefined {
  const { module, libraries } = source;
  const uses = module.references.flatMap((reference) => useOf(module, reference) ?? []);
  const [first] = uses;
  if (first === undefined) return undefined;
  const isTemplate = first.reference.steps.some(({ field }) => field === 'template');
  const words = [module, ...libraries].flatMap(({ tokens }) =>
    tokens.flatMap(({ kind, value }) => (kind === 'name' || kind === 'string' ? value : [])),
  );
  const lists = listsToJudge(isTemplate, version).filter((list) => !words.some((word) => speaksOf(word, list)));
  const token = module.tokens[(first.reference.steps[first.step]?.to ?? 1) - 1];
  if (lists.length === 0 || token === undefined) return undefined;
  return { from: token.from, to: token.to, lists, edits: () => lookAtAll(source, uses, lists) };
}

function useOf(module: RegoModule, reference: CodeReference): ImageUse | undefined {
  const { steps, from } = reference;
  const step = steps.findIndex(({ field }, index) => index > 0 && field === 'containers');
  if (step < 0) return undefined;
  const after = steps.slice(step + 1);
  if (after.length > 1 && after[0]?.field === undefined) {
    const isImage = after[1]?.field === 'image';
    return isImage ? { reference, step, handedOnBy: undefined, readsImageOnly: true } : undefined;
  }
  const name = after.length <= 1 ? variableBefore(module, from) : undefined;
  const rule = ruleAt(module, from);
  if (name === undefined || rule === undefined) return undefined;
  const fields = fieldsOf(module, name, rule);
  if (isKeyOf(module, name, rule)) {
    const reads = module.references.some(({ steps: other }) => other.slice(1).some(({ field }) => field === 'image'));
    return reads ? { reference, step, handedOnBy: rule, readsImageOnly: !readsMore(module) } : undefined;
  }
  if (!fields.includes('image')) return undefined;
  const readsImageOnly = fields.every((field) => field === 'image' || field === 'name');
  return { reference, step, handedOnBy: undefined, readsImageOnly };
}

/** `container := ...`, `some container in ...`, `every container in ...` */
function variableBefore({ tokens }: RegoModule, from: number): string | undefined {
  const operator = tokens[from - 1]?.text;
  const name = tokens[from - 2];
  return [':=', '=', 'in'].includes(operator ?? '') && name?.kind === 'name' ? name.text : undefined;
}

/** What a rule reads of a variable; '' where it uses the whole. */
function fieldsOf({ references, tokens }: RegoModule, name: string, rule: RegoRule): readonly string[] {
  return references.flatMap(({ steps, from, to }) => {
    if (steps[0]?.field !== name || from < rule.from || from >= rule.to) return [];
    const isDeclared = [':=', '=', 'in'].includes(tokens[to]?.text ?? '');
    return isDeclared ? [] : [steps[1]?.field ?? ''];
  });
}

function isKeyOf({ tokens }: RegoModule, name: string, { key }: RegoRule): boolean {
  return key !== undefined && key.to === key.from + 1 && tokens[key.from]?.text === name;
}

const otherFields =
  /^(?:securityContext|resources|ports|command|args|env|envFrom|livenessProbe|readinessProbe|startupProbe|lifecycle|volumeMounts|imagePullPolicy)$/;

/** The module judges more of a container than its image, which a volume would not have. */
function readsMore({ tokens }: RegoModule): boolean {
  return tokens.some(({ value }) => otherFields.test(value));
}

function lookAtAll(
  source: RegoSource,
  uses: readonly ImageUse[],
  lists: readonly ImageList[],
): readonly TextReplacement[] | undefined {
  const { module } = source;
  const [first] = uses;
  const companions = companionsOf(module, uses);
  if (first === undefined || companions === undefined) return undefined;
  const all = [...uses, ...companions];
  if (all.some((use) => !use.readsImageOnly || !isGround(use))) return undefined;
  const pods = new Set(
    all.map(({ reference, step }) => pathOf({ ...reference, steps: reference.steps.slice(0, step) })),
  );
  if (pods.size !== 1) return undefined;
  if (all.some(({ handedOnBy }) => handedOnBy !== undefined))
    return all.length === 1 ? moreRules(source, first, lists) : undefined;
  return throughOneRule(source, all, lists);
}

/** The containers are reached from `input` by names alone. */
function isGround({ reference: { steps }, step }: ImageUse): boolean {
  return steps[0]?.field === 'input' && steps.slice(0, step).every(({ field }) => field !== undefined);
}

/**
 * What else is read of the same container: `containers[i].name` beside `containers[i].image`. undefined if an index is
 * used for more than that, since it is no number any longer once the containers come from a set.
 */
function companionsOf(module: RegoModule, uses: readonly ImageUse[]): readonly ImageUse[] | undefined {
  const companions = new Map<CodeReference, ImageUse>();
  for (const { reference, step } of uses) {
    const index = indexOf(module, reference, step);
    const rule = ruleAt(module, reference.from);
    if (index === undefined || rule === undefined) continue;
    for (const other of module.references) {
      if (other.steps[0]?.field !== index || other.from < rule.from || other.from >= rule.to) continue;
      if (module.tokens[other.from - 1]?.text === 'some') continue;
      const around = module.references.find((outer) => indexAt(outer, other.from) === step && other !== outer);
      if (around === undefined || indexOf(module, around, step) !== index) return undefined;
      if (uses.some((use) => use.reference === around)) continue;
      const field = around.steps[step + 2]?.field;
      if (around.steps[step]?.field !== 'containers' || field !== 'name') return undefined;
      companions.set(around, { reference: around, step, handedOnBy: undefined, readsImageOnly: true });
    }
  }
  return [...companions.values()];
}

/** The variable in the brackets after `containers`; undefined for `_` and where there are none. */
function indexOf({ tokens }: RegoModule, { steps }: CodeReference, step: number): string | undefined {
  const bracket = steps[step + 1]?.from;
  const index = bracket === undefined ? undefined : tokens[bracket + 1];
  return index?.kind === 'name' && index.text !== '_' ? index.text : undefined;
}

/** After which step of a reference stands the index that begins at a token. */
function indexAt({ steps }: CodeReference, token: number): number | undefined {
  const found = steps.findIndex(({ from, field }) => field === undefined && from + 1 === token);
  return found < 0 ? undefined : found - 1;
}

const ruleName = 'pod_images';

/** All uses go through one new rule, which collects whatever has an image. */
function throughOneRule(
  source: RegoSource,
  uses: readonly ImageUse[],
  lists: readonly ImageList[],
): readonly TextReplacement[] | undefined {
  const { module } = source;
  const [first] = uses;
  if (first === undefined || module.tokens.some(({ text }) => text === ruleName)) return undefined;
  const replaced = uses.map(({ reference, step }) => ({
    from: module.tokens[reference.from]?.from ?? 0,
    to: module.tokens[(reference.steps[step]?.to ?? 1) - 1]?.to ?? 0,
    text: ruleName,
  }));
  const pod = prefixOf(module, first);
  const names = ['containers', ...lists.filter((list) => list !== 'volumes')].map((list) => JSON.stringify(list));
  const rules = [
    newRule(source, ruleName, 'container', [
      ...(names.length === 1
        ? [`container := ${pod}.containers[_]`]
        : [`lists := {${names.join(', ')}}`, `container := ${pod}[lists[_]][_]`]),
    ]),
    ...(lists.includes('volumes') ? [newRule(source, ruleName, 'user', volumeStatements(pod, 'user'))] : []),
  ];
  return [...replaced, appended(module, rules)];
}

/** Further rules of the same name beside the one that hands on the containers. */
function moreRules(
  source: RegoSource,
  { reference, step, handedOnBy }: ImageUse,
  lists: readonly ImageList[],
): readonly TextReplacement[] | undefined {
  const { module } = source;
  const variable = module.tokens[handedOnBy?.key?.from ?? -1]?.text;
  const body = handedOnBy?.bodies.length === 1 ? handedOnBy.bodies[0] : undefined;
  if (handedOnBy === undefined || variable === undefined || body === undefined) return undefined;
  // Only the assignment stands in the body, so that nothing is lost.
  const isAlone = body.from + 2 === reference.from && body.to === reference.to && referenceFrom(module, body.from + 2);
  if (isAlone === false || isAlone === undefined) return undefined;
  const pod = prefixOf(module, { reference, step });
  const rules = lists.map((list) =>
    newRule(
      source,
      handedOnBy.name,
      variable,
      list === 'volumes' ? volumeStatements(pod, variable) : [`${variable} := ${pod}.${list}[_]`],
    ),
  );
  return [appended(module, rules)];
}

function prefixOf({ code, tokens }: RegoModule, { reference, step }: Pick<ImageUse, 'reference' | 'step'>): string {
  const end = (reference.steps[step]?.from ?? 1) - 1;
  return code.slice(tokens[reference.from]?.from, tokens[end]?.to);
}

function volumeStatements(pod: string, variable: string): readonly string[] {
  return [`volume := ${pod}.volumes[_]`, `${variable} := {"name": volume.name, "image": volume.image.reference}`];
}

function newRule(source: RegoSource, name: string, key: string, statements: readonly string[]): string {
  const head = isNewSyntax(source) ? `${name} contains ${key} if {` : `${name}[${key}] {`;
  const indent = indentOf(source.module);
  return `${head}\n${statements.map((statement) => `${indent}${statement}\n`).join('')}}`;
}

/** How the module indents its bodies. */
function indentOf({ code, tokens, rules }: RegoModule): string {
  for (const { from } of rules.flatMap(({ bodies }) => bodies)) {
    const token = tokens[from];
    if (token?.startsLine === true) return /[ \t]*$/.exec(code.slice(0, token.from))?.[0] ?? '';
  }
  return '  ';
}

function appended({ code, tokens }: RegoModule, rules: readonly string[]): TextReplacement {
  const end = tokens.at(-1)?.to ?? code.length;
  return { from: end, to: end, text: rules.map((rule) => `\n\n${rule}`).join('') };
}
