// X.509 certificates made on the spot (RFC 5280), so that no test depends on a binary, and no key lies in the repository.

import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

export interface TestCertificate {
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
  readonly name: string;
  readonly privateKey: KeyObject;
}

export interface CertificateRequest {
  readonly commonName: string;
  readonly organization?: string;
  /** Signs itself when absent. */
  readonly issuer?: TestCertificate;
  readonly isAuthority?: boolean;
  /** DNS names and IPv4 addresses it is made out to. */
  readonly hosts?: readonly string[];
  /** From a day ago when absent. */
  readonly notBefore?: Date;
  /** Until tomorrow when absent. */
  readonly notAfter?: Date;
}

const day = 24 * 60 * 60 * 1000;

export function makeCertificate(request: CertificateRequest): TestCertificate {
  const { commonName, organization, issuer, isAuthority = false, hosts = [] } = request;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = name(commonName, organization);
  const extensions = [
    ...(isAuthority ? [extension('2.5.29.19', true, sequence(boolean(true)))] : []),
    ...(hosts.length > 0 ? [extension('2.5.29.17', false, sequence(...hosts.map(alternativeName)))] : []),
  ];
  const body = sequence(
    tagged(0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ecdsaWithSha256,
    issuer === undefined ? subject : Buffer.from(issuer.name, 'base64'),
    sequence(
      time(request.notBefore ?? new Date(Date.now() - day)),
      time(request.notAfter ?? new Date(Date.now() + day)),
    ),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [tagged(3, sequence(...extensions))] : []),
  );
  const signature = sign('sha256', body, issuer?.privateKey ?? privateKey);
  const whole = sequence(body, ecdsaWithSha256, element(0x03, Buffer.of(0), signature));
  return {
    certificate: pem('CERTIFICATE', whole),
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    name: subject.toString('base64'),
    privateKey,
  };
}

function name(commonName: string, organization: string | undefined): Buffer {
  const part = (oid: string, text: string) => element(0x31, sequence(objectId(oid), element(0x0c, Buffer.from(text))));
  return sequence(...(organization === undefined ? [] : [part('2.5.4.10', organization)]), part('2.5.4.3', commonName));
}

function alternativeName(host: string): Buffer {
  return isIP(host) === 4
    ? element(0x87, Buffer.from(host.split('.').map(Number)))
    : element(0x82, Buffer.from(host, 'ascii'));
}

function extension(oid: string, isCritical: boolean, value: Buffer): Buffer {
  return sequence(objectId(oid), ...(isCritical ? [boolean(true)] : []), element(0x04, value));
}

// DER, ITU-T X.690.
function element(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const size: number[] = [];
  for (let rest = content.length; rest > 0; rest >>= 8) size.unshift(rest & 255);
  const length = content.length < 128 ? [content.length] : [0x80 | size.length, ...size];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...items: readonly Buffer[]) => element(0x30, ...items);
const integer = (bytes: Buffer) => element(0x02, bytes);
const boolean = (value: boolean) => element(0x01, Buffer.of(value ? 255 : 0));
const tagged = (number: number, content: Buffer) => element(0xa0 | number, content);
const time = (date: Date) =>
  element(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`, 'ascii'));

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of others) {
    const groups = [arc & 127];
    for (let rest = arc >> 7; rest > 0; rest >>= 7) groups.unshift((rest & 127) | 128);
    bytes.push(...groups);
  }
  return element(0x06, Buffer.from(bytes));
}

const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
