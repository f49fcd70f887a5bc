import { type ImageReference, isLocalImageName, isOfRegistries, podImages } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

interface Options {
  readonly registries: readonly string[];
  readonly mirror: string;
}

export const rule = defineRule<'podSpec', 'found', Options>({
  id: 'image/untrusted-registry',
  summary: 'Registry not in the allow list',
  severity: 'warning',
  profile: 'guide',
  guide: 5,
  why:
    'Images from a registry that nobody vouches for have passed no scan and no review. With the allow list of the team in the option ' +
    '`registries` every other origin shows while it is written; without a list this rule says nothing.',
  whenNot: 'Without a list of registries that the team has agreed on.',
  references: {
    peers: ['C-0001', 'C-0078', 'C-0304', 'KSV-0032', 'KSV-0033', 'KSV-0034', 'KSV-0035', 'KSV-0125'],
    urls: ['https://kubernetes.io/docs/concepts/containers/images/'],
  },
  fixClass: 'review',
  messages: {
    found: '{user} pulls {repository}, which is not from one of the allowed registries ({allowed}).',
  },
  options: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        registries: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description:
            'Where images may come from: a host, or a host and the beginning of a path. An image without a host comes from docker.io.',
          examples: [['registry.example.com', 'docker.io/library/']],
        },
        mirror: {
          type: 'string',
          description:
            'The registry, with a path where it has one, that holds copies of other registries: the fix writes it.',
          examples: ['registry.example.com/mirror'],
        },
      },
    },
    default: { registries: [], mirror: '' },
  },
  subject: 'podSpec',
  judge(podSpec, report, { options: { registries, mirror } }) {
    if (registries.length === 0) return;
    const allowed = mirror === '' ? registries : [...registries, mirror];
    for (const { node, user, text, reference } of podImages(podSpec)) {
      if (text === undefined || reference === undefined || isOfRegistries(reference, allowed)) continue;
      // A name that a tool fills in, or that no registry has.
      if (isLocalImageName(reference.normalizedRepository)) continue;
      report({
        at: node,
        message: 'found',
        args: { user, repository: reference.normalizedRepository, allowed: allowed.join(', ') },
        fixes: () => fromMirror(node, text, reference, mirror),
      });
    }
  },
});

function fromMirror(node: ManifestNode, text: string, reference: ImageReference, mirror: string): readonly Fix[] {
  if (mirror === '') return [];
  const { normalizedRepository: repository } = reference;
  const end = text.indexOf(reference.repository, reference.registry.length) + reference.repository.length;
  const copy = `${mirror.replace(/\/$/, '')}${repository.slice(repository.indexOf('/'))}`;
  return [
    {
      fixClass: 'review',
      title: `Pull ${copy} instead (the mirror must hold this image)`,
      operations: [{ op: 'replaceText', node, from: 0, to: end, text: copy }],
      isPreferred: true,
    },
  ];
}
