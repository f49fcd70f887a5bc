import { type FixOperation, type FixValue, RandomBytes, type RepeatedKey, repeatedKeys } from '../../manifest/index.ts';
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

function fixesOf(repeated: RepeatedKey): readonly Fix[] {
  const { key, node, occurrences, areEqual } = repeated;
  const last = occurrences.length - 1;
  const keep = (occurrence: number) => ({ op: 'keepOne', node, occurrence }) as const;
  if (areEqual) {
    return [{ fixClass: 'safe', title: `Remove the repeated ${key}`, operations: [keep(last)], isPreferred: true }];
  }
  const pairOf = (occurrence: number): string => {
    const value = occurrences[occurrence]?.value;
    return value === undefined || typeof value === 'object' ? key : `${key}: ${value}`;
  };
  const additions = additionsToLast(repeated);
  const merged: Fix[] =
    additions === undefined
      ? []
      : [{ fixClass: 'input', title: `Merge all of ${key} into one`, operations: [keep(last), ...additions] }];
  // Which one was meant only the author knows.
  return [
    ...merged,
    { fixClass: 'input', title: `Keep the last, ${pairOf(last)}, which counts today`, operations: [keep(last)] },
    { fixClass: 'input', title: `Keep the first, ${pairOf(0)}`, operations: [keep(0)] },
  ];
}

/** What the other values have beside the last; undefined unless all are maps without a key in common, or all lists. */
function additionsToLast({ node, occurrences }: RepeatedKey): readonly FixOperation[] | undefined {
  const values = occurrences.map(({ value }) => value);
  const earlier = values.slice(0, -1);
  if (values.every(isList)) {
    return earlier
      .filter(isList)
      .flat()
      .map((value) => ({ op: 'insert', list: node, index: 0, value }));
  }
  if (!values.every(isMap)) return undefined;
  const keys = values.filter(isMap).flatMap(Object.keys);
  if (new Set(keys).size < keys.length) return undefined;
  return earlier
    .filter(isMap)
    .flatMap((map) => Object.entries(map))
    .map(([key, value]) => ({ op: 'set', node: node.get(key), value }));
}

function isList(value: FixValue | undefined): value is readonly FixValue[] {
  return Array.isArray(value);
}

function isMap(value: FixValue | undefined): value is { readonly [key: string]: FixValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RandomBytes);
}
