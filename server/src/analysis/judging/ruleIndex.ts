import type { Component, Resource } from '../../kubernetes/index.ts';
import { matchesGroupKind } from '../../kubernetes/index.ts';
import type { Rule, RuleContext, RuleFor, Severity, SubjectName } from '../../rules/index.ts';
import type { ResolvedConfiguration } from '../configuration/resolvedConfiguration.ts';

/** A rule that is switched on, with what it needs to judge. */
export interface ActiveRule<S extends SubjectName = SubjectName> {
  readonly rule: RuleFor<S, string, unknown>;
  readonly context: RuleContext<unknown>;
  readonly severity: Severity;
  /** The severity was chosen by somebody, so a finding may not bring its own. */
  readonly severityIsChosen: boolean;
}

type ActiveRules = { readonly [S in SubjectName]: readonly ActiveRule<S>[] };

/** The rules that ask for something of a resource of one kind. */
export type RulesOfKind = Pick<ActiveRules, 'resource' | 'podSpec' | 'container'>;

/** The rules that a configuration switches on, by what they judge. Made once for a configuration. */
export class RuleIndex {
  readonly active: ActiveRules;
  readonly #ofKind = new Map<string, RulesOfKind>();
  readonly #ofComponent = new Map<string, readonly ActiveRule<'component'>[]>();

  constructor(rules: readonly Rule[], configuration: ResolvedConfiguration) {
    const active: { [S in SubjectName]: ActiveRule<S>[] } = {
      resource: [],
      podSpec: [],
      container: [],
      roleRule: [],
      component: [],
      helmValues: [],
      pipeline: [],
      namespace: [],
    };
    for (const rule of rules) {
      if (rule.subject !== 'namespace') activate(rule as RuleFor<SubjectName, string, unknown>, configuration, active);
    }
    for (const rule of namespaceRulesOf(rules)) activate(rule, configuration, active);
    this.active = active;
  }

  ofKind(resource: Resource): RulesOfKind {
    // The API version decides too: behind a Helm action the kind alone must match.
    const key = `${resource.apiVersion} ${resource.kind}`;
    let rules = this.#ofKind.get(key);
    if (rules === undefined) {
      rules = {
        resource: this.active.resource.filter(({ rule }) => asksFor(rule.kinds, resource)),
        podSpec: this.active.podSpec.filter(({ rule }) => asksFor(rule.kinds, resource)),
        container: this.active.container.filter(({ rule }) => asksFor(rule.kinds, resource)),
      };
      this.#ofKind.set(key, rules);
    }
    return rules;
  }

  ofComponent(component: Component['component']): readonly ActiveRule<'component'>[] {
    let rules = this.#ofComponent.get(component);
    if (rules === undefined) {
      rules = this.active.component.filter(
        ({ rule }) => rule.components === undefined || rule.components.includes(component),
      );
      this.#ofComponent.set(component, rules);
    }
    return rules;
  }
}

/** The rules that look at namespaces: those of that subject, and the part of others that does. */
export function namespaceRulesOf(rules: readonly Rule[]): readonly RuleFor<'namespace', string, unknown>[] {
  return (rules as readonly RuleFor<SubjectName, string, unknown>[]).flatMap((rule) => {
    if (rule.subject === 'namespace') return [rule as RuleFor<'namespace', string, unknown>];
    const { judgeNamespace, madeGood } = rule;
    if (judgeNamespace === undefined && madeGood === undefined) return [];
    return [{ ...rule, subject: 'namespace', judge: judgeNamespace ?? reportNothing }];
  });
}

function reportNothing(): void {}

function activate<S extends SubjectName>(
  rule: RuleFor<S, string, unknown>,
  configuration: ResolvedConfiguration,
  active: { [T in SubjectName]: ActiveRule<T>[] },
): void {
  const severity = configuration.severityOf(rule.id);
  if (severity === undefined) return;
  active[rule.subject].push({
    rule,
    severity,
    severityIsChosen: configuration.hasChosenSeverity(rule.id),
    context: {
      version: configuration.version,
      options: configuration.optionsOf(rule.id),
      podTemplates: configuration.podTemplates,
    },
  });
}

function asksFor(kinds: readonly string[] | undefined, resource: Resource): boolean {
  return kinds === undefined || kinds.some((kind) => matchesGroupKind(resource, kind));
}
