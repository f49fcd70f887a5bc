import type { ManifestNode } from '../../manifest/index.ts';
import { factsOf } from '../facts/factsOf.ts';
import { readLabelSelector, selectorMatches } from '../resources/labelSelector.ts';
import type { Resource } from '../resources/resource.ts';

/** What becomes of an object that an admission policy objects to. */
export type Enforcement =
  | {
      readonly kind: 'denies';
      /** Whether it does so in a namespace; undefined: in all of them. */
      readonly holdsIn?: (namespace: Resource) => boolean;
    }
  | { readonly kind: 'reports' }
  /** Nothing puts it to work: no binding, no constraint. */
  | { readonly kind: 'idle' };

/** What puts policies to work that do nothing by themselves. */
export interface PolicyUses {
  /** All ValidatingAdmissionPolicyBindings. */
  readonly bindings: readonly Resource[];
  /** All constraints of Gatekeeper, of whatever kind. */
  readonly constraints: readonly Resource[];
}

/** Whether a policy looks at images, as far as its text says. */
export function looksAtImages(policy: Resource): boolean {
  return factsOf(policy, []).some((fact) => fact.type === 'admissionPolicy' && fact.judgesImages);
}

/** What a policy does, once for each of its uses; nothing where its kind may decide and this object does not. */
export function enforcementsOf(policy: Resource, { bindings, constraints }: PolicyUses): readonly Enforcement[] {
  const { group, kind, spec, name } = policy;
  switch (kind) {
    case 'ValidatingAdmissionPolicy':
      return usesOf(
        bindings.filter((binding) => binding.spec.get('policyName').string === name),
        (binding) =>
          denyingIf(
            has(binding.spec.get('validationActions'), 'Deny'),
            binding.spec.get('matchResources'),
            spec.get('matchConstraints'),
          ),
      );
    case 'ConstraintTemplate': {
      const constraintKind = spec.get('crd', 'spec', 'names', 'kind').string;
      return usesOf(
        constraints.filter((constraint) => constraint.kind === constraintKind),
        constraintEnforcement,
      );
    }
    case 'ClusterPolicy':
      return [denyingIf(kyvernoEnforces(policy))];
    case 'Policy':
      return [inItsNamespace(policy, denyingIf(kyvernoEnforces(policy)))];
    case 'ValidatingPolicy':
    case 'ImageValidatingPolicy':
      return [kyvernoOfCel(policy)];
    case 'NamespacedValidatingPolicy':
    case 'NamespacedImageValidatingPolicy':
      return [inItsNamespace(policy, kyvernoOfCel(policy))];
    case 'ClusterAdmissionPolicy':
      return [denyingIf(spec.get('mode').string !== 'monitor', spec)];
    case 'AdmissionPolicy':
      return [inItsNamespace(policy, denyingIf(spec.get('mode').string !== 'monitor'))];
    case 'ClusterImagePolicy':
      // OpenShift's is carried out by the nodes, whatever a namespace says.
      if (group === 'config.openshift.io') return [{ kind: 'denies' }];
      return spec.get('mode').string === 'warn'
        ? [{ kind: 'reports' }]
        : [{ kind: 'denies', holdsIn: asksForSigstore }];
    case 'ImagePolicy':
      return [inItsNamespace(policy, { kind: 'denies' })];
    case 'Image':
      return spec.get('registrySources', 'allowedRegistries').items().length > 0 ? [{ kind: 'denies' }] : [];
    default:
      return [];
  }
}

/** github.com/sigstore/policy-controller, README: namespaces opt in unless its webhook is configured otherwise. */
export const sigstoreLabel = 'policy.sigstore.dev/include';

function asksForSigstore({ labels }: Resource): boolean {
  return labels.get(sigstoreLabel) === 'true';
}

function usesOf(uses: readonly Resource[], of: (use: Resource) => Enforcement): readonly Enforcement[] {
  return uses.length === 0 ? [{ kind: 'idle' }] : uses.map(of);
}

