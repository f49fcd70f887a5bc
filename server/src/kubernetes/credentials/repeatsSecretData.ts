/**
 * Whether a copy of a Secret as JSON, as client-side apply leaves one in an annotation, holds its data. Of the text nothing
 * is kept.
 */
export function repeatsSecretData(copy: string): boolean {
  return /"(?:data|stringData)"\s*:\s*\{\s*"/.test(copy);
}
