import { movedImage, podImages } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'image/deprecated-registry',
  summary: 'Image from a frozen or moved registry',
  severity: 'warning',
  profile: 'restricted',
  guide: 5,
  why:
    'A frozen registry gets no new versions, so no security fixes either, and may be switched off; a withdrawn image stays on nodes ' +
    'that have it and cannot be pulled by the next one.',
  whenNot: 'Where the nodes rewrite the name to a mirror of your own.',
  references: {
    peers: ['C-0253'],
    urls: [
      'https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/',
      'https://github.com/bitnami/containers/issues/83267',
    ],
  },
  fixClass: 'hardening',
  reveals: ['image/untrusted-registry'],
  messages: {
    frozen: '{user} pulls {repository}, which has been frozen since {since} and gets no security fixes.',
    moved: '{user} pulls {repository}, which has moved to {home} ({since}) and gets no security fixes where it was.',
    withdrawn:
      '{user} pulls {repository}, whose versions were withdrawn in {since}, so a node without it cannot start.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const { node, user, reference } of podImages(podSpec)) {
      if (reference === undefined) continue;
      const moved = movedImage(reference);
      if (moved === undefined) continue;
      const { fate, since, home, isCopy } = moved;
      report({
        at: node,
        message: fate,
        args: { user, repository: reference.normalizedRepository, since, home },
        fixes: () => (isCopy ? [fromItsCopy(node, reference.registry, home)] : []),
      });
    }
  },
});

function fromItsCopy(node: ManifestNode, registry: string, home: string): Fix {
  return {
    fixClass: 'hardening',
    title: `Pull from ${home} (mirrors and egress rules must know that host)`,
    operations: [{ op: 'replaceText', node, from: 0, to: registry.length, text: home }],
    isPreferred: true,
  };
}
