// The door of the vocabulary room: everything the rooms above may use of it.

export type { Component, ComponentFlag, ComponentName, FlagSource } from './component.ts';
export { hasCredentialShape, isCredentialName, isHarmlessText } from './credentialText.ts';
export type * from './facts.ts';
export { type PodImage, podImages } from './podImages.ts';
export * from './podSecurity/index.ts';
export type { Container, ContainerKind, EffectiveValue, InheritedSecurityField, PodSpec } from './podSpec.ts';
export type { ApiVersion, GroupKind, Resource, ResourceIdentity } from './resource.ts';
export type { RoleRule } from './roleRule.ts';
export { type KubernetesVersion, newestVersion } from './version.ts';
// export { readResources } from './readResources.ts';      // (document: ManifestDocument, settings?: {partial?: boolean}) => readonly Resource[]
// export { podSpecsOf } from './podTemplates.ts';          // (resource: Resource, extraPaths?: readonly PodTemplatePath[]) => readonly PodSpec[]
// export { roleRulesOf } from './readRoleRules.ts';        // (resource: Resource) => readonly RoleRule[]
// export { componentsOf } from './flags/...';              // (resource: Resource, podSpecs: readonly PodSpec[]) => readonly Component[]
// export { factsOf } from './factsOf.ts';                  // (resource: Resource, podSpecs: readonly PodSpec[]) => readonly Fact[]
// export { parseImageReference } from './imageReference.ts';
// export { parseQuantity } from './quantity.ts';
// export { selectorMatches } from './labelSelector.ts';
// export { findingPlace } from './findingPlace.ts';        // (node: ManifestNode) => Place : value, else nearest ancestor key, else a list item's `name`, else metadata.name, else kind
// export { matchesGroupKind } from './groupKind.ts';       // (resource, GroupKind) => boolean
