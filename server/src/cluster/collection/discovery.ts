import type { Seen } from '../../kubernetes/index.ts';
import { asArray, asObject, asString } from '../../kubernetes/index.ts';
import { phrase } from '../../sentences/index.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';
import { unseen } from './unseen.ts';

/** A kind as this cluster serves it, in the version that it prefers. */
export interface ServedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Plural. */
  readonly resource: string;
  readonly isNamespaced: boolean;
}

export interface Discovery {
  /** All groups, `''` among them. */
  readonly groups: ReadonlySet<string>;
  find(group: string, kind: string): ServedKind | undefined;
  /** All kinds of a group. */
  kindsOf(group: string): readonly ServedKind[];
}

/**
 * All kinds in two requests, aggregated (KEP-3352, on by default since 1.27). An older server answers the list of its
 * groups instead; then the groups that are asked for are read one by one.
 *
 * @param wanted groups whose kinds are needed
 */
export async function discover(
  client: ClusterClient,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Seen<Discovery>> {
  const accept =
    'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';
  const [core, named] = await Promise.all([
    client.request({ path: '/api', accept, signal }),
    client.request({ path: '/apis', accept, signal }),
  ]);
  if (named.outcome !== 'answered') return unseen(named, phrase('the list of APIs'));
  if (core.outcome !== 'answered') return unseen(core, phrase('the list of APIs'));
  if (asString(asObject(named.body).kind) === 'APIGroupDiscoveryList') {
    return { kind: 'seen', value: fromAggregated([core.body, named.body]) };
  }
  return oneByOne(client, wanted, named.body, signal);
}

function fromAggregated(bodies: readonly unknown[]): Discovery {
  const groups = new Set<string>();
  const kinds = new Map<string, ServedKind>();
  for (const item of bodies.flatMap((body) => asArray(asObject(body).items).map(asObject))) {
    const group = asString(asObject(item.metadata).name) ?? '';
    groups.add(group);
    for (const ofVersion of asArray(item.versions).map(asObject)) {
      const version = asString(ofVersion.version) ?? '';
      for (const resource of asArray(ofVersion.resources).map(asObject)) {
        const kind = asString(asObject(resource.responseKind).kind);
        const plural = asString(resource.resource);
        if (kind === undefined || plural === undefined) continue;
        const isNamespaced = resource.scope === 'Namespaced';
        keepFirst(kinds, { group, version, kind, resource: plural, isNamespaced });
      }
    }
  }
  return discovery(groups, kinds);
}

async function oneByOne(
  client: ClusterClient,
  wanted: ReadonlySet<string>,
  groupList: unknown,
  signal: AbortSignal,
): Promise<Seen<Discovery>> {
  const groups = new Set(['']);
  const versions: { group: string; version: string; path: string }[] = [{ group: '', version: 'v1', path: '/api/v1' }];
  for (const item of asArray(asObject(groupList).groups).map(asObject)) {
    const group = asString(item.name) ?? '';
    groups.add(group);
    if (!wanted.has(group)) continue;
    const preferred = asString(asObject(item.preferredVersion).version);
    const served = asArray(item.versions).flatMap((version) => asString(asObject(version).version) ?? []);
    for (const version of [...(preferred === undefined ? [] : [preferred]), ...served]) {
      versions.push({ group, version, path: `/apis/${group}/${version}` });
    }
  }
  const kinds = new Map<string, ServedKind>();
  for (const { group, version, path } of versions) {
    const answer = await client.request({ path, signal });
    if (answer.outcome === 'cancelled') return unseen(answer, phrase('the list of APIs'));
    // A group whose server is down does not keep the others from being read.
    if (answer.outcome !== 'answered') continue;
    for (const resource of asArray(asObject(answer.body).resources).map(asObject)) {
      const kind = asString(resource.kind);
      const name = asString(resource.name);
      if (kind === undefined || name === undefined || name.includes('/')) continue;
      keepFirst(kinds, { group, version, kind, resource: name, isNamespaced: resource.namespaced === true });
    }
  }
  return { kind: 'seen', value: discovery(groups, kinds) };
}

/** Versions come in the server's order of preference. */
function keepFirst(kinds: Map<string, ServedKind>, served: ServedKind): void {
  const key = `${served.group}/${served.kind}`;
  if (!kinds.has(key)) kinds.set(key, served);
}

function discovery(groups: ReadonlySet<string>, kinds: ReadonlyMap<string, ServedKind>): Discovery {
  return {
    groups,
    find: (group, kind) => kinds.get(`${group}/${kind}`),
    kindsOf: (group) => [...kinds.values()].filter((served) => served.group === group),
  };
}
