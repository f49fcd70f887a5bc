import { dropsAllCapabilities, isWindowsPod } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/capabilities-drop-all',
  summary: 'Capabilities not dropped',
  severity: 'warning',
  profile: 'restricted',
  why:
    'Container runtimes give every container some fourteen capabilities, among them NET_RAW (forging packets), SETUID and CHOWN. ' +
    'Most programs need none. Drop `ALL` and add back the single ones that are needed. Kubernetes compares the word `ALL` literally.',
  whenNot:
    'Programs that start as root and then change user, own files or bind low ports need some of them added back.',
  references: {
    pss: [{ check: 'capabilities_restricted', level: 'restricted' }],
    cis: ['5.2.9'],
    peers: [
      'C-0055',
      'CKV_K8S_37',
      'KA:CapabilityOrSecurityContextMissing',
      'KA:CapabilityShouldDropAll',
      'KICS:No Drop Capabilities for Containers',
      'KSEC:CapDropAll',
      'KSEC:CapDropAny',
      'KSV-0003',
      'KSV-0004',
      'KSV-0106',
      'PO:insecureCapabilities',
      'PO:linuxHardening',
      'SNYK-CC-K8S-6',
    ],
  },
  fixClass: 'hardening',
  overrides: ['pod/cap-net-raw', 'pod/security-context-missing'],
  messages: {
    none: 'Container "{container}" keeps all default capabilities, such as NET_RAW and SETUID, because it drops none.',
    some: 'Container "{container}" keeps the capabilities that it does not name, because its drop list lacks ALL.',
  },
  subject: 'container',
  judge(container, report, { version }) {
    if (dropsAllCapabilities(container, version)) return;
    const drop = container.securityContext.get('capabilities', 'drop');
    report({
      at: drop.isKnown ? drop.keyPlace : drop,
      message: drop.items().length === 0 ? 'none' : 'some',
      args: { container: container.name },
      // The API server refuses the field in a pod for Windows, even where the standard asks for it.
      fixes: () =>
        isWindowsPod(container.podSpec)
          ? []
          : [
              {
                fixClass: 'hardening',
                title: `Drop all capabilities of container "${container.name}"`,
                operations: [{ op: 'set', node: drop, value: ['ALL'] }],
                isPreferred: true,
              },
            ],
    });
  },
});
