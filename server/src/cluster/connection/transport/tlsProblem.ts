import type { TlsProblem } from '../clusterAnswer.ts';

/** What the code of an error says of TLS; undefined for one that is about something else. */
export function tlsProblem(code: string): TlsProblem | undefined {
  const known = tlsProblems.get(code);
  if (known !== undefined) return known;
  // Alerts by which the server turns down our certificate, RFC 8446, section 6.2.
  if (/^ERR_SSL_.*ALERT_(?:.*CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/.test(code)) return 'clientCertificate';
  if (/^ERR_SSL_.*(?:VERSION|CIPHER|HANDSHAKE_FAILURE|HTTP_REQUEST|PACKET)/.test(code)) return 'protocol';
  return code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code.startsWith('CERT_') ? 'other' : undefined;
}

const tlsProblems: ReadonlyMap<string, TlsProblem> = new Map([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unknownAuthority'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'unknownAuthority'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'unknownAuthority'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unknownAuthority'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unknownAuthority'],
  ['CERT_SIGNATURE_FAILURE', 'unknownAuthority'],
  ['CERT_UNTRUSTED', 'unknownAuthority'],
  ['CERT_HAS_EXPIRED', 'expired'],
  ['CERT_NOT_YET_VALID', 'notYetValid'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'wrongHost'],
  ['HOSTNAME_MISMATCH', 'wrongHost'],
  // OpenSSL's errors without a reason of their own; with a server that speaks no TLS it is "wrong version number".
  ['EPROTO', 'protocol'],
]);
