// What may be a credential, and what a Secret holds.

export { credentialIn } from './credentialIn.ts';
export { isCredentialName, mayBeCredentialName } from './credentialName.ts';
export { hasCredentialShape, hasPrivateKey } from './credentialShape.ts';
export { isDefaultPassword } from './defaultPassword.ts';
export { isHarmlessText, isPlaceholder } from './placeholder.ts';
export { looksRandom } from './randomText.ts';
export { repeatsSecretData } from './repeatsSecretData.ts';
export { secretNameFor, secretWith } from './secretName.ts';
export { decodedText, isSopsFile, type SecretValue, secretValues } from './secretValues.ts';
