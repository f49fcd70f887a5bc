import { type RepeatedKey, repeatedKeys } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/duplicate-mapping-key',
  summary: 'Same key twice in one map',
  severity: 'error',
  profile: 'guide',
  why:
    '`kubectl`, Helm and client libraries keep the last of two equal keys without a word: `privileged: false` followed by ' +
    '`privileged: true` runs privileged, and a second `env` list replaces the first. Kustomize and strict parsers refuse the file.',
  whenNot: 'There is no reason to keep it: one of the two is never read.',
  references: { urls: ['https://yaml.org/spec/1.2.2/#3213-node-comparison'] },
  fixClass: 'input',
  overrides: ['network/policy-unknown-key'],
  messages: {
    different:
      '{key} is already in this map with another value, so strict parsers refuse the file and all others silently keep only this last one.',
    equal: '{key} is already in this map with the same value, so strict parsers refuse the file.',
  },
  subject: 'resource',
  judge(resource, report) {
    for (const repeated of repeatedKeys(resource.node)) {
      const { key, occurrences, areEqual } = repeated;
      const last = occurrences.at(-1);
      if (last === undefined) continue;
      report({
        at: last.keyPlace,
        message: areEqual ? 'equal' : 'different',
        args: { key },
        fixes: () => fixesOf(repeated),
        related: occurrences.slice(0, -1).map(({ keyPlace }) => ({ at: keyPlace, message: 'The same key before.' })),
      });
    }
  },
});

function fixesOf({ key, node, occurrences, areEqual }: RepeatedKey): readonly Fix[] {
  const last = occurrences.length - 1;
  const keep = (occurrence: number) => [{ op: 'keepOne', node, occurrence }] as const;
  if (areEqual) {
    return [{ fixClass: 'safe', title: `Remove the repeated ${key}`, operations: keep(last), isPreferred: true }];
  }
  const pairOf = (occurrence: number): string => {
    const scalar = occurrences[occurrence]?.scalar;
    return scalar === undefined ? key : `${key}: ${scalar}`;
  };
  // Which one was meant only the author knows.
  return [
    { fixClass: 'input', title: `Keep the last, ${pairOf(last)}, which counts today`, operations: keep(last) },
    { fixClass: 'input', title: `Keep the first, ${pairOf(0)}`, operations: keep(0) },
  ];
}
