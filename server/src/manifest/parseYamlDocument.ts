import {
  type Alias,
  type CST,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Scalar,
  type YAMLMap,
  type YAMLParseError,
  type YAMLSeq,
} from 'yaml';
import { AliasBudget } from './aliasBudget.ts';
import { composeYaml } from './composeYaml.ts';
import type { SyntaxProblem } from './manifestDocument.ts';
import { markRepeatedKeys } from './markRepeatedKeys.ts';
import { resolveKey, resolveScalar } from './scalarValue.ts';
import { describeSyntaxError, isHarmless } from './syntaxErrorText.ts';
import {
  dereference,
  isUnwritten,
  type ScalarStyle,
  type SyntaxAlias,
  type SyntaxComment,
  type SyntaxDocument,
  type SyntaxList,
  type SyntaxMap,
  type SyntaxNode,
  type SyntaxPair,
  type SyntaxScalar,
} from './syntaxTree.ts';

/** Levels of nesting beyond which a document is not read. Go's own limit is 10,000, which no manifest comes near. */
export const maximumDepth = 500;

/**
 * Parses one YAML document with the library `yaml`, which is known here and in composeYaml.ts only. Never throws.
 *
 * The library finds the structure; what scalars mean, repeated keys, merge keys and aliases are ours, because
 * Kubernetes' parser (go-yaml v2) has its own mind about them.
 */
export function parseYamlDocument(text: string): SyntaxDocument {
  const comments: SyntaxComment[] = [];
  try {
    const { document, tokens } = composeYaml(text, comments);
    const builder = new TreeBuilder(text);
    const errors = (document?.errors ?? []).filter(({ code, message }) => !isHarmless(code, message));
    if (errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) return notChecked('too-deep', comments);
    const properties = tokens.find((token) => token.type === 'document')?.start ?? [];
    const root = document === undefined ? undefined : builder.node(document.contents, properties, 0, 0);
    if (builder.budget.isExhausted) return notChecked('too-many-aliases', comments);
    const written = root !== undefined && !(isUnwritten(root) && root.propertiesStart === root.start);
    const first = errors.toSorted((one, other) => one.pos[0] - other.pos[0])[0];
    // What follows the first error is read in a way that nobody meant.
    const problems = first === undefined ? builder.problems : [syntaxProblem(text, first)];
    return {
      root: written ? root : undefined,
      problems,
      comments,
      partial: first !== undefined,
      notChecked: undefined,
    };
  } catch (error) {
    // The library and the builder go down by recursion.
    if (error instanceof RangeError || error instanceof TooDeep) return notChecked('too-deep', comments);
    throw error;
  }
}

class TooDeep extends Error {}

function syntaxProblem(text: string, { code, message, pos }: YAMLParseError): SyntaxProblem {
  return {
    kind: 'syntax',
    ...visibleRange(text, pos[0], pos[1]),
    message: describeSyntaxError(code, message, text, pos[0]),
  };
}

/** At least one character, not more than one line, and nothing after the last character of the text. */
function visibleRange(text: string, from: number, to: number): { readonly start: number; readonly end: number } {
  const start = Math.max(0, Math.min(from, text.trimEnd().length - 1));
  const lineBreak = text.slice(start).search(/\r?\n/);
  const lineEnd = lineBreak < 0 ? text.length : start + lineBreak;
  return { start, end: Math.min(Math.max(Math.min(to, lineEnd), start + 1), text.length) };
}

function notChecked(reason: 'too-deep' | 'too-many-aliases', comments: readonly SyntaxComment[]): SyntaxDocument {
  return { root: undefined, problems: [], comments, partial: true, notChecked: reason };
}

type Properties = readonly CST.SourceToken[];
const noProperties: Properties = [];

