import { isCredentialName, mayBeCredentialName } from './credentialName.ts';
import { hasCredentialShape } from './credentialShape.ts';
import { isHarmlessText } from './placeholder.ts';
import { looksRandom } from './randomText.ts';

/** The user of `user:password`. */
const userPrefix = /^[A-Za-z0-9._-]+:/;

/**
 * How a setting gives itself away: by the form of its value, which is a credential whatever it is called, or by its name,
 * where a name that means one only now and then (`SIGNING_KEY`) needs a value that looks random. Undefined where it is none.
 */
export function credentialIn(name: string, text: string): 'shape' | 'name' | undefined {
  if (hasCredentialShape(text)) return 'shape';
  if (isHarmlessText(text)) return undefined;
  if (isCredentialName(name) || (mayBeCredentialName(name) && looksRandom(text.replace(userPrefix, '')))) return 'name';
  return undefined;
}
