import { pathOf } from './codeReference.ts';
import type { TextReplacement } from './regoInput.ts';
import type { RegoBody, RegoModule, RegoRule } from './regoModule.ts';
import type { RegoSource } from './regoSources.ts';

/** Heads that only Rego v0 knows: a body without `if`, a set without `contains`. */
export function oldHeads({ rules }: RegoModule): readonly RegoRule[] {
  return rules.filter((rule) => rule.bodies.some(({ hasIf }) => !hasIf) || isOldSet(rule));
}

/** Without a value it collects a set, since `p[x] if { ... }` is a map in v1. A body with `if` is v1 already. */
function isOldSet({ key, hasValue, bodies }: RegoRule): boolean {
  return key?.isBracketed === true && !hasValue && !bodies.some(({ hasIf }) => hasIf);
}

/** The module is written in the newer syntax, or its engine reads it so. */
export function isNewSyntax({ module, version }: Pick<RegoSource, 'module' | 'version'>): boolean {
  if (version === 'v1' || module.imports.includes('rego.v1')) return true;
  return module.rules.some(({ key, bodies }) => key?.isBracketed === false || bodies.some(({ hasIf }) => hasIf));
}

/** Built-in functions that are gone from v1 (OPA v1/ast/builtins.go, Deprecated: true). */
const removedFunctions =
  /^(?:any|all|re_match|set_diff|net\.cidr_overlap|cast_(?:array|set|string|boolean|null|object))$/;

/**
 * The edits that give all heads their newer form and import its keywords, so that both OPA before and from 1.0 read the
 * module; undefined where more than heads has to change. Gatekeeper takes `future.keywords` imports but refuses
 * `rego.v1` (frameworks/constraint, pkg/regorewriter/regorewriter.go, checkImport).
 */
export function newSyntax(source: RegoSource): readonly TextReplacement[] | undefined {
  const { module } = source;
  const { tokens, references } = module;
  const usesRemoved = references.some(
    (reference) => tokens[reference.to]?.text === '(' && removedFunctions.test(pathOf(reference)),
  );
  if (usesRemoved) return undefined;
  const edits: TextReplacement[] = [];
  const words = new Set<string>();
  for (const rule of oldHeads(module)) {
    if (isOldSet(rule)) {
      const open = tokens[rule.nameEnd];
      const close = tokens[rule.key?.to ?? -1];
      if (open === undefined || close === undefined) return undefined;
      edits.push({ from: open.from, to: open.to, text: ' contains ' }, { from: close.from, to: close.to, text: '' });
      words.add('contains');
    }
    for (const body of rule.bodies) {
      if (body.hasIf) continue;
      const edit = withIf(module, rule, body);
      if (edit === undefined) return undefined;
      edits.push(edit);
      words.add('if');
    }
  }
  return [...importsOf(source, words), ...edits];
}

function withIf({ tokens }: RegoModule, rule: RegoRule, body: RegoBody): TextReplacement | undefined {
  // A second body right after the first is gone from v1.
  const isChained = body !== rule.bodies[0] && tokens[body.head]?.text !== 'else';
  const brace = tokens[body.from - 1];
  const before = tokens[body.from - 2];
  if (isChained || brace === undefined || before === undefined) return undefined;
  return { from: before.to, to: brace.from, text: ' if ' };
}

function importsOf(
  { module: { code, imports, importsEnd }, engine, version }: RegoSource,
  words: ReadonlySet<string>,
): readonly TextReplacement[] {
  if (version === 'v1' || imports.includes('rego.v1') || imports.includes('future.keywords')) return [];
  // The two kinds of import exclude each other.
  const isFuture = engine === 'gatekeeper' || imports.some((path) => path.startsWith('future.keywords.'));
  const wanted = isFuture ? [...words].sort().map((word) => `future.keywords.${word}`) : ['rego.v1'];
  const missing = wanted.filter((path) => !imports.includes(path));
  if (missing.length === 0) return [];
  const gap = imports.length === 0 ? '\n\n' : '\n';
  // Blank lines stay between what is imported and the rules.
  const after = /^\s*(?:$|\n\s*\n)/.test(code.slice(importsEnd, importsEnd + 80)) ? '' : '\n';
  const text = `${gap}${missing.map((path) => `import ${path}`).join('\n')}${after}`;
  return [{ from: importsEnd, to: importsEnd, text }];
}
