import type { OutgoingHttpHeaders } from 'node:http';
import type { Impersonation } from './kubeconfig/kubeconfig.ts';

/** The headers by which a kubeconfig asks to act as somebody else (k8s.io/client-go/transport/round_trippers.go). */
export function impersonationHeaders(impersonation: Impersonation | undefined): OutgoingHttpHeaders {
  if (impersonation === undefined) return {};
  const { user, uid, groups, extra } = impersonation;
  return {
    'Impersonate-User': bytes(user),
    ...(uid === undefined ? {} : { 'Impersonate-Uid': bytes(uid) }),
    // A list becomes a header line for each.
    ...(groups.length === 0 ? {} : { 'Impersonate-Group': groups.map(bytes) }),
    ...Object.fromEntries(extra.map(({ key, values }) => [`Impersonate-Extra-${escapeKey(key)}`, values.map(bytes)])),
  };
}

/** What may not stand in a header's name, and `%`, is percent-encoded. */
function escapeKey(key: string): string {
  return [...Buffer.from(key)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9!#$&'*+.^_`|~-]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** Node writes a header's characters as Latin-1; these then are the bytes of UTF-8. A line break would end the header. */
function bytes(text: string): string {
  return Buffer.from(text.replace(controlCharacters, ' ')).toString('latin1');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
const controlCharacters = /[\u0000-\u001f\u007f]/g;
