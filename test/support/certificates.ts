// X.509 certificates for tests, written in DER by hand: Node signs, but it does not encode them.

import { createPublicKey, generateKeyPairSync, randomInt, sign } from 'node:crypto';
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from './der.ts';

/** A certificate with its private key, both as PEM. */
export interface IssuedCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateRequest {
  readonly commonName: string;
  /** Kubernetes takes these for the groups of a user. */
  readonly organizations?: readonly string[];
  /** DNS names and IPv4 addresses that a server answers to. */
  readonly hosts?: readonly string[];
  /** Default: from a day ago for ten years. */
  readonly validFrom?: Date;
  readonly validTo?: Date;
}

export interface CertificateAuthority {
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
  /** A certificate for TLS servers and clients alike. */
  issue(request: CertificateRequest): IssuedCertificate;
}

/** Makes a new authority, or with `known` one from its certificate and key. */
export function certificateAuthority(name: string, known?: IssuedCertificate): CertificateAuthority {
  const { certificate, key } = known ?? issue({ commonName: name }, authorityExtensions);
  return {
    certificate,
    key,
    issue: (request) => issue(request, leafExtensions(request.hosts ?? []), { name, key }),
  };
}

/** A certificate that nobody vouches for but itself. */
export function selfSignedCertificate(request: CertificateRequest): IssuedCertificate {
  return issue(request, leafExtensions(request.hosts ?? []));
}

/** A key pair on P-256 as PEM, such as a ServiceAccount issuer signs with. */
export function keyPair(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));

const day = 24 * 60 * 60 * 1000;

/** @param issuer itself when absent */
function issue(
  request: CertificateRequest,
  extensions: readonly Buffer[],
  issuer?: { readonly name: string; readonly key: string },
): IssuedCertificate {
  const { privateKey, publicKey } = keyPair();
  const now = Date.now();
  const { validFrom = new Date(now - day), validTo = new Date(now + 3650 * day) } = request;
  const issuerName = issuer === undefined ? distinguishedName(request) : distinguishedName({ commonName: issuer.name });
  const unsigned = sequence(
    explicit(0, integer(2)), // version 3
    integer(randomInt(1, 2 ** 48 - 1)),
    ecdsaWithSha256,
    issuerName,
    sequence(time(validFrom), time(validTo)),
    distinguishedName(request),
    createPublicKey(publicKey).export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions)),
  );
  const signature = sign('sha256', unsigned, issuer?.key ?? privateKey);
  const der = sequence(unsigned, ecdsaWithSha256, bitString(signature));
  return { certificate: pem(der), key: privateKey };
}

function distinguishedName({ commonName, organizations = [] }: CertificateRequest): Buffer {
  const attribute = (type: string, value: string) => set(sequence(objectIdentifier(type), utf8String(value)));
  return sequence(...organizations.map((name) => attribute('2.5.4.10', name)), attribute('2.5.4.3', commonName));
}

/** RFC 5280, 4.2.1.9 and 4.2.1.3: an authority that signs certificates. */
const authorityExtensions = [
  extension('2.5.29.19', sequence(boolean(true)), true),
  extension('2.5.29.15', bitString(Buffer.from([0b00000110]), 1), true),
];

/** RFC 5280, 4.2.1.12 and 4.2.1.6: server and client authentication, and the names. */
function leafExtensions(hosts: readonly string[]): readonly Buffer[] {
  const uses = sequence(objectIdentifier('1.3.6.1.5.5.7.3.1'), objectIdentifier('1.3.6.1.5.5.7.3.2'));
  const names = hosts.map((host) =>
    /^\d+(\.\d+){3}$/.test(host)
      ? implicit(7, Buffer.from(host.split('.').map(Number)))
      : implicit(2, Buffer.from(host, 'ascii')),
  );
  return [
    extension('2.5.29.37', uses, false),
    ...(names.length > 0 ? [extension('2.5.29.17', sequence(...names), false)] : []),
  ];
}

function extension(id: string, value: Buffer, isCritical: boolean): Buffer {
  return sequence(objectIdentifier(id), ...(isCritical ? [boolean(true)] : []), octetString(value));
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
