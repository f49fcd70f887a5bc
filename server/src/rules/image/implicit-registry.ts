import { isLocalImageName, podImages } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'image/implicit-registry',
  summary: 'Image without registry host',
  severity: 'info',
  profile: 'all',
  guide: 5,
  why:
    'A name without a registry is completed by each node: containerd takes Docker Hub, CRI-O asks the registries of its own ' +
    'configuration one after the other, and whoever can push that name to the first of them decides what runs.',
  whenNot: 'Where every node is known to resolve short names to the same registry.',
  references: {
    urls: [
      'https://kubernetes.io/docs/concepts/containers/images/#image-names',
      'https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md',
    ],
  },
  fixClass: 'hardening',
  reveals: ['image/untrusted-registry'],
  messages: {
    found: '{user} names image {image} without a registry, so each node decides where it comes from.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const { node, user, text, reference } of podImages(podSpec)) {
      if (text === undefined || reference === undefined || reference.registry !== '') continue;
      // Docker Hub has no such image: a tool fills the name in, or it was loaded into the node.
      if (isLocalImageName(reference.normalizedRepository)) continue;
      const prefix = reference.normalizedRepository.slice(0, -reference.repository.length);
      report({
        at: node,
        message: 'found',
        args: { user, image: text },
        fixes: () => [
          {
            fixClass: 'hardening',
            title: `Write the registry: ${prefix}${text} (CRI-O may have found it elsewhere so far)`,
            operations: [{ op: 'replaceText', node, from: 0, to: 0, text: prefix }],
            isPreferred: true,
          },
        ],
      });
    }
  },
});