/** @param matches objects with a `namespaceSelector`, all of which have to select a namespace */
function denyingIf(denies: boolean, ...matches: readonly ManifestNode[]): Enforcement {
  if (!denies) return { kind: 'reports' };
  const selectors = matches
    .map((match) => match.get('namespaceSelector'))
    .filter((selector) => selector.entries().length > 0)
    .map(readLabelSelector);
  if (selectors.length === 0) return { kind: 'denies' };
  return {
    kind: 'denies',
    holdsIn: ({ labels }) => selectors.every((selector) => selectorMatches(selector, Object.fromEntries(labels))),
  };
}

function inItsNamespace({ namespace }: Resource, enforcement: Enforcement): Enforcement {
  return enforcement.kind === 'denies' ? { kind: 'denies', holdsIn: ({ name }) => name === namespace } : enforcement;
}

/** Where a constraint acts on requests (gatekeeper, website/docs/enforcement-points.md); by default everywhere. */
const admissionPoints: ReadonlySet<string | undefined> = new Set(['*', 'validation.gatekeeper.sh', 'vap.k8s.io']);

function constraintEnforcement({ spec }: Resource): Enforcement {
  const action = spec.get('enforcementAction').string ?? 'deny';
  const scoped = spec
    .get('scopedEnforcementActions')
    .items()
    .some(
      (one) =>
        one.get('action').string === 'deny' &&
        one
          .get('enforcementPoints')
          .items()
          .some((point) => admissionPoints.has(point.get('name').string)),
    );
  const match = spec.get('match');
  const enforcement = denyingIf(action === 'scoped' ? scoped : action === 'deny', match);
  if (enforcement.kind !== 'denies') return enforcement;
  const only = stringsOf(match.get('namespaces'));
  const excluded = stringsOf(match.get('excludedNamespaces'));
  if (only.length + excluded.length === 0) return enforcement;
  return {
    kind: 'denies',
    holdsIn: (namespace) =>
      (only.length === 0 || only.some((pattern) => meetsPattern(namespace.name, pattern))) &&
      !excluded.some((pattern) => meetsPattern(namespace.name, pattern)) &&
      enforcement.holdsIn?.(namespace) !== false,
  };
}

/** A name, or with a `*` at its beginning or its end a part of one (gatekeeper, website/docs/howto.md). */
function meetsPattern(name: string, pattern: string): boolean {
  const part = pattern.replace(/^\*|\*$/g, '');
  if (pattern.startsWith('*'))
    return pattern.length > 1 && pattern.endsWith('*') ? name.includes(part) : name.endsWith(part);
  return pattern.endsWith('*') ? name.startsWith(part) : name === pattern;
}

/** Of the policy as a whole, and of its rules since Kyverno 1.13 (api/kyverno/v1); nothing written means Audit. */
function kyvernoEnforces({ spec }: Resource): boolean {
  const ofRules = spec
    .get('rules')
    .items()
    .flatMap((rule) => [
      rule.get('validate', 'failureAction'),
      ...rule
        .get('verifyImages')
        .items()
        .map((entry) => entry.get('failureAction')),
    ]);
  return [spec.get('validationFailureAction'), ...ofRules].some(({ string = '' }) => /^enforce$/i.test(string));
}

/** kyverno.io/docs/policy-types/validating-policy: nothing written means Deny. */
function kyvernoOfCel({ spec }: Resource): Enforcement {
  if (spec.get('evaluation', 'admission', 'enabled').boolean === false) return { kind: 'reports' };
  const actions = spec.get('validationActions');
  return denyingIf(actions.items().length === 0 || has(actions, 'Deny'), spec.get('matchConstraints'));
}

function has(list: ManifestNode, value: string): boolean {
  return stringsOf(list).includes(value);
}

function stringsOf(list: ManifestNode): readonly string[] {
  return list.items().flatMap(({ string }) => string ?? []);
}
