// The door of the vocabulary room: everything the rooms above may use of it.

export { type Enforcement, enforcementsOf, looksAtImages, sigstoreLabel } from './admission/imageEnforcement.ts';
export {
  type ApiLifecycle,
  apiLifecycleOf,
  isServed,
  newestLifecycleRelease,
  replacementApiVersion,
} from './apiLifecycle/apiLifecycle.ts';
export { ingressRewrite } from './apiLifecycle/ingressRewrite.ts';
export { type RenameClass, renameClassOf } from './apiLifecycle/renameClass.ts';
export type * from './cluster/clusterEvidence.ts';
export { collectedMetrics } from './cluster/clusterEvidence.ts';
export { type DeclarationHints, declarationHints } from './cluster/declarationHints.ts';
export { type FieldWriter, fieldWriters, writerOf } from './cluster/fieldWriters.ts';
export { forbidden } from './cluster/forbidden.ts';
export { type KubeadmConfiguration, kubeadmConfiguration } from './cluster/kubeadmConfiguration.ts';
export { type KubeletSetting, kubeletSettings } from './cluster/kubeletSettings.ts';
export { samplesOf, totalOf } from './cluster/metrics.ts';
export { openShiftCluster } from './cluster/openShiftCluster.ts';
export { describePermission, type Permission, permissionWords } from './cluster/permission.ts';
export { perPodLabels } from './cluster/perPodLabels.ts';
export { type ClusterProvider, providerNames, providerOf } from './cluster/provider.ts';
export { type RetiringWrite, retiringWrites } from './cluster/retiringWrites.ts';
export { apiServerFlags, etcdFlags, type RunningFlags, sourcesOf, staticPodFlags } from './cluster/runningFlags.ts';
export { type SecretTrace, secretTrace } from './cluster/secretTraces.ts';
export { systemConfigMap } from './cluster/systemConfigMap.ts';
export { type AuditedResource, type DecidingRule, decidingRules } from './controlPlane/auditPolicy.ts';
export { type EncryptionKey, encryptionKeys, encryptionProviderLists } from './controlPlane/encryptionProviders.ts';
export * from './credentials/index.ts';
export {
  type Declaration,
  declarationOf,
  nameFits,
  type WrittenName,
  type WrittenNamespace,
} from './declarations/declaration.ts';
export { type DeploymentSource, deploymentSourceOf } from './declarations/deploymentSource.ts';
export { isAskedAboutPods } from './facts/admissionPolicyFacts.ts';
export type * from './facts/facts.ts';
export { factKeyOf, factsOf } from './facts/factsOf.ts';
export { firstFiled } from './facts/firstFiled.ts';
export { findingPlace, securityContextNode } from './findingPlace.ts';
export type { Component, ComponentFlag, ComponentName, FlagSource, TextSpan } from './flags/component.ts';
export { componentsOf } from './flags/componentsOf.ts';
export { type ContainerCommand, containerCommands } from './flags/containerCommands.ts';
export { distributionComponents } from './flags/distributionComponents.ts';
export { type FlagType, flagNamesOf, flagTypeOf } from './flags/flagTable.ts';
export { setFlag } from './flags/setFlag.ts';
export { placeOfWord } from './flags/shellCommands.ts';
export { parseShellScript, type ShellCommand, type ShellScript, type ShellWord } from './flags/shellWords.ts';
export { type EndedSupport, endedSupport, endOfLifeAsOf } from './images/endOfLife.ts';
export { type ImageReference, isOfRegistries, parseImageReference } from './images/imageReference.ts';
export { imageReferenceProblem, withoutScheme } from './images/imageReferenceProblem.ts';
export { officialImageName } from './images/imageVersion.ts';
export { type KnownVulnerability, knownVulnerability } from './images/knownVulnerabilities.ts';
export { type MovedImage, movedImage } from './images/movedImages.ts';
export { isLocalImageName } from './images/officialImages.ts';
export { type PodImage, podImages } from './images/podImages.ts';
export { isSystemImage } from './images/systemImages.ts';
export { type FoundAgent, findAgents } from './monitoring/findAgents.ts';
export type { KnownAgent, MonitoringCapability } from './monitoring/knownAgents.ts';
export { type ReportedFlaws, reportedFlaws } from './monitoring/reportedFlaws.ts';
export { type AddressReach, reachOf } from './network/addressReach.ts';
export { type NetworkPlugin, networkPluginOf } from './network/networkPlugin.ts';
export { podsBehind } from './network/podsBehind.ts';
export {
  type Direction,
  type Protection,
  protectionOf,
  type ReadNetworkPolicy,
  readNetworkPolicy,
} from './network/policyCoverage.ts';
export { type Pipeline, pipelineOf, pipelineOfResource } from './pipelines/pipeline.ts';
export { type PipelineCommand, pipelineCommands, plainArguments, programOf } from './pipelines/pipelineCommands.ts';
export * from './podSecurity/index.ts';
export { lacksLimit, lacksRequest, type ResourceName } from './pods/containerResources.ts';
export { strangeSelector } from './pods/podSelector.ts';
export type { Container, ContainerKind, EffectiveValue, InheritedSecurityField, PodSpec } from './pods/podSpec.ts';
export type { PodTemplatePath } from './pods/podTemplatePaths.ts';
export { podSpecsOf } from './pods/podTemplates.ts';
export { replicatingKinds } from './pods/replicatingKinds.ts';
export * from './policyCode/index.ts';
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
export { mountsToken } from './rbac/mountsToken.ts';
export { roleRulesOf } from './rbac/readRoleRules.ts';
export type { RoleRule } from './rbac/roleRule.ts';
export { type EksRelease, eksRelease } from './releases/eksReleases.ts';
export { type Support, supportOf } from './releases/kubernetesReleases.ts';
export { type EndedNodeSoftware, endedRuntime, endedSystem, nodeReleasesAsOf } from './releases/nodeReleases.ts';
export { type KubernetesVersion, newestVersion } from './releases/version.ts';
export { parseApiVersion } from './resources/apiVersion.ts';
export { mayBeBareKustomization } from './resources/bareKustomization.ts';
export { isClusterScoped } from './resources/clusterScopedKinds.ts';
export { groupKindOf, matchesGroupKind, parseGroupKind } from './resources/groupKind.ts';
export { type HelmValue, type HelmValues, helmValuesOf, isHelmValuesFile } from './resources/helmValues.ts';
export { readLabelSelector, selectorMatches, selectsEverything } from './resources/labelSelector.ts';
export { namespaceOf } from './resources/namespaceOf.ts';
export { objectResource } from './resources/objectResource.ts';
export { openView } from './resources/openView.ts';
export { type ReadResourcesSettings, readResources } from './resources/readResources.ts';
export type { ApiVersion, GroupKind, Resource, ResourceIdentity } from './resources/resource.ts';
export { resourceIdentity } from './resources/resourceIdentity.ts';
export { type RawObject, withoutServerDefaults } from './resources/serverDefaults.ts';
export { isSystemNamespace } from './resources/systemNamespace.ts';
export { decodeBase64, encodeBase64 } from './values/base64.ts';
export { editDistance } from './values/editDistance.ts';
export { enumerate } from './values/enumerate.ts';
export { asArray, asObject, asString, asStrings, isRawObject } from './values/json.ts';
export { isRemote, movingReference } from './values/movingReference.ts';
export { parseBoolean } from './values/parseBoolean.ts';
export { parseQuantity } from './values/quantity.ts';
export { stringItems } from './values/stringItems.ts';
export { isLabelValue, isPortName } from './values/validName.ts';
