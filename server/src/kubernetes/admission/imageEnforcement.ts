import { factsOf } from '../facts/factsOf.ts';
import type { Resource } from '../resources/resource.ts';

/** What an admission policy does with what it objects to. */
export type Enforcement = 'denies' | 'reports' | 'unknown';

/** Whether a policy looks at images, as far as its text says. */
export function looksAtImages(policy: Resource): boolean {
  return factsOf(policy, []).some((fact) => fact.type === 'admissionPolicy' && fact.judgesImages);
}

/**
 * What becomes of an object that a policy objects to. A ValidatingAdmissionPolicy does nothing without a binding; the
 * constraints of a Gatekeeper template say for themselves what they do.
 *
 * @param bindings all ValidatingAdmissionPolicyBindings
 */
export function enforcementOf(policy: Resource, bindings: readonly Resource[]): Enforcement {
  const { kind, spec } = policy;
  switch (kind) {
    case 'ValidatingAdmissionPolicy':
      return bindings.some(
        (binding) =>
          binding.spec.get('policyName').string === policy.name && has(binding.spec.get('validationActions'), 'Deny'),
      )
        ? 'denies'
        : 'reports';
    case 'ClusterPolicy':
    case 'Policy':
      return kyvernoActions(policy).some((action) => /^enforce$/i.test(action)) ? 'denies' : 'reports';
    case 'ImageValidatingPolicy': {
      const actions = spec.get('validationActions');
      return actions.items().length === 0 || has(actions, 'Deny') ? 'denies' : 'reports';
    }
    case 'ClusterImagePolicy':
      return spec.get('mode').string === 'warn' ? 'reports' : 'denies';
    default:
      return 'unknown';
  }
}

/** Of the policy as a whole, and of its rules since Kyverno 1.13 (api/kyverno/v1); nothing written means Audit. */
function kyvernoActions({ spec }: Resource): readonly string[] {
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
  return [spec.get('validationFailureAction'), ...ofRules].flatMap(({ string }) => string ?? []);
}

function has(list: Resource['node'], value: string): boolean {
  return list.items().some(({ string }) => string === value);
}
