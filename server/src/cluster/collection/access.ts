import type { RawObject } from '../../kubernetes/index.ts';
import { asArray, asObject } from '../../kubernetes/index.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';

/** API group and plural. */
export interface ListedKind {
  readonly group: string;
  readonly resource: string;
}

/**
 * What the user may list, asked of the server itself, each question once. Trying and being refused would fill the audit
 * log with denials that look like an attack.
 *
 * An answer is undefined if the server gave none; then trying is all that is left.
 */
export class Access {
  readonly #client: ClusterClient;
  readonly #signal: AbortSignal;
  readonly #everywhere = new Map<string, Promise<boolean | undefined>>();
  readonly #rules = new Map<string, Promise<readonly RawObject[] | undefined>>();

  constructor(client: ClusterClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** In all namespaces at once. */
  mayListEverywhere(kind: ListedKind): Promise<boolean | undefined> {
    return remembered(this.#everywhere, `${kind.resource}.${kind.group}`, () => this.#reviewAccess(kind));
  }

  /** One question tells all kinds of a namespace, where the server knows all rules: with RBAC alone it does. */
  async mayListIn(namespace: string, kind: ListedKind): Promise<boolean | undefined> {
    const rules = await remembered(this.#rules, namespace, () => this.#reviewRules(namespace));
    return rules === undefined ? this.#reviewAccess(kind, namespace) : rules.some((rule) => letsList(rule, kind));
  }

  async #reviewAccess({ group, resource }: ListedKind, namespace?: string): Promise<boolean | undefined> {
    const resourceAttributes = { group, resource, verb: 'list', ...(namespace === undefined ? {} : { namespace }) };
    const { allowed } = (await this.#review('SelfSubjectAccessReview', { resourceAttributes })) ?? {};
    return typeof allowed === 'boolean' ? allowed : undefined;
  }

  /** Undefined if there are other rules: webhooks, as EKS, GKE and AKS have them, do not list theirs. */
  async #reviewRules(namespace: string): Promise<readonly RawObject[] | undefined> {
    const status = await this.#review('SelfSubjectRulesReview', { namespace });
    if (status === undefined || status.incomplete !== false || !Array.isArray(status.resourceRules)) return undefined;
    return status.resourceRules.map(asObject);
  }

  async #review(kind: string, spec: RawObject): Promise<RawObject | undefined> {
    const answer = await this.#client.request({
      method: 'POST',
      path: `/apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`,
      body: { apiVersion: 'authorization.k8s.io/v1', kind, spec },
      signal: this.#signal,
    });
    return answer.outcome === 'answered' ? asObject(asObject(answer.body).status) : undefined;
  }
}

function remembered<T>(answers: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const asked = ask();
  answers.set(key, asked);
  return asked;
}

/** As k8s.io/component-helpers/auth/rbac/validation reads a rule. One with names lets nobody list them all. */
function letsList(rule: RawObject, { group, resource }: ListedKind): boolean {
  const names = (values: unknown, wanted: string) => asArray(values).some((name) => name === wanted || name === '*');
  return (
    names(rule.verbs, 'list') &&
    names(rule.apiGroups, group) &&
    names(rule.resources, resource) &&
    asArray(rule.resourceNames).length === 0
  );
}
