import { isLocalImageName, podImages } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

/** A well-formed digest that no image has, so that a forgotten placeholder fails at once. */
const placeholder = `@sha256:${'0'.repeat(64)}`;

export const rule = defineRule({
  id: 'image/digest',
  summary: 'Image not pinned by digest',
  severity: 'info',
  profile: 'all',
  guide: 5,
  why:
    'Whoever may push to the repository can move a tag to another image. A digest is a hash of the image itself: what was scanned and ' +
    'signed is what runs, today and at the next restart.',
  whenNot: 'Where nothing renews the digests: a pinned image never gets a security update by itself.',
  references: {
    peers: ['C-0306', 'CKV_K8S_43', 'KICS:Image Without Digest'],
    urls: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
  },
  fixClass: 'input',
  messages: {
    found: '{user} names image {image} by a tag alone, which can be moved to another image at any time.',
    untagged: '{user} names image {image} without a digest, so nothing ties it to the image that was reviewed.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const { node, user, text, reference } of podImages(podSpec)) {
      if (text === undefined || reference === undefined || reference.digest !== '') continue;
      // The tool that fills such names in decides about the digest too.
      if (isLocalImageName(reference.normalizedRepository)) continue;
      report({
        at: node,
        message: reference.tag === '' ? 'untagged' : 'found',
        args: { user, image: text },
        fixes: () => [pinned(node, text)],
      });
    }
  },
});

function pinned(node: ManifestNode, text: string): Fix {
  return {
    fixClass: 'input',
    title: 'Pin the image by its digest (replace the zeros)',
    operations: [{ op: 'replaceText', node, from: text.length, to: text.length, text: placeholder }],
  };
}
