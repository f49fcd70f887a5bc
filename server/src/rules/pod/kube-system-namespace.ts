import { isSystemImage } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/kube-system-namespace',
  summary: 'Workload of a user in kube-system',
  severity: 'warning',
  profile: 'restricted',
  why:
    'kube-system holds the credentials of the cluster, is left out of policies and quotas, and may use the highest priorities. A ' +
    'workload in it lives beside all that, and whoever may deploy it may deploy anything there.',
  whenNot: 'Add-ons of the cluster from registries that this rule does not know; suppress it with that reason.',
  references: {
    nsa: true,
    peers: ['KICS:Using Unrecommended Namespace', 'KSV-0037'],
    urls: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces'],
  },
  fixClass: 'none',
  messages: {
    foreign:
      '{kind} "{name}" runs image {image} in kube-system, beside the credentials and components of the cluster itself.',
  },
  subject: 'podSpec',
  judge({ resource, containers }, report) {
    const namespace = resource.metadata.get('namespace');
    if (namespace.string !== 'kube-system') return;
    const image = containers
      .map(({ node }) => node.get('image').string)
      .find((text) => text !== undefined && !isSystemImage(text));
    if (image === undefined) return;
    report({ at: namespace, message: 'foreign', args: { kind: resource.kind, name: resource.name, image } });
  },
});
