import type { ManifestNode, ManifestPath } from '../../manifest/index.ts';
import type { ResourceSubjects } from '../judging/judgeDocument.ts';
import type { JudgedFinding } from '../judging/judgedFinding.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import { ignoreAnnotationKey, readIgnoreAnnotation, ruleOfAnnotationKey } from './ignoreAnnotation.ts';
import { peerAnnotationRules } from './peerAnnotations.ts';
import type { Suppression } from './suppression.ts';
import { suppressionProblem } from './suppressionProblem.ts';

interface Reading {
  readonly suppressions: Suppression[];
  readonly problems: JudgedFinding[];
}

/** Reads annotations, ours and the peers': on a resource for all of it, in the metadata of a pod template for the pod. */
export function annotationSuppressions(
  subjects: readonly ResourceSubjects[],
  catalog: RuleCatalog,
  today: string,
): Reading {
  const reading: Reading = { suppressions: [], problems: [] };
  for (const { resource, podSpecs } of subjects) {
    readAnnotations(resource.metadata, resource.node.path, false, catalog, today, reading);
    for (const podSpec of podSpecs) {
      // The metadata of a bare Pod is that of the resource.
      if (podSpec.metadata.path.length === resource.metadata.path.length) continue;
      const template = podSpec.metadata.path.slice(0, -1);
      readAnnotations(podSpec.metadata, template, true, catalog, today, reading);
    }
  }
  return reading;
}

function readAnnotations(
  metadata: ManifestNode,
  path: ManifestPath,
  isInPodTemplate: boolean,
  catalog: RuleCatalog,
  today: string,
  into: Reading,
): void {
  for (const { key, value } of metadata.get('annotations').entries()) {
    const rule = ruleOfAnnotationKey(key);
    if (rule !== undefined) readOwn(rule, value, path, isInPodTemplate, catalog, today, into);
    else readPeer(key, value, path, catalog, into);
  }
}

function readOwn(
  ruleId: string,
  value: ManifestNode,
  path: ManifestPath,
  isInPodTemplate: boolean,
  catalog: RuleCatalog,
  today: string,
  into: Reading,
): void {
  const place = value.keyPlace;
  const invalid = 'kubeharden/invalid-suppression';
  // An annotation goes into the cluster with its object, where checks are asked too.
  if (!catalog.settable.has(ruleId)) {
    const guess = catalog.guessSettable(ruleId);
    into.problems.push(
      guess === undefined
        ? suppressionProblem(invalid, place, 'unknownRule', { rule: ruleId })
        : suppressionProblem(invalid, place, 'unknownRuleGuess', { rule: ruleId, guess }, () => [
            {
              fixClass: 'review',
              title: `Change to ${guess}`,
              operations: [{ op: 'rename', node: value, key: ignoreAnnotationKey(guess) }],
              isPreferred: true,
            },
          ]),
    );
    return;
  }
  if (value.isUnknown) return;
  const read = readIgnoreAnnotation(value.string ?? '', today);
  switch (read.kind) {
    case 'noReason':
      into.problems.push(suppressionProblem(invalid, place, 'annotationNoReason'));
      return;
    case 'invalidDate':
      into.problems.push(suppressionProblem(invalid, value.place, 'invalidDate', { date: read.until }));
      return;
    case 'expired':
      into.problems.push(
        suppressionProblem('kubeharden/expired-suppression', place, 'expired', { until: read.until }, () => [
          {
            fixClass: 'review',
            title: 'Remove the expired annotation',
            operations: [{ op: 'remove', node: value }],
            isPreferred: true,
          },
        ]),
      );
      return;
    case 'holds': {
      const { reason } = read;
      const origin = { kind: 'annotation', node: value, isInPodTemplate } as const;
      into.suppressions.push({ scope: { kind: 'path', path }, rules: [{ ruleId, place }], reason, origin });
    }
  }
}

function readPeer(key: string, value: ManifestNode, path: ManifestPath, catalog: RuleCatalog, into: Reading): void {
  const peer = peerAnnotationRules(key, String(value.scalar ?? ''), catalog);
  if (peer === undefined || peer.ruleIds.length === 0) return;
  const rules = peer.ruleIds.map((ruleId) => ({ ruleId, place: value.keyPlace }));
  into.suppressions.push({ scope: { kind: 'path', path }, rules, reason: peer.reason, origin: undefined });
}
