import type {
  Component,
  Container,
  FactReader,
  FactSource,
  GroupKind,
  HelmValues,
  KubernetesVersion,
  Pipeline,
  PodSpec,
  PodTemplatePath,
  Resource,
  RoleRule,
} from '../kubernetes/index.ts';
import type { FixOperation, ManifestNode, ManifestPath, Place } from '../manifest/index.ts';

export type Severity = 'error' | 'warning' | 'info';

/** The smallest profile that includes a rule; `off` rules run only by name. */
export type Profile = 'guide' | 'restricted' | 'all' | 'off';

/** docs: "A fix wherever one is mechanical, of an honest class". `none` for rules that only explain. */
export type FixClass = 'safe' | 'hardening' | 'review' | 'input' | 'none';

/** `<chapter>/<name>`: also file path, fixture folder, documentation page and diagnostic code. */
export type RuleId = `${string}/${string}`;

/** What one fix does. Made only when somebody asks for it. */
export interface Fix {
  readonly fixClass: Exclude<FixClass, 'none'>;
  /** Names the change: "Set allowPrivilegeEscalation: false on container \"web\"". Review fixes add what to check first. */
  readonly title: string;
  /** Applied atomically. */
  readonly operations: readonly FixOperation[];
  /** At most one fix of a finding, and never one that needs input: editors apply it without showing the list. */
  readonly isPreferred?: boolean;
}

export interface Reported<MessageKey extends string> {
  /** A node (the finding goes to its value, else to its nearest existing ancestor's key) or an exact place. */
  readonly at: ManifestNode | Place;
  readonly message: MessageKey;
  readonly args?: Readonly<Record<string, string | number>>;
  /** Only where the catalogue names a different severity for a case. */
  readonly severity?: Severity;
  /** Called when a face asks; several alternatives, best first. Never called during judgement. */
  readonly fixes?: () => readonly Fix[];
  /** Other places that the message speaks of. */
  readonly related?: readonly { readonly at: ManifestNode | Place; readonly message: string }[];
}

/** Where a finding about facts goes: a resource of a file and a path inside it, resolved when it is reported. */
export interface FactPlace {
  readonly filed: FactSource;
  /** Below the resource, e.g. `['metadata', 'name']`. */
  readonly path: ManifestPath;
}

export interface ReportedAcrossFiles<MessageKey extends string> {
  readonly at: FactPlace;
  readonly message: MessageKey;
  readonly args?: Readonly<Record<string, string | number>>;
  readonly severity?: Severity;
  /** Called with the node that {@link at} has become in the file as it is now. */
  readonly fixes?: (at: ManifestNode) => readonly Fix[];
  readonly related?: readonly { readonly at: FactPlace; readonly message: string }[];
}

/**
 * One namespace with all that lives in it across the workspace, or what is cluster-wide. Offered only for a folder as a
 * whole.
 */
export interface NamespaceSubject {
  /** `'default'` for objects that name none; `''` once for what is cluster-wide, for rules that judge the cluster. */
  readonly name: string;
  readonly facts: FactReader;
}

/** What a rule may judge. The engine visits; the rule only judges. */
export interface Subjects {
  readonly resource: Resource;
  readonly podSpec: PodSpec;
  readonly container: Container;
  readonly roleRule: RoleRule;
  readonly component: Component;
  /** The values of a Helm chart, which belong to no object. */
  readonly helmValues: HelmValues;
  readonly pipeline: Pipeline;
  readonly namespace: NamespaceSubject;
}

export type SubjectName = keyof Subjects;

/** Settings of a rule as resolved for the file at hand. */
export interface RuleContext<Options = undefined> {
  readonly version: KubernetesVersion;
  readonly options: Options;
  /** More kinds that carry a pod template, as the settings name them: for a rule that asks a resource for its pod specs. */
  readonly podTemplates: readonly PodTemplatePath[];
}

/** A JSON schema object; one schema serves `.kubeharden.yaml`, the settings and the docs. */
export type JsonSchema = { readonly [key: string]: unknown };

export interface RuleReferences {
  /** Pod Security Standards check id and level, e.g. `{check: 'privileged', level: 'baseline'}`. */
  readonly pss?: readonly { readonly check: string; readonly level: 'baseline' | 'restricted' }[];
  /** CIS Kubernetes Benchmark 1.12 items. */
  readonly cis?: readonly string[];
  /** Mentioned by the NSA/CISA hardening guidance v1.2. */
  readonly nsa?: boolean;
  /** Ids of the peers' checks, as in the crosswalk: `CKV_K8S_16`, `KSV-0017`, `KL:privileged-container`. */
  readonly peers?: readonly string[];
  /** Documentation pages. */
  readonly urls?: readonly string[];
}

export interface RuleDescription {
  readonly id: RuleId;
  /** A noun phrase or clause for lists: "Container is privileged". */
  readonly summary: string;
  readonly severity: Severity;
  readonly profile: Profile;
  /** Chapter 1-7 of the guide, where it belongs to one. */
  readonly guide?: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  /** Why it matters: one to four plain sentences (Markdown). */
  readonly why: string;
  /** When not to follow it: a line or two. */
  readonly whenNot: string;
  readonly references: RuleReferences;
  /** The class of its usual fix. */
  readonly fixClass: FixClass;
  /** Ids that this finding replaces at the same place. */
  readonly overrides?: readonly RuleId[];
  /** Ids that may appear only once the fix is applied. */
  readonly reveals?: readonly RuleId[];
  /** Whole sentences with `{argument}` placeholders. No newline, no id, no JSON. */
  readonly messages: Readonly<Record<string, string>>;
  /** The diagnostic tag, for what is dead or gone. */
  readonly tag?: 'deprecated' | 'unnecessary';
  readonly options?: { readonly schema: JsonSchema; readonly default: unknown };
}

/** A rule: its description, the subject it judges, the judgement. See CONTRIBUTING for how to write one. */
export type Rule = { [S in SubjectName]: RuleFor<S, string, unknown> }[SubjectName];

export interface RuleFor<S extends SubjectName, MessageKey extends string, Options> extends RuleDescription {
  readonly messages: Readonly<Record<MessageKey, string>>;
  readonly subject: S;
  /** For `resource`, `podSpec` and `container` subjects: only in resources of these kinds. Absent: all. */
  readonly kinds?: readonly GroupKind[];
  /** For `component` subjects: only these. */
  readonly components?: readonly Component['component'][];
  judge(
    subject: Subjects[S],
    report: (finding: S extends 'namespace' ? ReportedAcrossFiles<MessageKey> : Reported<MessageKey>) => void,
    context: RuleContext<Options>,
  ): void;
  /**
   * For a rule of another subject: what of the same weakness shows only in a namespace as a whole. Reported beside what
   * `judge` reports, and like the rules of subject `namespace` only for a folder that has been read.
   */
  judgeNamespace?(
    namespace: NamespaceSubject,
    report: (finding: ReportedAcrossFiles<MessageKey>) => void,
    context: RuleContext<Options>,
  ): void;
  /**
   * The messages of `judge` that another object of the namespace makes good, a LimitRange for instance that sets
   * defaults: they are not reported in it. Asked only of a folder that has been read.
   */
  madeGood?(namespace: NamespaceSubject, context: RuleContext<Options>): readonly MessageKey[];
}

/** Checks a rule's own types (message keys, subject) and forgets them, so that all rules fit one list. */
export function defineRule<S extends SubjectName, MessageKey extends string, Options = undefined>(
  rule: RuleFor<S, MessageKey, Options>,
): Rule {
  return rule as unknown as Rule;
}