class TreeBuilder {
  readonly problems: SyntaxProblem[] = [];
  readonly budget = new AliasBudget();
  readonly #text: string;
  readonly #anchors = new Map<string, SyntaxNode>();
  #readsKey = false;
  #flowDepth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  problem(start: number, end: number, message: string): void {
    this.problems.push({ kind: 'syntax', ...visibleRange(this.#text, start, end), message });
  }

  /**
   * @param source the library's node, null where nothing is written
   * @param properties the tokens that may hold anchor and tag
   * @param at where an unwritten value would begin
   */
  node(source: unknown, properties: Properties, at: number, depth: number): SyntaxNode {
    if (depth > maximumDepth) throw new TooDeep();
    const before = this.budget.spend();
    const node = this.#shape(source, properties, at, depth);
    if (node.anchor !== undefined) {
      this.#anchors.set(node.anchor, node);
      this.budget.remember(node, before);
    }
    return node;
  }

  #shape(source: unknown, properties: Properties, at: number, depth: number): SyntaxNode {
    if (isAlias(source)) return this.#alias(source);
    if (isMap(source)) return this.#map(source, properties, depth);
    if (isSeq(source)) return this.#list(source, properties, depth);
    if (isScalar(source)) return this.#scalar(source, properties, at);
    return unwritten(at, at, undefined, undefined);
  }

  #alias(source: Alias): SyntaxAlias {
    const [start, end] = source.range ?? [0, 0];
    const target = this.#anchors.get(source.source);
    if (target === undefined) {
      this.problem(start, end, `There is no anchor "&${source.source}" before this alias, so it stands for nothing.`);
    } else this.budget.expand(target);
    return {
      kind: 'alias',
      start,
      end,
      propertiesStart: start,
      anchor: undefined,
      tag: undefined,
      name: source.source,
      target,
    };
  }

