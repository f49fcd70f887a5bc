import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Comparison, verdictOf } from './comparison.ts';
import { type JudgedObject, judgeFixture } from './judgedFixture.ts';

interface Expected {
  readonly file: string | null;
  readonly check: string | null;
  readonly count: number | null;
  /** `Deployment: container "app" is privileged`. */
  readonly messages: readonly string[];
}

/**
 * The names of kube-linter's objects say what is expected of them (`dont-fire`, `fire-pod`, `bad-job`), and where it names
 * its containers so, those of containers. Of other objects the messages give only the kind: where as many of the kind are
 * reported as there are, each is; else we have to report as many. What neither says is left out.
 */
export function compareKubeLinter(root: string): readonly Comparison[] {
  const all = JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')) as readonly Expected[];
  return all.flatMap((expected) => {
    const { check, file } = expected;
    if (check === null || file === null) return [];
    const objects = judgeFixture(`KL:${check}`, readFileSync(join(root, file), 'utf8'));
    if (objects === undefined) return [];
    return compareObjects(expected, objects).map((compared) => ({
      check: `KL:${check}`,
      at: `${file.replace('tests/checks/', '')} ${compared.name}`,
      theirs: verdictOf(compared.theirs),
      ours: verdictOf(compared.ours),
    }));
  });
}

interface Compared {
  readonly name: string;
  readonly theirs: boolean;
  readonly ours: boolean;
}

function compareObjects(told: Expected, objects: readonly JudgedObject[]): readonly Compared[] {
  const compared: Compared[] = [];
  const open: JudgedObject[] = [];
  for (const object of numbered(objects)) {
    const containers = object.containers.filter(({ name }) => expectedByName(name) !== undefined);
    if (containers.length > 0 && expectedByName(object.name) === undefined) {
      for (const { name, isReported } of containers) {
        compared.push({ name: `container/${name}`, theirs: expectedByName(name) === true, ours: isReported });
      }
      continue;
    }
    const theirs = object.name === told.check ? true : expectedByName(object.name);
    if (theirs === undefined) open.push(object);
    else compared.push({ name: nameOf(object), theirs, ours: object.isReported });
  }
  for (const kind of new Set(open.map((object) => object.kind))) {
    const ofKind = open.filter((object) => object.kind === kind);
    const reported = ofKind.filter(({ isReported }) => isReported).length;
    const expected = expectedOf(kind, told, ofKind.length);
    if (expected === undefined) continue;
    if (expected === 0 || expected === ofKind.length) {
      for (const object of ofKind) {
        compared.push({ name: nameOf(object), theirs: expected > 0, ours: object.isReported });
      }
    } else {
      compared.push({ name: `${expected} of ${ofKind.length} ${kind}`, theirs: true, ours: reported === expected });
    }
  }
  return compared;
}

/** How many of the objects of a kind are reported, of which the names do not say it; undefined where nobody says it. */
function expectedOf(kind: string, { check, count, messages }: Expected, objects: number): number | undefined {
  // Without messages there is just a number, of one kind of object or of objects that are named for the check.
  if (messages.length === 0) return check === 'invalid-target-ports' ? 0 : Math.min(count ?? 0, objects);
  const ofKind = messages.filter((message) => new RegExp(`^${kind}[ :]`).test(message)).length;
  const isComplete = count === null || messages.length === count;
  if (!isComplete && (ofKind === 0 || objects > 1)) return undefined;
  return Math.min(ofKind, objects);
}

/** Objects of one kind and name in a file get numbers. */
function numbered(objects: readonly JudgedObject[]): readonly JudgedObject[] {
  const seen = new Map<string, number>();
  return objects.map((object) => {
    const number = (seen.get(nameOf(object)) ?? 0) + 1;
    seen.set(nameOf(object), number);
    return number === 1 ? object : { ...object, name: `${object.name}#${number}` };
  });
}

const nameOf = ({ kind, name }: JudgedObject): string => `${kind}/${name}`;

function expectedByName(name: string): boolean | undefined {
  if (/dont-fire|should-pass|^good-/.test(name)) return false;
  return /^(?:should-)?fire|^bad-|^unsorted-/.test(name) ? true : undefined;
}
