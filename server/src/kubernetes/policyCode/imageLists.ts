import type { KubernetesVersion } from '../releases/version.ts';
import { enumerate } from '../values/enumerate.ts';

/** Where a pod names images besides `containers`. */
export type ImageList = 'initContainers' | 'ephemeralContainers' | 'volumes';

const phrases: Readonly<Record<ImageList, string>> = {
  initContainers: 'init containers',
  ephemeralContainers: 'ephemeral containers',
  volumes: 'image volumes',
};

/** "init containers, ephemeral containers and image volumes" */
export function phraseOf(lists: readonly ImageList[]): string {
  return enumerate(lists.map((list) => phrases[list]));
}

/**
 * The lists that a policy about images has to look at. The API refuses ephemeral containers in a template
 * (kubernetes/pkg/apis/core/validation/validation.go, ValidatePodTemplateSpec); image volumes are on by default since
 * 1.35 (KEP-4639).
 */
export function listsToJudge(isTemplate: boolean, version: KubernetesVersion): readonly ImageList[] {
  const lists: ImageList[] = ['initContainers'];
  if (!isTemplate) lists.push('ephemeralContainers');
  if (version.minor >= 35) lists.push('volumes');
  return lists;
}

/** Whether a word of a policy, a name or text in quotes, speaks of the list. Image volumes are known by their field `reference`. */
export function speaksOf(word: string, list: ImageList): boolean {
  switch (list) {
    case 'initContainers':
      return /init_?containers/i.test(word);
    case 'ephemeralContainers':
      return /ephemeral_?containers/i.test(word);
    case 'volumes':
      return /\breference\b|image_?volumes?/i.test(word);
  }
}