  #scalar(source: Scalar, properties: Properties, at: number): SyntaxScalar {
    const token = source.srcToken;
    const text = typeof source.value === 'string' ? source.value : '';
    const range = propertyRange(properties);
    if (token === undefined || (token.type === 'scalar' && token.source === '')) {
      const start = range?.end ?? at;
      return this.#resolve(unwritten(range?.start ?? start, start, source.anchor, source.tag), '');
    }
    const [start, valueEnd] = source.range ?? [at, at];
    const end = token.type === 'block-scalar' ? this.#blockEnd(start, token, source) : valueEnd;
    const style = scalarStyle(token, this.#text.charAt(start));
    return this.#resolve(
      {
        kind: 'scalar',
        start,
        end,
        propertiesStart: range?.start ?? start,
        anchor: source.anchor,
        tag: source.tag,
        style,
        value: text,
      },
      text,
    );
  }

  #resolve(scalar: SyntaxScalar, text: string): SyntaxScalar {
    if (scalar.style === 'double') this.#checkEscapes(scalar);
    if (scalar.style === 'plain' && this.#flowDepth === 0) this.#checkBlankLinesAfter(scalar.end);
    if (scalar.style !== 'plain' && scalar.tag === undefined) return scalar;
    const resolution = resolveScalar(text, scalar.style === 'plain', scalar.tag);
    // A key becomes text, so it may be infinite.
    const isTextKey = this.#readsKey && typeof resolution.value === 'number' && !Number.isFinite(resolution.value);
    if (resolution.kind === 'refused' && !isTextKey) this.problem(scalar.start, scalar.end, resolution.reason);
    return resolution.value === scalar.value ? scalar : { ...scalar, value: resolution.value };
  }

  /** go-yaml knows neither JSON's `\\/` nor halves of surrogate pairs (scannerc.go). */
  #checkEscapes({ start, end }: SyntaxScalar): void {
    const source = this.#text.slice(start, end);
    if (!source.includes('\\')) return;
    for (const { 0: escaped, index } of source.matchAll(/\\(?:u[dD][89a-fA-F][0-9a-fA-F]{2}|[\s\S])/g)) {
      if (escaped !== '\\/' && escaped.length <= 2) continue;
      const at = start + index;
      this.problem(at, at + escaped.length, describeSyntaxError('BAD_DQ_ESCAPE', '', this.#text, at));
    }
  }

  /** After a plain scalar, which may go on, go-yaml refuses a blank line that begins with a tab (scannerc.go). */
  #checkBlankLinesAfter(end: number): void {
    blankLineWithTab.lastIndex = end;
    const match = blankLineWithTab.exec(this.#text)?.[0];
    if (match === undefined) return;
    const at = end + match.length;
    this.problem(at - 1, at, describeSyntaxError('TAB_AS_INDENT', '', this.#text, at));
  }

  /** After the last line with content; after the header if there is none. */
  #blockEnd(start: number, token: CST.BlockScalar, source: Scalar): number {
    const header = /^[|>][-+0-9]*/.exec(this.#text.slice(start, start + 4))?.[0] ?? '';
    const headerEnd = start + header.length;
    const bodyEnd = source.range?.[1] ?? headerEnd;
    const body = token.source;
    const content = body.trimEnd().length;
    if (content === 0) return headerEnd;
    const lineBreak = /\r?\n/g;
    lineBreak.lastIndex = content;
    const lineEnd = lineBreak.exec(body)?.index ?? body.length;
    return bodyEnd - body.length + lineEnd;
  }

  #list(source: YAMLSeq, properties: Properties, depth: number): SyntaxList {
    const token = source.srcToken;
    const flowToken = token?.type === 'flow-collection' ? token : undefined;
    const flow = flowToken !== undefined;
    const items: SyntaxNode[] = [];
    const itemStarts: number[] = [];
    const tokens = itemTokens(token);
    if (flow) this.#flowDepth++;
    for (const [index, item] of source.items.entries()) {
      const itemProperties = tokens[index]?.start ?? noProperties;
      const dash = itemProperties.find((property) => property.type === 'seq-item-ind');
      const node = this.node(item, itemProperties, dash === undefined ? rangeStart(item) : dash.offset + 1, depth + 1);
      items.push(node);
      itemStarts.push(dash?.offset ?? node.propertiesStart);
    }
    const [from, , to] = source.range ?? [0, 0, 0];
    const start = flowToken === undefined ? (itemStarts[0] ?? from) : flowToken.start.offset;
    if (flow) this.#flowDepth--;
    const last = items.at(-1);
    const end =
      flowToken === undefined ? Math.max(last?.end ?? start, (itemStarts.at(-1) ?? start) + 1) : flowEnd(flowToken, to);
    const propertiesStart = propertyRange(properties)?.start ?? start;
    return {
      kind: 'list',
      flow,
      start,
      end,
      propertiesStart,
      anchor: source.anchor,
      tag: source.tag,
      items,
      itemStarts,
      open: false,
    };
  }

  #map(source: YAMLMap, properties: Properties, depth: number): SyntaxMap {
    const token = source.srcToken;
    const flowToken = token?.type === 'flow-collection' ? token : undefined;
    const pairs: SyntaxPair[] = [];
    if (flowToken !== undefined) this.#flowDepth++;
    let firstStart: number | undefined;
    let lastEnd = 0;
    for (const item of source.items) {
      if (!isPair(item)) continue;
      const keyProperties = item.srcToken?.start ?? noProperties;
      const separators = item.srcToken?.sep ?? noProperties;
      const colon = separators.find((separator) => separator.type === 'map-value-ind')?.offset ?? -1;
      const indicator = keyProperties.find((property) => property.type === 'explicit-key-ind');
      const keyAt = colon >= 0 ? colon : indicator === undefined ? rangeStart(item.key) : indicator.offset + 1;
      this.#readsKey = true;
      const keyNode = this.node(item.key, keyProperties, keyAt, depth + 1);
      this.#readsKey = false;
      const value = this.node(item.value, separators, colon >= 0 ? colon + 1 : keyNode.end, depth + 1);
      const pair = this.#pair(keyNode, isScalar(item.key) ? String(item.key.value ?? '') : undefined, colon, value);
      pairs.push(pair);
      firstStart ??= indicator?.offset ?? keyNode.propertiesStart;
      lastEnd = Math.max(value.end, keyNode.end, colon + 1);
    }
    if (flowToken !== undefined) this.#flowDepth--;
    const [from, , to] = source.range ?? [0, 0, 0];
    const start = flowToken === undefined ? (firstStart ?? from) : flowToken.start.offset;
    const end = flowToken === undefined ? Math.max(lastEnd, start) : flowEnd(flowToken, to);
    const flow = flowToken !== undefined || source.flow === true;
    const propertiesStart = propertyRange(properties)?.start ?? start;
    markRepeatedKeys(pairs, this.problems);
    return {
      kind: 'map',
      flow,
      start,
      end,
      propertiesStart,
      anchor: source.anchor,
      tag: source.tag,
      pairs,
      open: false,
    };
  }

  #pair(keyNode: SyntaxNode, decoded: string | undefined, colon: number, value: SyntaxNode): SyntaxPair {
    const { start: keyStart, end: keyEnd } = keyNode;
    const pair = { keyStart, keyEnd, colon, value };
    const target = dereference(keyNode);
    if (target?.kind !== 'scalar') {
      if (target !== undefined) this.problem(keyStart, keyEnd, 'A key must be text, not a map or a list.');
      return { ...pair, key: '', role: 'unknown' };
    }
    if (keyNode.kind === 'scalar' && isMergeKey(keyNode, decoded)) {
      if (!isMergeable(value)) {
        this.problem(value.start, value.end, 'A merge key (<<) takes a map, an alias of one, or a list of these.');
      }
      return { ...pair, key: '<<', role: 'merge' };
    }
    // The text of an alias stands at its anchor; only a plain scalar there reads otherwise than it is written.
    const text = decoded ?? String(target.value ?? '');
    const key = resolveKey(text, target.style === 'plain', target.tag);
    if (key === undefined) {
      const what = target.value === null ? 'null' : 'a number of this size';
      this.problem(keyStart, Math.max(keyEnd, colon), `A key cannot be ${what}. Put it in quotes.`);
      return { ...pair, key: '', role: 'unknown' };
    }
    return { ...pair, key, role: 'plain' };
  }
}

