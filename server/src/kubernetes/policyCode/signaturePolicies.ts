import type { FixOperation, ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';

/** Kinds that ask for signatures of images: Kyverno's older and newer API, sigstore's policy-controller. */
export const signatureKinds = [
  'ClusterPolicy.kyverno.io',
  'Policy.kyverno.io',
  'ImageValidatingPolicy.policies.kyverno.io',
  'NamespacedImageValidatingPolicy.policies.kyverno.io',
  'ClusterImagePolicy.policy.sigstore.dev',
];

/** What lets images in that carry no signature worth having. */
export type SignatureGap = 'audit' | 'required' | 'digest' | 'attestors' | 'log' | 'keyLog' | 'anyone' | 'pass';

export interface WeakSignature {
  readonly gap: SignatureGap;
  readonly at: ManifestNode;
  /** What closes the gap; undefined where the policy has to be told more. */
  readonly operation?: FixOperation;
}

export function weakSignaturesOf(resource: Resource): readonly WeakSignature[] {
  switch (resource.kind) {
    case 'ClusterImagePolicy':
      return inClusterImagePolicy(resource.spec);
    case 'ImageValidatingPolicy':
    case 'NamespacedImageValidatingPolicy':
      return inImageValidatingPolicy(resource.spec);
    default:
      return inKyvernoRules(resource.spec);
  }
}

/** Kyverno's `verifyImages` (kyverno/kyverno, api/kyverno/v1/image_verification_types.go). */
function inKyvernoRules(spec: ManifestNode): readonly WeakSignature[] {
  const entries = spec
    .get('rules')
    .items()
    .flatMap((rule) => rule.get('verifyImages').items());
  return entries.flatMap((entry) => [
    ...ifMissing(entry, ['attestors', 'attestations', 'key', 'roots']),
    ...ifSwitchedOff(entry.get('required'), 'required'),
    ...(auditIn(spec, entry) ?? digestOf(entry)),
    ...[entry, ...entry.get('attestations').items()]
      .flatMap((holder) => holder.get('attestors').items())
      .flatMap((attestor) => attestor.get('entries').items())
      .flatMap(inKyvernoAttestor),
  ]);
}

/**
 * The entry's own action comes before that of the policy, and Audit before nothing. Kyverno refuses `mutateDigest: true`
 * beside Audit, so what is said of digests waits until the policy enforces.
 */
function auditIn(spec: ManifestNode, entry: ManifestNode): readonly WeakSignature[] | undefined {
  const own = entry.get('failureAction');
  const common = spec.get('validationFailureAction');
  const written = own.isMissing ? common : own;
  if (written.isUnknown || (written.string !== undefined && !/^audit$/i.test(written.string))) return undefined;
  const at = written.isMissing ? entry.get('failureAction') : written;
  return [{ gap: 'audit', at, operation: { op: 'set', node: own, value: 'Enforce' } }];
}

/** Without a digest the tag may be moved between the check and the pull. */
function digestOf(config: ManifestNode): readonly WeakSignature[] {
  const mutate = config.get('mutateDigest');
  if (mutate.boolean !== false || config.get('verifyDigest').boolean !== false) return [];
  return [{ gap: 'digest', at: mutate, operation: { op: 'set', node: mutate, value: true } }];
}

function inKyvernoAttestor(attestor: ManifestNode): readonly WeakSignature[] {
  const keyless = attestor.get('keyless');
  const logs = (['keys', 'certificates', 'keyless'] as const).flatMap((kind) =>
    ifSwitchedOn(attestor.get(kind, 'rekor', 'ignoreTlog'), kind === 'keys' ? 'keyLog' : 'log'),
  );
  return [...logs, ...(keyless.type === 'map' ? ifAnyone(keyless) : [])];
}

/** Kyverno's newer API (kyverno.io, docs: ImageValidatingPolicy). */
function inImageValidatingPolicy(spec: ManifestNode): readonly WeakSignature[] {
  const config = spec.get('validationConfigurations');
  return [
    ...ifMissing(spec, ['attestors']),
    ...withoutDeny(spec.get('validationActions')),
    ...ifSwitchedOff(config.get('required'), 'required'),
    ...digestOf(config),
    ...spec
      .get('attestors')
      .items()
      .map((attestor) => attestor.get('cosign'))
      .flatMap((cosign) => [
        ...ifSwitchedOn(cosign.get('ctlog', 'insecureIgnoreTlog'), cosign.get('key').isKnown ? 'keyLog' : 'log'),
        ...cosign.get('keyless', 'identities').items().flatMap(ifAnyone),
      ]),
  ];
}

function withoutDeny(actions: ManifestNode): readonly WeakSignature[] {
  const items = actions.items();
  const [first] = items;
  if (
    first === undefined ||
    !actions.isComplete ||
    items.some(({ string }) => string === undefined || string === 'Deny')
  )
    return [];
  const warn = items.find(({ string }) => string === 'Warn');
  // Warn is refused beside Deny, Audit is not.
  const operation: FixOperation =
    warn === undefined
      ? { op: 'insert', list: actions, index: 0, value: 'Deny' }
      : { op: 'set', node: warn, value: 'Deny' };
  return [{ gap: 'audit', at: first, operation }];
}

/** sigstore/policy-controller, docs: ClusterImagePolicy. */
function inClusterImagePolicy(spec: ManifestNode): readonly WeakSignature[] {
  const mode = spec.get('mode');
  const authorities = spec.get('authorities').items();
  const isWide = spec
    .get('images')
    .items()
    .some((image) => /^\*+(?:\/\*+)*$/.test(image.get('glob').string ?? ''));
  return [
    ...(mode.string === 'warn'
      ? [{ gap: 'audit' as const, at: mode, operation: { op: 'set' as const, node: mode, value: 'enforce' } }]
      : []),
    ...authorities.flatMap((authority) => {
      const action = authority.get('static', 'action');
      const identities = authority.get('keyless', 'identities').items();
      // A pass for named images is an exception that somebody made; one for all switches the policy off.
      const pass = isWide && action.string === 'pass' ? [{ gap: 'pass' as const, at: action }] : [];
      return [...pass, ...identities.flatMap(ifAnyone)];
    }),
  ];
}

/** Whoever can sign in at the issuer: no subject, or a pattern that all subjects match. */
function ifAnyone(identity: ManifestNode): readonly WeakSignature[] {
  const subjects = [identity.get('subject'), identity.get('subjectRegExp')];
  if (subjects.some(({ isUnknown }) => isUnknown)) return [];
  const written = subjects.filter(({ isMissing }) => !isMissing);
  // A workflow's identity may be in the extensions of the certificate instead.
  if (written.length === 0) {
    const isMap = identity.type === 'map' && identity.get('additionalExtensions').isMissing;
    return isMap ? [{ gap: 'anyone', at: identity.get('subject') }] : [];
  }
  const open = written.find(({ string }) => /^(?:\*+|\^?\.[*+]\$?)$/.test(string ?? ''));
  return open === undefined || written.length > 1 ? [] : [{ gap: 'anyone', at: open }];
}

/** None of the fields says who has to have signed. */
function ifMissing(holder: ManifestNode, fields: readonly string[]): readonly WeakSignature[] {
  const isEmpty = (node: ManifestNode): boolean =>
    node.isMissing || (node.type === 'list' && node.isComplete && node.items().length === 0);
  const [first = ''] = fields;
  return fields.every((field) => isEmpty(holder.get(field))) ? [{ gap: 'attestors', at: holder.get(first) }] : [];
}

function ifSwitchedOff(node: ManifestNode, gap: SignatureGap): readonly WeakSignature[] {
  return node.boolean === false ? [{ gap, at: node, operation: { op: 'set', node, value: true } }] : [];
}

function ifSwitchedOn(node: ManifestNode, gap: SignatureGap): readonly WeakSignature[] {
  return node.boolean === true ? [{ gap, at: node, operation: { op: 'set', node, value: false } }] : [];
}
