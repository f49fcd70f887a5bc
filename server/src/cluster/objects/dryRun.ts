import type { RawObject } from '../../kubernetes/index.ts';
import { asArray, asObject } from '../../kubernetes/index.ts';
import { sentence, type Words } from '../../sentences/index.ts';
import type { ClusterAnswer, Refused } from '../connection/clusterAnswer.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';
import { shownText } from '../connection/secret.ts';
import { troubleSentence } from '../connection/troubleSentence.ts';
import { identityOf } from '../judging/identityOf.ts';
import type { DryRunParams, DryRunResult, DryRunVerdict } from '../protocol/index.ts';
import { objectPath } from './objectPath.ts';
import { secretsIn } from './secretsIn.ts';
import { undeclaredFields } from './undeclaredFields.ts';

type Path = readonly (string | number)[];

/**
 * Asks the cluster whether it would take objects: a server-side apply that is not stored (`dryRun=All`), so that an object
 * may exist or not, with unknown fields refused. Admission runs as it would; webhooks with side effects refuse.
 */
export async function dryRun(
  client: ClusterClient,
  objects: DryRunParams['objects'],
  signal?: AbortSignal,
): Promise<DryRunResult> {
  const verdicts: DryRunVerdict[] = [];
  for (const { documentIndex, object } of objects) {
    const raw = asObject(object);
    const identity = identityOf(raw);
    const found = await objectPath(client, identity, signal);
    if (found.kind === 'unknown') return { kind: 'trouble', message: found.message };
    if (found.kind === 'notServed') {
      const causes = [{ path: ['apiVersion'], message: found.message }];
      verdicts.push({ documentIndex, object: identity, outcome: 'denied', causes, warnings: [] });
      continue;
    }
    const answer = await client.request({
      method: 'PATCH',
      path: `${found.path}?dryRun=All&fieldManager=kubeharden&force=true&fieldValidation=Strict`,
      contentType: 'application/apply-patch+yaml',
      body: raw,
      ...(signal === undefined ? {} : { signal }),
    });
    if (answer.outcome !== 'answered' && answer.outcome !== 'refused') {
      return { kind: 'trouble', message: troubleSentence(answer) };
    }
    verdicts.push({ documentIndex, object: identity, ...withoutSecrets(verdictOf(answer, raw), raw) });
  }
  return { kind: 'verdicts', verdicts };
}

function verdictOf(
  answer: Extract<ClusterAnswer, { outcome: 'answered' | 'refused' }>,
  object: RawObject,
): Pick<DryRunVerdict, 'outcome' | 'causes' | 'warnings'> {
  const { warnings } = answer;
  if (answer.outcome === 'answered') return { outcome: 'admitted', causes: [], warnings };
  // RBAC forbids the question itself; that says nothing of the object.
  const isForbidden = answer.reason === 'unauthorized' || /\bcannot \w+ resource\b/.test(answer.message);
  return { outcome: isForbidden ? 'notAsked' : 'denied', causes: causesOf(answer, object), warnings };
}

type Verdict = ReturnType<typeof verdictOf>;

/** Whoever refuses a Secret may quote it: webhooks do. */
function withoutSecrets({ outcome, causes, warnings }: Verdict, object: RawObject): Verdict {
  const secrets = secretsIn(object);
  const shown = (words: Words) => (typeof words === 'string' ? shownText(words, secrets) : words);
  return {
    outcome,
    causes: causes.map(({ path, message }) => ({ path, message: shown(message) })),
    warnings: warnings.map((text) => shownText(text, secrets)),
  };
}

function causesOf({ causes, message, status }: Refused, object: RawObject): DryRunVerdict['causes'] {
  const named = causes.filter(({ field }) => field !== '');
  if (named.length > 0) return named.map(({ field, message }) => ({ path: pathOfField(field), message }));
  const undeclared = undeclaredFields(message, object);
  if (undeclared.length > 0) return undeclared;
  if (message === '') return [{ path: [], message: sentence('The cluster refused it ({status}).', { status }) }];
  return [{ path: pathOfContainer(message, object), message }];
}

/** `spec.containers[0].ports[1].name`, `metadata.labels[app.kubernetes.io/name]` (k8s.io/apimachinery, field.Path). */
export function pathOfField(field: string): Path {
  return [...field.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)].map(([, name, index = '']) => {
    if (name !== undefined) return name;
    return /^\d+$/.test(index) ? Number(index) : index;
  });
}

/** Pod Security and many webhooks name the container and no field: `(container "web" must set ...)`. */
function pathOfContainer(message: string, object: RawObject): Path {
  const name = /containers? "([^"]+)"/.exec(message)?.[1];
  if (name === undefined) return [];
  for (const base of [['spec'], ['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec']]) {
    let podSpec: RawObject = object;
    for (const key of base) podSpec = asObject(podSpec[key]);
    for (const list of ['containers', 'initContainers']) {
      const index = asArray(podSpec[list]).findIndex((container) => asObject(container).name === name);
      if (index >= 0) return [...base, list, index];
    }
  }
  return [];
}
