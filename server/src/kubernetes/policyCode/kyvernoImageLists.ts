import type { FixOperation, ManifestNode } from '../../manifest/index.ts';
import type { KubernetesVersion } from '../releases/version.ts';
import type { Resource } from '../resources/resource.ts';
import { type ImageList, listsToJudge, speaksOf } from './imageLists.ts';
import { anchored, type KyvernoPattern } from './kyvernoPatterns.ts';

/** A pattern asks something of the images of `containers`, and nothing of those of these lists. */
export interface KyvernoForgottenLists {
  /** The list `containers`. */
  readonly containers: ManifestNode;
  readonly lists: readonly ImageList[];
  /** What makes the pattern ask it of them too; undefined where that takes an author. */
  readonly operations: () => readonly FixOperation[] | undefined;
}

/**
 * Kyverno derives the patterns for controllers from that of a Pod; what it asks of the lists it leaves as written
 * (kyverno.io, docs: Auto-Gen Rules). Other patterns and conditions of the same rule may look at the other lists.
 */
export function kyvernoForgottenLists(
  { rule, pattern }: KyvernoPattern,
  version: KubernetesVersion,
): KyvernoForgottenLists | undefined {
  const spec = anchored(pattern, 'spec')?.value;
  const template = spec === undefined ? undefined : anchored(spec, 'template')?.value;
  const pod = template === undefined ? spec : anchored(template, 'spec')?.value;
  const containers = pod === undefined ? undefined : anchored(pod, 'containers')?.value;
  if (pod === undefined || containers === undefined || !asksOfImages(containers)) return undefined;
  const words = JSON.stringify(rule.get('validate').toJson() ?? '');
  const lists = listsToJudge(template !== undefined, version).filter((list) => !speaksOf(words, list));
  if (lists.length === 0) return undefined;
  return { containers, lists, operations: () => askOfAll(pod, containers, lists) };
}

function asksOfImages(containers: ManifestNode): boolean {
  return containers.items().some((item) => {
    const image = anchored(item, 'image')?.value;
    // `?*` only asks that there be one, which the API does too.
    return image?.string !== undefined && !/^[?*]*$/.test(image.string);
  });
}

/** The same of every list, where it is there: `=(...)`. */
function askOfAll(
  pod: ManifestNode,
  containers: ManifestNode,
  lists: readonly ImageList[],
): readonly FixOperation[] | undefined {
  const [item, ...others] = containers.items();
  const image = item?.get('image').string;
  if (item === undefined || image === undefined || others.length > 0 || item.entries().length > 1) return undefined;
  return lists.map((list) => ({
    op: 'set',
    node: pod.get(`=(${list})`),
    value: list === 'volumes' ? [{ '=(image)': { '=(reference)': image } }] : [{ image }],
  }));
}

/**
 * Loops over `request.object.spec.containers` that look at images. Volumes are not asked for: a loop over them would have
 * to be another one.
 */
export function kyvernoForgottenLoops(policy: Resource, version: KubernetesVersion): readonly KyvernoForgottenLists[] {
  return policy.spec
    .get('rules')
    .items()
    .flatMap((rule) => {
      const words = JSON.stringify(rule.get('validate').toJson() ?? '');
      return rule
        .get('validate', 'foreach')
        .items()
        .flatMap((loop) => {
          const containers = loop.get('list');
          const path = /^(request\.object\.(?:spec\.template\.)?spec\.)containers(?:\[\])?$/.exec(
            containers.string ?? '',
          );
          if (path === null || !/\bimage\b/.test(JSON.stringify(loop.toJson() ?? ''))) return [];
          const [whole, pod = ''] = path;
          const lists = listsToJudge(pod.includes('template'), version).filter(
            (list) => list !== 'volumes' && !speaksOf(words, list),
          );
          if (lists.length === 0) return [];
          const text = `${pod}[${['containers', ...lists].join(', ')}][]`;
          return [
            {
              containers,
              lists,
              operations: () => [{ op: 'replaceText' as const, node: containers, from: 0, to: whole.length, text }],
            },
          ];
        });
    });
}
