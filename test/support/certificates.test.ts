import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { certificateAuthority } from './certificates.ts';

const authority = certificateAuthority('an authority');

test('an issued certificate names its user and groups, and its authority vouches for it', () => {
  const issued = authority.issue({ commonName: 'jane', organizations: ['system:masters', 'dev'] });
  const certificate = new X509Certificate(issued.certificate);
  const issuer = new X509Certificate(authority.certificate);
  assert.equal(certificate.subject, 'O=system:masters\nO=dev\nCN=jane');
  assert.ok(certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey));
  assert.ok(issuer.ca && !certificate.ca);
  const stranger = new X509Certificate(certificateAuthority('an authority').certificate);
  assert.ok(!certificate.verify(stranger.publicKey));
});

test('it stands for the hosts and the time that were asked for', () => {
  const dates = { validFrom: new Date('2020-02-03T04:05:06Z'), validTo: new Date('2051-01-01T00:00:00Z') };
  const issued = authority.issue({ commonName: 'server', hosts: ['localhost', '127.0.0.1'], ...dates });
  const certificate = new X509Certificate(issued.certificate);
  assert.equal(certificate.checkHost('localhost'), 'localhost');
  assert.equal(certificate.checkIP('127.0.0.1'), '127.0.0.1');
  assert.equal(certificate.checkHost('example.com'), undefined);
  assert.deepEqual([certificate.validFromDate, certificate.validToDate], [dates.validFrom, dates.validTo]);
});
