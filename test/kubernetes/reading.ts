import {
  type Component,
  componentsOf,
  distributionComponents,
  type Fact,
  factsOf,
  podSpecsOf,
  type Resource,
  readResources,
} from '../../server/src/kubernetes/index.ts';
import { type Place, parseManifest } from '../../server/src/manifest/index.ts';

export function resourcesIn(text: string, settings?: { readonly partial?: boolean }): readonly Resource[] {
  return parseManifest(text).documents.flatMap((document) => readResources(document, settings));
}

export function resourceIn(text: string, settings?: { readonly partial?: boolean }): Resource {
  const [resource, ...others] = resourcesIn(text, settings);
  if (resource === undefined || others.length > 0) throw new Error(`not exactly one resource in ${text}`);
  return resource;
}

export function componentsIn(text: string): readonly Component[] {
  const inResources = resourcesIn(text).flatMap((resource) => componentsOf(resource, podSpecsOf(resource)));
  return [...inResources, ...parseManifest(text).documents.flatMap(distributionComponents)];
}

export function componentIn(text: string): Component {
  const [component, ...others] = componentsIn(text);
  if (component === undefined || others.length > 0) throw new Error(`not exactly one component in ${text}`);
  return component;
}

export function factsIn(text: string): readonly Fact[] {
  return resourcesIn(text).flatMap((resource) => factsOf(resource, podSpecsOf(resource)));
}

/** The characters of the source at a place. */
export function textAt(place: Place): string {
  if (place.range === undefined) throw new Error('a place without characters');
  return place.document.text.slice(place.range.start, place.range.end);
}
