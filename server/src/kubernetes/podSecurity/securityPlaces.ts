import type { FieldPlace } from './knownFields.ts';

const securityPlaces: readonly FieldPlace[] = [
  ...(['PodSpec', 'Container', 'EphemeralContainer', 'PodSecurityContext', 'SecurityContext', 'Capabilities'] as const),
  ...(['SeccompProfile', 'AppArmorProfile', 'SELinuxOptions', 'WindowsSecurityContextOptions', 'Sysctl'] as const),
  ...(['Volume', 'VolumeMount', 'VolumeProjection'] as const),
];

/** Where in a pod security is decided: not in probes, affinities and their like. */
export function isSecurityPlace(place: FieldPlace): boolean {
  return securityPlaces.includes(place) || isVolumePart(place);
}

/** The source of a volume and the parts of one. */
export function isVolumePart(place: FieldPlace): boolean {
  return /Volume(?:Source|File)$|Projection$/.test(place) || place === 'KeyToPath';
}
