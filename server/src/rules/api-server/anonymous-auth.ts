import type { Component } from '../../kubernetes/index.ts';
import { parseBoolean, setFlag } from '../../kubernetes/index.ts';
import { defineRule, type Fix } from '../rule.ts';

const flagName = 'anonymous-auth';

export const rule = defineRule({
  id: 'api-server/anonymous-auth',
  summary: 'Anonymous requests are accepted by the API server',
  severity: 'warning',
  profile: 'guide',
  guide: 1,
  why:
    'A request without credentials becomes the user system:anonymous. It sees version and discovery data, and whatever RBAC grants that user or the group ' +
    'system:unauthenticated, by mistake more often than not. The default is to accept such requests.',
  whenNot:
    'The kubelet probes of a kubeadm control plane and `kubeadm join` by token ask anonymously. An AuthenticationConfiguration (1.34 and later) can limit ' +
    'anonymous access to /livez, /readyz and /healthz instead.',
  references: {
    cis: ['1.2.1'],
    nsa: true,
    peers: ['C-0113', 'CKV_K8S_68', 'KCV-0001', 'KICS:Anonymous Auth Is Not Set To False'],
    urls: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests'],
  },
  fixClass: 'review',
  reveals: ['api-server/auth-flags-conflict'],
  messages: {
    enabled:
      'kube-apiserver accepts anonymous requests, so whatever is granted to system:anonymous is open to everyone who reaches it.',
    absent:
      'kube-apiserver lacks --anonymous-auth=false and accepts anonymous requests by default, so whatever is granted to system:anonymous is open to everyone who reaches it.',
  },
  subject: 'component',
  components: ['kube-apiserver'],
  judge(component, report) {
    const flag = component.flag(flagName);
    if (flag === undefined) {
      if (component.isOpen || isMeant(component) || isDecidedElsewhere(component)) return;
      report({ at: component.anchor, message: 'absent', fixes: () => fixesOf(component) });
      return;
    }
    // A value that is no boolean stops the server; that is another rule's to say.
    const isEnabled = flag.value === undefined ? true : parseBoolean(flag.value);
    if (flag.isUnknown || isEnabled !== true || isDecidedElsewhere(component)) return;
    report({ at: flag.place, message: 'enabled', fixes: () => fixesOf(component) });
  },
});

/** Written with one dash it stops the server; it does not leave the default in force. */
function isMeant(component: Component): boolean {
  return component.flags.some((flag) => flag.name === flagName);
}

/**
 * The `anonymous` block of an AuthenticationConfiguration may limit such requests; and with the AlwaysAllow authorizer (the
 * default where no mode is named) the server turns anonymous requests off by itself
 * (kubernetes pkg/kubeapiserver/options/authentication.go, ApplyAuthorization).
 */
function isDecidedElsewhere(component: Component): boolean {
  if (component.flag('authentication-config') !== undefined) return true;
  if (component.flag('authorization-config') !== undefined) return false;
  const modes = component.list('authorization-mode');
  return modes.length === 0 || modes.includes('AlwaysAllow');
}

function fixesOf(component: Component): readonly Fix[] {
  const operations = setFlag(component, flagName, 'false');
  if (operations === undefined) return [];
  return [
    {
      fixClass: 'review',
      title:
        'Set --anonymous-auth=false (the kubelet probes of kubeadm and token discovery of `kubeadm join` ask anonymously: change them first)',
      operations,
      isPreferred: true,
    },
  ];
}
