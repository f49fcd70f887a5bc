// What other tools check is checked here, or it is written down why not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Rule, rules } from '../../server/src/rules/index.ts';
import { fixturesRoot } from '../support/fixtures.ts';
import { refusedPeers, refusedRules } from './refusals.ts';

function lines(name: string): readonly string[] {
  const text = readFileSync(join(fixturesRoot, name), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

const byId = new Map(rules.map((rule) => [rule.id as string, rule]));

/** Chapters of which every planned rule is written. */
const whole = ['pod', 'secrets', 'image', 'supply-chain', 'reliability'];

test('every rule that is planned for a chapter that is whole is written, or refused with a reason', () => {
  const planned = lines('catalogue.txt').map((line) => line.split(' ', 1)[0] ?? '');
  const missing = planned.filter((id) => whole.includes(id.split('/', 1)[0] ?? '') && !byId.has(id));
  assert.deepEqual(
    missing,
    refusedRules.map(({ rule }) => rule),
  );
});

test('every check of another tool that a rule is planned for is named by it, or refused with a reason', () => {
  const missing = lines('peers.txt').filter((line) => {
    const [id = ''] = line.split(' ', 1);
    const rule = byId.get(id);
    return rule !== undefined && !namesPeer(rule, line.slice(id.length + 1));
  });
  assert.deepEqual(
    missing,
    refusedPeers.map(({ rule, check }) => `${rule} ${check}`),
  );
});

function namesPeer({ references: { pss = [], cis = [], nsa = false, peers = [] } }: Rule, check: string): boolean {
  if (check === 'NSA') return nsa;
  if (check.startsWith('CIS ')) return cis.includes(check.slice('CIS '.length));
  if (check.startsWith('PSS:')) return pss.some((reference) => `PSS:${reference.check}` === check);
  return peers.includes(check);
}

test('each reason is a sentence', () => {
  for (const { reason } of [...refusedRules, ...refusedPeers]) assert.match(reason, /\w.*\.$/);
});
