import type { KubeconfigFacts, PodGroup, RawObject, Seen, TlsProbe } from '../../kubernetes/index.ts';
import {
  asObject,
  asString,
  type RetiringWrite,
  retiringWrites,
  type SecretTrace,
  secretTrace,
  withoutServerDefaults,
} from '../../kubernetes/index.ts';
import { sentence } from '../../sentences/index.ts';
import type { ClusterAnswer } from '../connection/clusterAnswer.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';
import { Access } from './access.ts';
import {
  type ClusterSnapshot,
  type CollectedObjects,
  clusterSnapshot,
  groupKindOfKind,
  notServed,
  type ReadList,
  withValue,
} from './clusterSnapshot.ts';
import { type CollectedKind, collectedKinds, isReadWhole } from './collectedKinds.ts';
import { collectKind, permissionFor, type Sink } from './collectKind.ts';
import { type Discovery, discover, type ServedKind } from './discovery.ts';
import { probeAnonymously, readFlags, readMetrics, readUser, versionIn } from './endpoints.ts';
import { PodFolding } from './foldPods.ts';
import { inParallel } from './inParallel.ts';
import { controllerOf, Owners } from './owners.ts';
import { stripObject } from './stripObject.ts';

export interface ScanRequest {
  readonly client: ClusterClient;
  readonly kubeconfig: KubeconfigFacts;
  /** Only these namespaces; all that may be read when undefined. */
  readonly namespaces?: readonly string[];
  /** Whether metadata of Secrets is read; their data never is. */
  readonly readsSecretMetadata: boolean;
  readonly now: () => Date;
  /** Asked with the credentials' TLS settings; undefined where no handshake can be made. */
  readonly probeTls?: (signal: AbortSignal) => Promise<Seen<TlsProbe>>;
  readonly onProgress: (progress: ScanProgress) => void;
  readonly signal: AbortSignal;
}

export interface ScanProgress {
  /** What is being read: `deployments`. */
  readonly reading: string;
  /** Between 0 and 1. */
  readonly share: number;
  readonly objectCount: number;
}

export type ScanOutcome =
  | { readonly kind: 'scanned'; readonly snapshot: ClusterSnapshot }
  /** Nothing at all could be read. */
  | { readonly kind: 'unreachable'; readonly answer: Exclude<ClusterAnswer, { outcome: 'answered' }> }
  | { readonly kind: 'cancelled' };

/** No more lists at a time, so that the connections are shared with whoever else uses the client. */
const parallelLists = 3;
const parallelReviews = 2;

/**
 * Reads a cluster: what there is, what may be listed, page by page, one kind beside the other. It only reads, holds one
 * page of raw objects for each list at most, and gives each kind an outcome of its own.
 */
export async function collectCluster(request: ScanRequest): Promise<ScanOutcome> {
  const { client, signal } = request;
  // One request first: who cannot be reached, or has no credentials, is not asked for fifty lists.
  const first = await client.request({ path: '/version', signal });
  if (first.outcome === 'cancelled') return { kind: 'cancelled' };
  const answersAtAll = first.outcome === 'answered' || (first.outcome === 'refused' && first.reason === 'forbidden');
  if (!answersAtAll) return { kind: 'unreachable', answer: first };

  const access = new Access(client, signal);
  // The first list, of namespaces, need not wait for its answer when it knows what is served.
  void access.mayListEverywhere({ group: '', resource: 'namespaces' });
  const wanted = new Set(collectedKinds.map(({ group }) => group));
  const objects = discover(client, wanted, signal).then(async (discovery) => {
    const collection = new Collection(request, access, discovery.kind === 'seen' ? discovery.value : undefined);
    return { discovery, collection, collected: await collection.read() };
  });
  const [{ discovery, collection, collected }, user, anonymous, flags, metrics, tls] = await Promise.all([
    objects,
    readUser(client, signal),
    probeAnonymously(client, signal),
    readFlags(client, signal),
    readMetrics(client, signal),
    request.probeTls?.(signal) ?? noHandshake,
  ]);
  if (signal.aborted) return { kind: 'cancelled' };
  const pods = collected.find(({ kind }) => kind.reading === 'pods');
  return {
    kind: 'scanned',
    snapshot: clusterSnapshot({
      contextName: client.contextName,
      server: client.server,
      scannedAt: request.now().toISOString(),
      kubeconfig: request.kubeconfig,
      user,
      version: versionIn(first),
      apiGroups: discovery.kind === 'seen' ? withValue(discovery, discovery.value.groups) : discovery,
      anonymous,
      tls,
      flags,
      metrics,
      pods:
        pods?.objects.kind === 'seen'
          ? withValue(pods.objects, collection.podGroups())
          : (pods?.objects ?? notServed('Pod')),
      retiringWrites: collection.retiringWrites,
      secretTraces: collection.secretTraces,
      collected,
      lists: collection.lists,
      objectCount: collection.objectCount,
    }),
  };
}

