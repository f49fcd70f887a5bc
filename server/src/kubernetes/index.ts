// The door of the vocabulary room: everything the rooms above may use of it.

export {
  type ApiLifecycle,
  apiLifecycleOf,
  isServed,
  newestLifecycleRelease,
  replacementApiVersion,
} from './apiLifecycle/apiLifecycle.ts';
export { ingressRewrite } from './apiLifecycle/ingressRewrite.ts';
export { type RenameClass, renameClassOf } from './apiLifecycle/renameClass.ts';
export { parseApiVersion } from './apiVersion.ts';
export { type AuditedResource, type DecidingRule, decidingRules } from './auditPolicy.ts';
export { mayBeBareKustomization } from './bareKustomization.ts';
export { decodeBase64, encodeBase64 } from './base64.ts';
export { type ApiServerFlags, apiServerFlags } from './cluster/apiServerFlags.ts';
export type * from './cluster/clusterEvidence.ts';
export { collectedMetrics } from './cluster/clusterEvidence.ts';
export { type DeclarationHints, declarationHints } from './cluster/declarationHints.ts';
export { type FieldWriter, fieldWriters, writerOf } from './cluster/fieldWriters.ts';
export { samplesOf, totalOf } from './cluster/metrics.ts';
export { describePermission, type Permission } from './cluster/permission.ts';
export { perPodLabels } from './cluster/perPodLabels.ts';
export { type ClusterProvider, providerNames, providerOf } from './cluster/provider.ts';
export { isClusterScoped } from './clusterScopedKinds.ts';
export type { Component, ComponentFlag, ComponentName, FlagSource, TextSpan } from './component.ts';
export { lacksLimit, lacksRequest, type ResourceName } from './containerResources.ts';
export * from './credentials/index.ts';
export { editDistance } from './editDistance.ts';
export { type EncryptionKey, encryptionKeys, encryptionProviderLists } from './encryptionProviders.ts';
export { firstFiled } from './facts/firstFiled.ts';
export type * from './facts.ts';
export { factKeyOf, factsOf } from './factsOf.ts';
export { findingPlace, securityContextNode } from './findingPlace.ts';
export { componentsOf } from './flags/componentsOf.ts';
export { type ContainerCommand, containerCommands } from './flags/containerCommands.ts';
export { distributionComponents } from './flags/distributionComponents.ts';
export { type FlagType, flagNamesOf, flagTypeOf } from './flags/flagTable.ts';
export { setFlag } from './flags/setFlag.ts';
export { placeOfWord } from './flags/shellCommands.ts';
export { parseShellScript, type ShellCommand, type ShellScript, type ShellWord } from './flags/shellWords.ts';
export { groupKindOf, matchesGroupKind, parseGroupKind } from './groupKind.ts';
export { type HelmValue, type HelmValues, helmValuesOf, isHelmValuesFile } from './helmValues.ts';
export { type ImageReference, isOfRegistries, parseImageReference } from './imageReference.ts';
export { imageReferenceProblem, withoutScheme } from './imageReferenceProblem.ts';
export { type EndedSupport, endedSupport, endOfLifeAsOf } from './images/endOfLife.ts';
export { officialImageName } from './images/imageVersion.ts';
export { type KnownVulnerability, knownVulnerability } from './images/knownVulnerabilities.ts';
export { type MovedImage, movedImage } from './images/movedImages.ts';
export { readLabelSelector, selectorMatches, selectsEverything } from './labelSelector.ts';
export { type FoundAgent, findAgents } from './monitoring/findAgents.ts';
export type { KnownAgent, MonitoringCapability } from './monitoring/knownAgents.ts';
export { isRemote, movingReference } from './movingReference.ts';
export { namespaceOf } from './namespaceOf.ts';
export { type NetworkPlugin, networkPluginOf } from './network/networkPlugin.ts';
export {
  type Direction,
  type Protection,
  protectionOf,
  type ReadNetworkPolicy,
  readNetworkPolicy,
} from './network/policyCoverage.ts';
export { objectResource } from './objectResource.ts';
export { isLocalImageName } from './officialImages.ts';
export { openView } from './openView.ts';
export { parseBoolean } from './parseBoolean.ts';
export { type Pipeline, pipelineOf, pipelineOfResource } from './pipelines/pipeline.ts';
export { type PipelineCommand, pipelineCommands, plainArguments, programOf } from './pipelines/pipelineCommands.ts';
export { type PodImage, podImages } from './podImages.ts';
export * from './podSecurity/index.ts';
export { strangeSelector } from './podSelector.ts';
export type { Container, ContainerKind, EffectiveValue, InheritedSecurityField, PodSpec } from './podSpec.ts';
export type { PodTemplatePath } from './podTemplatePaths.ts';
export { podSpecsOf } from './podTemplates.ts';
export * from './policyCode/index.ts';
export { parseQuantity } from './quantity.ts';
export { type Danger, type DangerId, dangersOf } from './rbac/dangerousGrants.ts';
export {
  describeSubject,
  EffectivePermissions,
  type Grant,
  type PolicyRule,
  type RbacObjects,
  type RbacSubject,
  readPolicyRule,
  ruleAllows,
} from './rbac/effectivePermissions.ts';
export { type ReadResourcesSettings, readResources } from './readResources.ts';
export { roleRulesOf } from './readRoleRules.ts';
export { type Support, supportOf } from './releases/kubernetesReleases.ts';
export type { ApiVersion, GroupKind, Resource, ResourceIdentity } from './resource.ts';
export type { RoleRule } from './roleRule.ts';
export { type RawObject, withoutServerDefaults } from './serverDefaults.ts';
export { isSystemImage } from './systemImages.ts';
export { isLabelValue, isPortName } from './validName.ts';
export { type KubernetesVersion, newestVersion } from './version.ts';
