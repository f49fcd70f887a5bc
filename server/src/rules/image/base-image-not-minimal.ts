import { type ImageReference, isOfRegistries, officialImageName, podImages } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

interface Options {
  readonly distributions: readonly string[];
  readonly runtimes: readonly string[];
  readonly minimal: readonly string[];
}

const names = { type: 'array', items: { type: 'string', minLength: 1 } };

export const rule = defineRule<'podSpec', 'distribution' | 'runtime', Options>({
  id: 'image/base-image-not-minimal',
  summary: 'Full distribution image used directly',
  severity: 'info',
  profile: 'all',
  guide: 5,
  why:
    'A full distribution brings shells, package managers and libraries that the program never uses, and every one of them may have ' +
    'flaws and helps an intruder. Distroless, Alpine, slim variants and scratch leave them out.',
  whenNot:
    'Where somebody needs the tools inside, as in a debug container; name bases the team has agreed on in the option `minimal`.',
  references: {
    urls: [
      'https://github.com/GoogleContainerTools/distroless',
      'https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image',
    ],
  },
  fixClass: 'input',
  reveals: ['image/digest', 'image/pull-policy-always'],
  messages: {
    distribution: '{user} runs the full distribution {image}, with many more programs in it than it needs.',
    runtime:
      '{user} runs the full variant {image}, with tools of a distribution in it that a running program does not need.',
  },
  options: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        distributions: { ...names, description: 'Last parts of names of images that are whole distributions.' },
        runtimes: {
          ...names,
          description: 'Official images that have smaller variants: their tags are to name alpine, slim or distroless.',
        },
        minimal: {
          ...names,
          description: 'Images that count as small enough: a host, or a host and the beginning of a path.',
          examples: [['registry.example.com/base/']],
        },
      },
    },
    default: {
      distributions: [
        'ubuntu',
        'debian',
        'centos',
        'fedora',
        'amazonlinux',
        'rockylinux',
        'oraclelinux',
        'buildpack-deps',
      ],
      runtimes: ['python', 'node', 'openjdk', 'golang', 'nginx'],
      minimal: [],
    },
  },
  subject: 'podSpec',
  judge(podSpec, report, { options }) {
    for (const { node, use, user, text, reference } of podImages(podSpec)) {
      // An image volume is mounted, not run.
      if (use === 'volume') continue;
      if (text === undefined || reference === undefined || isOfRegistries(reference, options.minimal)) continue;
      // A digest alone does not tell which variant it is.
      if (isSmallVariant(reference) || (reference.tag === '' && reference.digest !== '')) continue;
      const args = { user, image: text };
      const fixes = () => smallerVariants(node, text, reference);
      if (options.distributions.includes(reference.repository.split('/').at(-1) ?? '')) {
        report({ at: node, message: 'distribution', args, fixes });
      } else if (options.runtimes.includes(officialImageName(reference) ?? '')) {
        report({ at: node, message: 'runtime', args, fixes });
      }
    }
  },
});

function isSmallVariant({ tag }: ImageReference): boolean {
  return /alpine|slim|distroless|minimal|micro/.test(tag);
}

/** The smaller variants that the official images publish (github.com/docker-library/official-images, library). */
const variants: Readonly<Record<string, readonly string[]>> = {
  debian: ['slim'],
  python: ['slim', 'alpine'],
  node: ['slim', 'alpine'],
  golang: ['alpine'],
  nginx: ['alpine'],
};

/** For tags that are a version or a channel: others have the variant somewhere in the middle, or none. */
function smallerVariants(node: ManifestNode, text: string, reference: ImageReference): readonly Fix[] {
  const name = officialImageName(reference) ?? '';
  // With a digest the tag says nothing to the runtime; another variant has another digest.
  if (reference.digest !== '' || !Object.hasOwn(variants, name)) return [];
  if (!/^(?:[\d.]*|latest|stable|mainline|lts|current)$/.test(reference.tag)) return [];
  const isUnversioned = reference.tag === '' || reference.tag === 'latest';
  const prefix = !isUnversioned ? `${reference.tag}-` : name === 'debian' ? 'stable-' : '';
  const from = reference.tag === '' ? text.length : text.length - reference.tag.length - 1;
  return (variants[name] ?? []).map((variant) => ({
    fixClass: 'input',
    title: `Use the variant ${prefix}${variant} (see that it exists and has what the program needs)`,
    operations: [{ op: 'replaceText', node, from, to: text.length, text: `:${prefix}${variant}` }],
  }));
}
