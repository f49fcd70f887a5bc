import type {
  DeclarationCandidate,
  DeclarationsResult,
  FileFinding,
  FindingState,
  LiveObject,
  LiveVerdict,
} from '../../../server/src/language/protocol/index.ts';
import { type ObjectIdentity, objectId, type ShownFinding } from './shownFinding.ts';
import type { ClusterReport } from './spoken.ts';

/** How a finding of a live object stands to the files of the workspace. */
export type DeclaredState = FindingState | { readonly case: 'onlyLive' };

/** What the files of the workspace say of the findings of one report. */
export interface DeclaredFindings {
  /** By the finding's key. Empty where nothing in the workspace declares anything of the cluster. */
  readonly states: ReadonlyMap<string, { readonly state: DeclaredState; readonly candidates: Candidates }>;
  readonly regressions: readonly Regression[];
}

export type Candidates = readonly DeclarationCandidate[];

/** Something wrong in a file that its live object does not have yet. */
export interface Regression {
  readonly key: string;
  readonly object: ObjectIdentity;
  readonly finding: FileFinding;
}

/** What the language server is asked about a report, with what belongs to each object of the question. */
export interface DeclarationQuestion {
  readonly objects: readonly LiveObject[];
  readonly asked: readonly { readonly identity: ObjectIdentity; readonly keys: readonly string[] }[];
}

/** Every object that somebody may have a file of is asked about: one without findings may get some with the next apply. */
export function declarationQuestion(
  { objects }: Pick<ClusterReport, 'objects'>,
  findings: readonly ShownFinding[],
): DeclarationQuestion {
  const byObject = new Map<string, { readonly key: string; readonly verdict: LiveVerdict }[]>();
  for (const { key, object, verdict, ruleId, path } of findings) {
    if (object === undefined || verdict === undefined) continue;
    const id = objectId(object);
    const known = byObject.get(id) ?? [];
    byObject.set(id, known);
    known.push({ key, verdict: { ruleId, path, ...verdict } });
  }
  const questions = objects.map(({ identity, declaredBy }) => {
    const { group, kind, namespace, name } = identity;
    const found = byObject.get(objectId(identity)) ?? [];
    const hints = declaredBy === undefined ? {} : { hints: declaredBy };
    const object: LiveObject = {
      group,
      kind,
      namespace,
      name,
      ...hints,
      findings: found.map(({ verdict }) => verdict),
    };
    return { object, identity, keys: found.map(({ key }) => key) };
  });
  return {
    objects: questions.map(({ object }) => object),
    asked: questions.map(({ identity, keys }) => ({ identity, keys })),
  };
}

/** What the answer makes of each finding that was asked about. */
export function declaredFindings(question: DeclarationQuestion, answer: DeclarationsResult): DeclaredFindings {
  const states = new Map<string, { readonly state: DeclaredState; readonly candidates: Candidates }>();
  if (answer.objects.length === 0) return { states, regressions: [] };
  for (const { keys } of question.asked) {
    for (const key of keys) states.set(key, { state: { case: 'onlyLive' }, candidates: [] });
  }
  const regressions: Regression[] = [];
  for (const declared of answer.objects) {
    const asked = question.asked[declared.index];
    if (asked === undefined) continue;
    for (const [index, state] of declared.findings.entries()) {
      const key = asked.keys[index];
      if (key !== undefined) states.set(key, { state, candidates: declared.candidates });
    }
    for (const finding of declared.regressions) {
      const { line, character } = finding.range.start;
      const key = `${finding.uri} ${line}:${character} ${finding.ruleId} ${finding.message}`;
      regressions.push({ key, object: asked.identity, finding });
    }
  }
  return { states, regressions };
}
