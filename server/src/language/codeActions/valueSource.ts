import { randomBytes } from 'node:crypto';
import type { ValueSource } from '../../manifest/index.ts';

/** Keys and the like that fixes ask for: real random bytes, new ones each time. */
export const valueSource: ValueSource = { randomBytes: (count) => randomBytes(count).toString('base64') };
