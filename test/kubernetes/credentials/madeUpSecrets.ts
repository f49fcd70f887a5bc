import { createHash } from 'node:crypto';
import type { Pair } from './benignPairs.ts';

// Every secret is put together here from a prefix and characters drawn from a seed: none stands in this file, and none is real.

const small = 'abcdefghijklmnopqrstuvwxyz';
const capital = small.toUpperCase();
const digits = '0123456789';
const letters = small + capital;
const alphanumeric = letters + digits;

/** The same characters for the same seed. */
function drawn(seed: string, count: number, alphabet: string = alphanumeric): string {
  let text = '';
  for (let block = 0; text.length < count; block++) {
    for (const byte of createHash('sha256').update(`${seed} ${block}`).digest())
      text += alphabet[byte % alphabet.length];
  }
  return text.slice(0, count);
}

/** One secret of each kind for one seed. */
function secretsOf(seed: string): readonly Pair[] {
  const draw = (count: number, alphabet?: string): string => drawn(seed, count, alphabet);
  const hex = (count: number): string => draw(count, `${digits}abcdef`);
  const jwtPart = (text: string): string => Buffer.from(text).toString('base64url');
  return [
    // Told by their form, under names that say nothing.
    ['CLOUD', `AKIA${draw(16, capital + digits)}`],
    ['MAPS', `AIza${draw(35)}`],
    ['REPO', `ghp_${draw(36)}`],
    ['DEPLOY', `glpat-${draw(20)}`],
    ['CHAT', `xoxb-${draw(12, digits)}-${draw(24)}`],
    ['PAYMENT', `sk_live_${draw(24)}`],
    ['MAIL', `SG.${draw(22)}.${draw(43)}`],
    ['REGISTRY', `npm_${draw(36)}`],
    ['MODEL', `sk-proj-${draw(48)}`],
    ['OBSERVE', `glsa_${draw(32)}_${hex(8)}`],
    ['STORE', `hvs.${draw(90)}`],
    ['BOT', `${draw(10, digits.slice(1))}:AA${draw(33)}`],
    ['SESSION', `${jwtPart('{"alg":"HS256"}')}.${jwtPart(`{"sub":"${seed}"}`)}.${draw(43)}`],
    ['UPSTREAM', `postgres://shop:${draw(12)}@db.shop.svc/shop`],
    ['STORAGE', `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${draw(86)}==`],
    ['SIGNER', ['-----BEGIN', 'EC', 'PRIVATE', `KEY-----\n${draw(64)}\n`].join(' ')],
    // Told by their names.
    ['DB_PASSWORD', draw(12)],
    ['PGPASSWORD', `${draw(5, small)}-${draw(5, small)}-${draw(5, small)}`],
    ['clientSecret', draw(40)],
    ['API_KEY', hex(32)],
    ['AWS_SECRET_ACCESS_KEY', draw(40)],
    ['adminPassword', `${draw(6, small)}${draw(3, digits)}!`],
    ['LDAP_BIND_PASSWD', `$${draw(9)}`],
    ['spring.datasource.password', draw(16)],
    ['CONSUL_HTTP_TOKEN', `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`],
    ['AUTH_TOKEN', draw(24)],
    ['key-passphrase', `${draw(6, small)} ${draw(4, small)} ${draw(7, small)}`],
    ['OAUTH_CLIENT_CREDENTIALS', draw(28)],
    // Told by a name that leaves it open and a value that looks random.
    ['SIGNING_KEY', draw(44)],
    ['ENCRYPTION_KEY', hex(64)],
    ['SESSION_COOKIE_SALT', draw(32)],
    ['JWT_KEY', draw(48)],
    ['MASTER_KEY', hex(32)],
    ['BASIC_AUTH', `shop:${draw(20)}`],
    ['GH_PAT', draw(40)],
    ['WEBHOOK_HMAC', hex(40)],
    // Told by nothing but a sense of language: the shares that a recogniser of text misses.
    ['MYSQL_ROOT_PW', `${draw(5, small)}${draw(2, digits)}`],
    ['LOGIN', draw(10, small)],
    ['TWILIO_AUTH_TOKEN', hex(32)],
    ['RAILS_SECRET_KEY_BASE', hex(128)],
  ];
}

/** Two hundred in all. */
export const madeUpSecrets: readonly Pair[] = ['ada', 'grace', 'edsger', 'barbara', 'alan'].flatMap(secretsOf);
