// Every finding in real manifests has been read, and each was right. See README.md here.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { corpusFindings, corpusFolder } from './corpusFindings.ts';
import { listedPlaces, reviewedFindings, without } from './reviewedFindings.ts';

const skip = corpusFolder === undefined ? 'not requested: KUBEHARDEN_CORPUS is not set' : false;

describe('findings in the corpus', { skip }, () => {
  const findings = corpusFolder === undefined ? [] : corpusFindings(corpusFolder);
  const reviewed = reviewedFindings();

  for (const { id, profile } of rules) {
    test(id, () => {
      const groups = reviewed.get(id) ?? [];
      const found = findings.filter((finding) => finding.ruleId === id).map(({ path, line }) => `${path}:${line}`);
      const listed = listedPlaces(groups);
      const unlisted = without(found, listed);
      const counted = groups.find(({ count }) => count !== undefined)?.count;
      if (counted === undefined) {
        assert.deepEqual(unlisted, [], 'not listed: read them (node test/corpus/printUnlisted.ts)');
      } else {
        assert.ok(profile === 'all' || profile === 'off', 'a sample is not enough for a rule that many switch on');
        assert.equal(unlisted.length, counted, 'more or fewer than were counted when the sample was read');
      }
      assert.deepEqual(without(listed, found), [], 'listed, but no longer found');
      for (const { verdict, reason } of groups) {
        assert.equal(verdict, 'right', `the rule is to be mended: ${reason}`);
        assert.match(reason, /\w.*\.$/, 'a reason is a sentence');
      }
    });
  }

  test('each list belongs to a rule', () => {
    const ids = new Set(rules.map((rule) => rule.id as string));
    assert.deepEqual(
      [...reviewed.keys()].filter((id) => !ids.has(id)),
      [],
    );
  });
});
