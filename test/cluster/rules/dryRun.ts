import { type ApiAnswer, messageOf } from '../apiServer/apiClient.ts';
import type { Cluster } from '../apiServer/cluster.ts';
import { discoverResources, type KubernetesObject, type Resources } from '../apiServer/resources.ts';
import { surroundingsOn, withName } from './surroundings.ts';

/** What the server would do with an object, without doing it. */
export type Verdict =
  | {
      readonly kind: 'accepted';
      /** As it would be stored, with defaults. */
      readonly stored: Readonly<Record<string, unknown>>;
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'refused'; readonly message: string }
  /** A kind that the server does not serve. */
  | { readonly kind: 'unknown' };

/** Asks a server what it would do with objects: creates them with dryRun=All, unknown and doubled fields refused. */
export interface DryRun {
  readonly resources: Resources;
  judge(object: KubernetesObject): Promise<Verdict>;
}

/** What the objects need around them is created. */
export async function dryRunOn(cluster: Cluster): Promise<DryRun> {
  const resources = await discoverResources(cluster.admin);
  const prepare = surroundingsOn(cluster, resources);
  const options = '?dryRun=All&fieldValidation=Strict';
  return {
    resources,
    async judge(object) {
      if (!resources.isKnown(object)) return { kind: 'unknown' };
      await prepare(object);
      const named = withName(object);
      const collection = resources.collection(named);
      const answer = await cluster.admin.send('POST', `${collection}${options}`, named);
      // Namespaces such as kube-system and roles such as cluster-admin are there from the start.
      return answer.status === 409
        ? verdictOf(await cluster.admin.send('PUT', `${collection}/${named.metadata.name}${options}`, named))
        : verdictOf(answer);
    },
  };
}

function verdictOf(answer: ApiAnswer): Verdict {
  if (answer.status === 200 || answer.status === 201) {
    return { kind: 'accepted', stored: answer.body as Readonly<Record<string, unknown>>, warnings: answer.warnings };
  }
  return { kind: 'refused', message: messageOf(answer) };
}
