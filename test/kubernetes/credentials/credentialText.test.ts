import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasCredentialShape, isCredentialName, isHarmlessText } from '../../../server/src/kubernetes/index.ts';

test('names that hold a credential', () => {
  const names = [
    'PASSWORD',
    'DB_PASSWD',
    'db-password',
    'dbPassword',
    'PGPASSWORD',
    'SECRET_BLAH',
    'TOKEN_GITHUB',
    'API_KEY',
    'apiKey',
    'AUTH_TOKEN',
    'clientSecret',
  ];
  for (const name of names) assert.ok(isCredentialName(name), name);
});

test('names that speak about one, or of something else', () => {
  const names = [
    'PASSWORD_FILE',
    'AWS_ACCESS_KEY_ID',
    'TOKEN_EXPIRY',
    'SECRET_NAME',
    'TOKEN_TTL',
    'COMPASS',
    'PASSTHROUGH',
    'KEYBOARD',
    'TOKENIZER',
    'KEY',
    'secretary',
  ];
  for (const name of names) assert.ok(!isCredentialName(name), name);
});

test('values that prove themselves', () => {
  const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0In0', 'c2lnbmF0dXJl'].join('.');
  const values = [
    jwt,
    'amqp://guest:guest@rabbit:5672/',
    'a=b;AccountKey=abc=;c=d',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
  ];
  for (const value of values) assert.ok(hasCredentialShape(value), value);
});

test('values that do not', () => {
  const values = [
    'postgres://db:5432/shop',
    'postgres://app:$(PASSWORD)@db/shop',
    'postgres://app:<password>@db/shop',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell variable.
    'Server=db;Password=${PASSWORD};',
    'https://example.com/a:b@c',
    'me@example.com',
  ];
  for (const value of values) assert.ok(!hasCredentialShape(value), value);
});

test('values that are no credential whatever the name', () => {
  for (const value of [
    '',
    'yes',
    '42',
    '$(X)',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell variable.
    '${X}',
    '$X',
    '<token>',
    'INSERT_TOKEN',
    'xxxx',
    '/run/t',
    './t',
    'https://a/b',
  ]) {
    assert.ok(isHarmlessText(value), value);
  }
  for (const value of ['hunter2', 'changeme', 'S3CRET', '$ecret', 'truely']) assert.ok(!isHarmlessText(value), value);
});