const blankLineWithTab = /[ \t]*(?:\r?\n *)*?\r?\n\t/y;

function isMergeKey(key: SyntaxScalar, decoded: string | undefined): boolean {
  if (decoded !== '<<') return false;
  return key.tag === undefined ? key.style === 'plain' : key.tag === 'tag:yaml.org,2002:merge';
}

function isMergeable(value: SyntaxNode): boolean {
  if (value.kind === 'list') return value.items.every((item) => item.kind !== 'list' && isMergeable(item));
  if (value.kind === 'alias') return value.target === undefined || dereference(value)?.kind === 'map';
  return value.kind === 'map' || value.kind === 'unknown';
}

function unwritten(
  propertiesStart: number,
  at: number,
  anchor: string | undefined,
  tag: string | undefined,
): SyntaxScalar {
  return { kind: 'scalar', start: at, end: at, propertiesStart, anchor, tag, style: 'plain', value: null };
}

function scalarStyle(token: CST.Token, first: string): ScalarStyle {
  if (token.type === 'single-quoted-scalar') return 'single';
  if (token.type === 'double-quoted-scalar') return 'double';
  if (token.type === 'block-scalar') return first === '>' ? 'folded' : 'literal';
  return 'plain';
}

/** From the first to after the last anchor or tag that follows the indicator. */
function propertyRange(properties: Properties): { readonly start: number; readonly end: number } | undefined {
  let start: number | undefined;
  let end = 0;
  for (const { type, offset, source } of properties) {
    if (type !== 'anchor' && type !== 'tag') continue;
    start ??= offset;
    end = offset + source.length;
  }
  return start === undefined ? undefined : { start, end };
}

/** The tokens of a list's items, in step with the items themselves. */
function itemTokens(token: YAMLSeq['srcToken']): readonly CST.CollectionItem[] {
  if (token?.type === 'flow-collection') return token.items;
  if (token?.type !== 'block-seq') return [];
  return token.items.filter((item) => item.start.some(({ type }) => type === 'seq-item-ind'));
}

function rangeStart(source: unknown): number {
  return isScalar(source) || isMap(source) || isSeq(source) || isAlias(source) ? (source.range?.[0] ?? 0) : 0;
}

function flowEnd(token: CST.FlowCollection, otherwise: number): number {
  const end = token.end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
  return end === undefined ? otherwise : end.offset + 1;
}
