import type { CodeReference } from './codeReference.ts';
import type { RegoModule, RegoRule } from './regoModule.ts';
import type { RegoSource } from './regoSources.ts';
import { referencesTo } from './regoVariables.ts';

/** Why a policy's engine and its code do not come together. */
export type WrongInput =
  /** Gatekeeper: no rule `violation`, only these called `deny`. */
  | { readonly kind: 'deny'; readonly rules: readonly RegoRule[] }
  /** Gatekeeper: what OPA's webhook is given. */
  | { readonly kind: 'request'; readonly references: readonly CodeReference[] }
  /** OPA: what Gatekeeper gives. */
  | { readonly kind: 'review'; readonly references: readonly CodeReference[] };

/**
 * What of another engine's conventions a module follows. Gatekeeper evaluates `violation` with `input.review` and
 * `input.parameters`, and refuses a template without that rule (frameworks/constraint, pkg/client/drivers/rego/
 * compilers.go, requireModuleRules); OPA's admission webhook is given an AdmissionReview, whose `request` it reads. A
 * module that reads both is written for both.
 */
export function wrongInputsOf({ module, engine, libraries }: RegoSource): readonly WrongInput[] {
  const reviews = referencesTo(module, 'input.review');
  const requests = referencesTo(module, 'input.request');
  if (engine === 'opa') {
    const isAdmission = module.package === 'kubernetes.admission';
    return isAdmission && requests.length === 0 && reviews.length > 0 ? [{ kind: 'review', references: reviews }] : [];
  }
  const wrong: WrongInput[] = [];
  const denials = module.rules.filter(({ name }) => name === 'deny');
  if (denials.length > 0 && !module.rules.some(({ name }) => name === 'violation'))
    wrong.push({ kind: 'deny', rules: denials });
  const reads = [module, ...libraries].some((read) => referencesTo(read, 'input.review').length > 0);
  if (requests.length > 0 && !reads) wrong.push({ kind: 'request', references: requests });
  return wrong;
}

export interface TextReplacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What makes the module follow its engine's conventions; undefined where that takes an author. */
export function rightInput(module: RegoModule, wrong: readonly WrongInput[]): readonly TextReplacement[] | undefined {
  const replacements: TextReplacement[] = [];
  for (const each of wrong) {
    if (each.kind === 'deny') {
      const heads = each.rules.map((rule) => violationHead(module, rule));
      const isUsed = module.references.some(
        (reference) => reference.steps[0]?.field === 'deny' && !each.rules.some(({ from }) => from === reference.from),
      );
      if (isUsed) return undefined;
      for (const head of heads) {
        if (head === undefined) return undefined;
        replacements.push(...head);
      }
    } else {
      const name = each.kind === 'review' ? 'request' : 'review';
      for (const { steps } of each.references) {
        const end = (steps[1]?.to ?? 1) - 1;
        // In brackets, `input["review"]`, the name is text.
        const token = module.tokens[module.tokens[end]?.text === ']' ? end - 1 : end];
        if (token === undefined) return undefined;
        replacements.push({
          from: token.from,
          to: token.to,
          text: token.kind === 'name' ? name : JSON.stringify(name),
        });
      }
    }
  }
  return replacements;
}

/** `deny[msg]` becomes `violation[{"msg": msg}]`: Gatekeeper asks for objects. */
function violationHead({ tokens, code }: RegoModule, rule: RegoRule): readonly TextReplacement[] | undefined {
  const name = tokens[rule.from];
  const first = tokens[rule.key?.from ?? -1];
  const last = tokens[(rule.key?.to ?? 0) - 1];
  if (name === undefined || first === undefined || last === undefined || rule.nameEnd !== rule.from + 1)
    return undefined;
  const renamed = { from: name.from, to: name.to, text: 'violation' };
  const key = code.slice(first.from, last.to);
  // An object has its message already.
  if (first.text === '{') return /"msg"\s*:/.test(key) ? [renamed] : undefined;
  return [renamed, { from: first.from, to: last.to, text: `{"msg": ${key}}` }];
}

/** The characters of the first two steps: `input.review`. */
export function inputSpan({ tokens }: RegoModule, { steps, from }: CodeReference): readonly [number, number] {
  return [tokens[from]?.from ?? 0, tokens[(steps[1]?.to ?? from + 1) - 1]?.to ?? 0];
}
