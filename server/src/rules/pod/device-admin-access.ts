import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule } from '../rule.ts';

/** Before, the field is dropped: the feature gate DRAAdminAccess is on by default since 1.34. */
const servedFrom = 34;

export const rule = defineRule({
  id: 'pod/device-admin-access',
  summary: 'Claim asks for administrative access to devices',
  severity: 'warning',
  profile: 'restricted',
  why:
    'Administrative access reaches devices that other pods are using: it reads their state and may change or reset them. Only the ' +
    'drivers and monitors of the cluster need it, in namespaces with the label resource.kubernetes.io/admin-access.',
  whenNot: 'Device drivers, monitoring and maintenance of the hardware, in a namespace of their own.',
  references: {
    urls: ['https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/#admin-access'],
  },
  fixClass: 'hardening',
  messages: {
    admin:
      'Request "{request}" asks for administrative access, so pods with this claim reach devices that others are using.',
  },
  subject: 'resource',
  kinds: ['ResourceClaim.resource.k8s.io', 'ResourceClaimTemplate.resource.k8s.io'],
  judge({ kind, spec }, report, { version }) {
    if (version.minor < servedFrom) return;
    const claim = kind === 'ResourceClaimTemplate' ? spec.get('spec') : spec;
    for (const request of claim.get('devices', 'requests').items()) {
      const node = adminAccess(request);
      if (node === undefined) continue;
      report({
        at: node,
        message: 'admin',
        args: { request: request.get('name').string ?? '' },
        fixes: () => [
          {
            fixClass: 'hardening',
            title: 'Remove adminAccess: true (the claim then waits for a device that is free)',
            operations: [{ op: 'remove', node }],
            isPreferred: true,
          },
        ],
      });
    }
  },
});

/** v1beta1 has the fields of `exactly` in the request itself. */
function adminAccess(request: ManifestNode): ManifestNode | undefined {
  return [request.get('exactly', 'adminAccess'), request.get('adminAccess')].find((node) => node.boolean === true);
}
