import type { ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';
import { celTokens } from './celTokens.ts';
import { type CodeReference, readReferences } from './codeReference.ts';
import { type CodeToken, matchBrackets } from './codeToken.ts';

/** A CEL expression of an admission policy. */
export interface CelExpression {
  readonly node: ManifestNode;
  /** A validation has to hold for an object to be let in; a condition decides whether the policy looks at it at all. */
  readonly role: 'validation' | 'variable' | 'condition';
  readonly code: string;
  readonly tokens: readonly CodeToken[];
  readonly partners: ReadonlyMap<number, number>;
  readonly references: readonly CodeReference[];
}

/** The expressions of one policy, which see each other's variables. */
export interface CelPolicy {
  /** What holds the expressions: a policy's spec, say. */
  readonly node: ManifestNode;
  readonly expressions: readonly CelExpression[];
}

/** Kinds that hold CEL. */
export const celKinds = [
  'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
  'ValidatingPolicy.policies.kyverno.io',
  'NamespacedValidatingPolicy.policies.kyverno.io',
  'ImageValidatingPolicy.policies.kyverno.io',
  'NamespacedImageValidatingPolicy.policies.kyverno.io',
  'ClusterPolicy.kyverno.io',
  'Policy.kyverno.io',
  'ConstraintTemplate.templates.gatekeeper.sh',
];

const cache = new WeakMap<Resource, readonly CelPolicy[]>();

/** The CEL of an admission policy; the rules of a Kyverno policy and the targets of a ConstraintTemplate stand apart. */
export function celPoliciesOf(resource: Resource): readonly CelPolicy[] {
  const known = cache.get(resource);
  if (known !== undefined) return known;
  const policies = holdersIn(resource).map(readPolicy);
  cache.set(resource, policies);
  return policies;
}

function holdersIn(resource: Resource): readonly ManifestNode[] {
  const { kind, spec } = resource;
  switch (kind) {
    case 'ClusterPolicy':
    case 'Policy':
      return spec
        .get('rules')
        .items()
        .map((rule) => rule.get('validate', 'cel'));
    case 'ConstraintTemplate':
      return spec
        .get('targets')
        .items()
        .flatMap((target) => target.get('code').items())
        .filter((code) => code.get('engine').string === 'K8sNativeValidation')
        .map((code) => code.get('source'));
    default:
      return [spec];
  }
}

function readPolicy(holder: ManifestNode): CelPolicy {
  const lists = {
    validations: 'validation',
    expressions: 'validation',
    variables: 'variable',
    matchConditions: 'condition',
  };
  const expressions = Object.entries(lists).flatMap(([key, role]) =>
    holder
      .get(key)
      .items()
      .flatMap((item) => readExpression(item.get('expression'), role as CelExpression['role'])),
  );
  return { node: holder, expressions };
}

function readExpression(node: ManifestNode, role: CelExpression['role']): readonly CelExpression[] {
  const code = node.string;
  if (code === undefined) return [];
  const tokens = celTokens(code);
  const partners = matchBrackets(tokens);
  if (partners === undefined) return [];
  return [{ node, role, code, tokens, partners, references: readReferences(tokens, partners) }];
}
