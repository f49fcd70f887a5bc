import type { ManifestNode } from '../../manifest/index.ts';

/** The types that the baseline allows for `seccompProfile` and `appArmorProfile`, compared literally. */
export const allowedProfileTypes: readonly string[] = ['RuntimeDefault', 'Localhost'];

/**
 * A profile is there and its type is not an allowed one; an absent type is the empty one, which is not allowed. One that
 * is no text is refused before it is judged.
 */
export function hasForbiddenProfileType(profile: ManifestNode): boolean {
  if (profile.type !== 'map') return false;
  const type = profile.get('type');
  return type.isMissing || (type.string !== undefined && !allowedProfileTypes.includes(type.string));
}
