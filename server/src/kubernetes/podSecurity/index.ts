// What the Pod Security Standards ask of a pod, one file per check, and the fields they speak of.
export {
  type AppArmorAnnotation,
  type AppArmorReach,
  appArmorAnnotationPrefix,
  appArmorAnnotations,
  type ForbiddenAppArmor,
  forbiddenAppArmorProfiles,
  lacksAppArmorProfile,
  type OrphanedAppArmorAnnotation,
  orphanedAppArmorAnnotations,
} from './appArmor.ts';
export {
  type AddedCapability,
  capabilitiesBeyondBaseline,
  capabilitiesBeyondRestricted,
  capabilitiesGranted,
  dropsAllCapabilities,
  type MisspeltCapability,
  misspeltCapabilities,
  netRawNodes,
} from './capabilities.ts';
export { removeCapability } from './capabilityFix.ts';
export { isBaselineCapability } from './capabilityNames.ts';
export { hasNoSecurityContext } from './emptySecurityContext.ts';
export { isExemptAsWindows, isExemptByUserNamespace, isWindowsPod } from './exemptions.ts';
export { type FieldEffect, fieldEffect, fieldEffectAt } from './fieldEffect.ts';
export { droppedFields, type GatedField } from './gatedFields.ts';
export { forbiddenHandlerHosts, type HandlerHost } from './handlerHosts.ts';
export {
  type HostPathMount,
  type HostPathVolume,
  hostCredentialsIn,
  hostPathVolumes,
  isControlPlanePod,
  runtimeSocketIn,
  type SensitiveHostPath,
  sensitiveHostPath,
  writableMounts,
} from './hostPaths.ts';
export { hostPorts } from './hostPorts.ts';
export { type HostProcessFlag, hostProcessFlags } from './hostProcess.ts';
export { type FieldPlace, fieldPlaces, knownFields } from './knownFields.ts';
export { type LocalhostProfileFault, localhostProfileFaults } from './localhostProfile.ts';
export { type MisplacedField, misplacedFields } from './misplacedFields.ts';
export { meantField } from './misspeltField.ts';
export { type ForeignField, foreignFields, knownOsNames } from './osFields.ts';
export { hasBidirectionalMount, isPrivileged } from './privileged.ts';
export { allowsPrivilegeEscalation, escalationConflicts, refusesNoPrivilegeEscalation } from './privilegeEscalation.ts';
export { hasForbiddenProcMount } from './procMount.ts';
export { allowedProfileTypes } from './profileType.ts';
export { type Reach, reachArguments, setterOf } from './reach.ts';
export { type RelocationFix, relocationFixes } from './relocationFix.ts';
export { hasWritableRoot, nameForVolumeAt } from './rootFilesystem.ts';
export {
  hasNonRootUser,
  type RunAsNonRootViolation,
  runAsNonRootViolations,
  startsAsForbiddenRoot,
} from './runAsNonRoot.ts';
export { type RootUser, rootUsers } from './runAsUser.ts';
export { haveSameValue } from './sameValue.ts';
export { type ForbiddenSeccompProfile, forbiddenSeccompProfiles, lacksSeccompProfile } from './seccomp.ts';
export { type SecurityMap, securityMaps } from './securityMaps.ts';
export { type ForbiddenSeLinuxField, forbiddenSeLinuxFields } from './seLinuxOptions.ts';
export { forbiddenSysctls, isAllowedSysctl } from './sysctls.ts';
export {
  type LowId,
  lowIds,
  mergesGroupsOfImage,
  type RootGroup,
  raiseId,
  rootGroups,
} from './userAndGroupIds.ts';
export { sharesUsersOfNode, userNamespaceConflicts } from './userNamespace.ts';
export { isHostDirectory, type RestrictedVolume, restrictedVolumes } from './volumes.ts';
export { type WrongType, wrongTypes, wrongTypesInMap } from './wrongTypes.ts';
