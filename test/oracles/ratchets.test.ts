// What other tools say of their own fixtures, and what our rules say of them: see README.md here.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { compareCheckov } from './checkov.ts';
import { type Comparison, readReviewed } from './comparison.ts';
import { compareKubeLinter } from './kubeLinter.ts';
import { comparePolaris } from './polaris.ts';

const oracles = process.env.KUBEHARDEN_ORACLES;
const skip = oracles === undefined ? 'not requested: KUBEHARDEN_ORACLES is not set' : false;

const tools: Readonly<Record<string, (root: string) => readonly Comparison[]>> = {
  polaris: comparePolaris,
  'kube-linter': compareKubeLinter,
  checkov: compareCheckov,
};

const idOf = ({ check, at, ours }: Omit<Comparison, 'theirs'>): string => `${check} ${at}: ours is ${ours}`;

for (const [tool, compare] of Object.entries(tools)) {
  describe(`fixtures of ${tool}`, { skip }, () => {
    const compared = oracles === undefined ? [] : compare(join(oracles, tool));
    const disagreements = compared.filter(({ ours, theirs }) => ours !== theirs).map(idOf);
    const reviewed = readReviewed(tool);
    const listed = reviewed.disagreements.flatMap(({ check, ours, at }) =>
      at.map((each) => idOf({ check, ours, at: each })),
    );

    test('our rules agree at least as often as before', (context) => {
      const agreements = compared.length - disagreements.length;
      context.diagnostic(`${agreements} of ${compared.length} agree`);
      assert.ok(agreements >= reviewed.agreements, `only ${agreements} agree, once ${reviewed.agreements} did`);
    });

    test('each disagreement has been reviewed', () => {
      assert.deepEqual(
        disagreements.filter((id) => !listed.includes(id)),
        [],
      );
    });

    test('what is listed still disagrees, and has a reason', () => {
      assert.deepEqual(
        listed.filter((id) => !disagreements.includes(id)),
        [],
      );
      assert.equal(new Set(listed).size, listed.length, 'listed twice');
      for (const { whose, reason } of reviewed.disagreements) {
        assert.match(whose, /^(?:theirs|opinion|ours)$/);
        assert.match(reason, /\w.*\.$/, 'a reason is a sentence');
      }
    });
  });
}