const noHandshake: Seen<TlsProbe> = {
  kind: 'unseen',
  cause: 'notAsked',
  reason: sentence('No TLS handshake was tried.'),
};

class Collection {
  objectCount = 0;
  readonly #request: ScanRequest;
  readonly #access: Access;
  readonly #discovery: Discovery | undefined;
  readonly #owners = new Owners();
  readonly #pods = new PodFolding();
  readonly lists: ReadList[] = [];
  readonly #retiringWrites = new Map<string, RetiringWrite>();
  readonly secretTraces: SecretTrace[] = [];
  #namespaces: readonly string[] | undefined;
  #done = 0;

  constructor(request: ScanRequest, access: Access, discovery: Discovery | undefined) {
    this.#request = request;
    this.#access = access;
    this.#discovery = discovery;
    this.#namespaces = [request.client.namespace];
  }

  get retiringWrites(): readonly RetiringWrite[] {
    return [...this.#retiringWrites.values()];
  }

  /** Once all has been read. */
  podGroups(): readonly PodGroup[] {
    return this.#pods.groups(this.#owners);
  }

  async read(): Promise<readonly CollectedObjects[]> {
    const collected = new Map<CollectedKind, CollectedObjects>();
    const read = async (kind: CollectedKind) => {
      collected.set(kind, { kind, objects: await this.#readKind(kind) });
    };
    const [namespaces, others] = partition(collectedKinds, ({ kind }) => kind === 'Namespace');
    const [pods, beside] = partition(others, ({ reading }) => reading === 'pods');
    // Namespaces say where else to look.
    await inParallel(namespaces, 1, read);
    // Pods are most of what there is, so nothing else may keep them waiting.
    await Promise.all([
      this.#askAhead([...pods, ...beside]),
      inParallel(pods, 1, read),
      inParallel(beside, parallelLists - 1, read),
    ]);
    return collectedKinds.flatMap((kind) => collected.get(kind) ?? []);
  }

  /** Whether a kind may be listed is asked while others are, for over a slow line each answer takes its time. */
  #askAhead(kinds: readonly CollectedKind[]): Promise<void> {
    const { namespaces, readsSecretMetadata } = this.#request;
    const asked = kinds.filter(({ isNamespaced, namespace, isOptIn }) => {
      if (isNamespaced && (namespace !== undefined || namespaces !== undefined)) return false;
      return isOptIn !== true || readsSecretMetadata;
    });
    return inParallel(asked, parallelReviews, async (kind) => {
      await Promise.all(this.#served(kind).map((served) => this.#access.mayListEverywhere(served)));
    });
  }

  async #readKind(kind: CollectedKind): Promise<Seen<readonly RawObject[]>> {
    const { client, signal, onProgress, namespaces: onlyNamespaces, readsSecretMetadata } = this.#request;
    onProgress({ reading: kind.resource, share: this.#done / collectedKinds.length, objectCount: this.objectCount });
    this.#done++;
    if (kind.isOptIn === true && !readsSecretMetadata) {
      const reason = sentence('{resource} are read only where the settings allow it, and then without their data.', {
        resource: `${kind.kind}s`,
      });
      return { kind: 'unseen', cause: 'notAsked', reason, permission: permissionFor(kind) };
    }
    const { sink, objects } = this.#sinkOf(kind);
    const onList = (list: ReadList) => this.lists.push(list);
    const outcomes: Seen<undefined>[] = [];
    for (const served of this.#served(kind)) {
      const where = { namespaces: this.#namespaces, onlyNamespaces };
      outcomes.push(await collectKind({ client, access: this.#access, kind, served, ...where, onList, signal }, sink));
    }
    const outcome = together(outcomes, kind);
    if (outcome.kind === 'unseen') return outcome;
    if (kind.kind === 'Namespace') {
      this.#namespaces = objects.flatMap((object) => asString(asObject(object.metadata).name) ?? []);
    }
    return withValue(outcome, objects);
  }

  /** Without discovery the kinds of Kubernetes itself are tried where they have been for years. */
  #served(kind: CollectedKind): readonly ServedKind[] {
    if (this.#discovery === undefined) return kind.isAddOn === true ? [] : [{ ...kind, version: 'v1' }];
    if (kind.isEveryKind === true) return this.#discovery.kindsOf(kind.group);
    const served = this.#discovery.find(kind.group, kind.kind);
    return served === undefined ? [] : [served];
  }

  /** Takes in each object once, and of each only what is judged. */
  #sinkOf(kind: CollectedKind): { readonly sink: Sink; readonly objects: readonly RawObject[] } {
    const objects: RawObject[] = [];
    const seen = new Set<string>();
    const sink = (object: RawObject) => {
      const uid = asString(asObject(object.metadata).uid);
      if (uid !== undefined && seen.has(uid)) return;
      if (uid !== undefined) seen.add(uid);
      this.objectCount++;
      if (kind.reading === 'pods') {
        this.#pods.add(object);
        return;
      }
      if (ownerKinds.has(kind.kind)) this.#owners.add(object);
      if (kind.kind === 'Secret') this.secretTraces.push(secretTrace(object));
      if (!isReadWhole(kind)) {
        objects.push(stripObject(object));
        return;
      }
      for (const write of retiringWrites(object)) {
        const { apiVersion, manager, object: written } = write;
        this.#retiringWrites.set(`${written.kind} ${apiVersion} ${manager}`, write);
      }
      // What a Deployment or CronJob made says nothing that its own template does not say.
      if (!isMadeByWorkload(object)) objects.push(withoutServerDefaults(stripObject(object)));
    };
    return { sink, objects };
  }
}

/** Of all kinds of a group one outcome: what was read of some of them counts. */
function together(outcomes: readonly Seen<undefined>[], kind: CollectedKind): Seen<undefined> {
  const [first, ...others] = outcomes;
  if (first === undefined) return notServed(groupKindOfKind(kind));
  if (others.length === 0 && kind.isEveryKind !== true) return first;
  const seen = outcomes.filter((outcome) => outcome.kind === 'seen');
  const unseen = outcomes.find((outcome) => outcome.kind === 'unseen');
  if (unseen !== undefined && seen.length === 0) return { ...unseen, permission: permissionFor(kind) };
  const incomplete = unseen?.reason ?? seen.find((outcome) => outcome.incomplete !== undefined)?.incomplete;
  return { kind: 'seen', value: undefined, ...(incomplete === undefined ? {} : { incomplete }) };
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

/** What stands between a pod and the workload that somebody wrote. */
const ownerKinds: ReadonlySet<string> = new Set(['ReplicaSet', 'Job']);

function isMadeByWorkload(object: RawObject): boolean {
  const controller = controllerOf(object);
  return controller !== undefined && (controller.group === 'apps' || controller.group === 'batch');
}
