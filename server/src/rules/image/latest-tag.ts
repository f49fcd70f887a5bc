import { isLocalImageName, podImages } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

/** A valid tag that no registry is likely to have, so that a forgotten placeholder fails at once. */
const placeholder = 'REPLACE_WITH_VERSION';

export const rule = defineRule({
  id: 'image/latest-tag',
  summary: 'Image uses :latest or no tag',
  severity: 'warning',
  profile: 'guide',
  guide: 5,
  why:
    'Without a tag, and with the tag `latest`, two nodes may run different programs under one name, a restart may bring an unreviewed ' +
    'version, and there is nothing to roll back to.',
  whenNot: 'Images that are built and loaded into a local development cluster.',
  references: {
    peers: [
      'C-0075',
      'CKV_K8S_14',
      'KA:ImageTagIncorrect',
      'KA:ImageTagMissing',
      'KICS:Invalid Image Tag',
      'KL:latest-tag',
      'KS:container-image-tag',
      'KSV-0013',
      'PO:tagNotSpecified',
    ],
    urls: ['https://kubernetes.io/docs/concepts/containers/images/'],
  },
  fixClass: 'input',
  overrides: ['image/digest'],
  reveals: ['image/digest', 'image/pull-policy-always', 'image/eol-base', 'image/known-vulnerable'],
  messages: {
    none: '{user} names image {image} without a version, so whatever is called latest today runs in it.',
    local:
      '{user} names image {image} without a version, so unless a tool fills it in nobody can tell which build runs.',
    latest: '{user} uses the tag latest of image {image}, so a restart may run another version than was reviewed.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const { node, user, text, reference } of podImages(podSpec)) {
      if (text === undefined || reference === undefined) continue;
      if (reference.digest !== '' || (reference.tag !== '' && reference.tag !== 'latest')) continue;
      const finding = {
        at: node,
        args: { user, image: text.replace(/:latest$/, '') },
        fixes: () => [fixOf(node, text)],
      };
      if (reference.tag === 'latest') report({ ...finding, message: 'latest' });
      else if (!isLocalImageName(reference.normalizedRepository)) report({ ...finding, message: 'none' });
      // Such names are filled in by Skaffold, Kustomize and the like before anything runs.
      else report({ ...finding, message: 'local', severity: 'info' });
    }
  },
});

function fixOf(node: ManifestNode, text: string): Fix {
  const end = text.replace(/:latest$/, '').length;
  return {
    fixClass: 'input',
    title: 'Name a version of the image (replace the placeholder)',
    operations: [{ op: 'replaceText', node, from: end, to: text.length, text: `:${placeholder}` }],
  };
}
