import type { Declaration, DeclarationHints, DeploymentSource, ResourceIdentity } from '../../kubernetes/index.ts';
import { nameFits } from '../../kubernetes/index.ts';
import { KustomizeInclusions, type KustomizeNames } from './kustomizeNames.ts';

/** What a file declares, by document. */
export interface FileDeclarations {
  readonly documents: readonly DocumentDeclarations[];
}

export interface DocumentDeclarations {
  readonly declarations: readonly Declaration[];
  readonly sources: readonly DeploymentSource[];
}

/** A place in the workspace that may declare an object of a cluster. */
export interface DeclarationMatch {
  readonly uri: string;
  readonly documentIndex: number;
  readonly declaration: Declaration;
  readonly confidence: 'certain' | 'likely' | 'possible';
  /** Higher is better; of use only in comparison. */
  readonly score: number;
  readonly evidence: readonly DeclarationEvidence[];
}

export type DeclarationEvidence =
  | { readonly kind: 'identity' | 'namespaceLeftOut' | 'nameFits' | 'patch' | 'origin' }
  | { readonly kind: 'kustomization'; readonly uri: string }
  | { readonly kind: 'chart'; readonly chart: string }
  | { readonly kind: 'argoCd'; readonly application: string }
  | { readonly kind: 'flux'; readonly kustomization: string };

export type LiveIdentity = Omit<ResourceIdentity, 'version'>;

/** More is a list that nobody reads. */
const maxMatches = 12;

interface Entry {
  readonly uri: string;
  readonly documentIndex: number;
  readonly declaration: Declaration;
  readonly names: KustomizeNames | undefined;
}

/** The declarations of a workspace, to be asked where an object of a cluster may have come from. */
export class DeclarationIndex {
  /** By kind and whole name. */
  readonly #named = new Map<string, Entry[]>();
  /** By kind: those whose name is told in part only. */
  readonly #open = new Map<string, Entry[]>();
  readonly #argoPaths = new Map<string, string[]>();
  readonly #fluxPaths = new Map<string, string[]>();
  readonly #charts = new Map<string, string | undefined>();
  readonly #readText: (uri: string) => string | undefined;

  /** @param readText the text of a `Chart.yaml`, undefined where there is none */
  constructor(files: ReadonlyMap<string, FileDeclarations>, readText: (uri: string) => string | undefined) {
    this.#readText = readText;
    const inclusions = new KustomizeInclusions();
    for (const [uri, { documents }] of files) {
      for (const source of documents.flatMap(({ sources }) => sources)) this.#addSource(uri, source, inclusions);
    }
    for (const [uri, { documents }] of files) {
      const ways = [undefined, ...inclusions.namesFor(uri)];
      for (const [documentIndex, { declarations }] of documents.entries()) {
        for (const declaration of declarations) {
          for (const names of ways) this.#add({ uri, documentIndex, declaration, names });
        }
      }
    }
  }

  /** Where the object may be declared, best first. */
  find(object: LiveIdentity, hints: DeclarationHints = {}): readonly DeclarationMatch[] {
    const entries = [
      ...(this.#named.get(`${object.kind} ${object.name}`) ?? []),
      ...(this.#open.get(object.kind) ?? []),
    ];
    const best = new Map<string, DeclarationMatch>();
    for (const entry of entries) {
      const match = this.#match(entry, object, hints);
      if (match === undefined) continue;
      const key = `${entry.uri} ${entry.documentIndex} ${entry.declaration.path.join('/')}`;
      if ((best.get(key)?.score ?? 0) < match.score) best.set(key, match);
    }
    return [...best.values()].sort(byScore).slice(0, maxMatches);
  }

  #addSource(uri: string, source: DeploymentSource, inclusions: KustomizeInclusions): void {
    switch (source.type) {
      case 'kustomization':
        inclusions.add(uri, source);
        return;
      case 'argoApplication':
        append(this.#argoPaths, source.name, source.paths);
        return;
      case 'fluxKustomization':
        append(this.#fluxPaths, source.name, source.paths);
    }
  }

  #add(entry: Entry): void {
    const { kind } = entry.declaration;
    const name = nameOf(entry);
    if (name.isOpen) append(this.#open, kind, [entry]);
    else append(this.#named, `${kind} ${name.start}`, [entry]);
  }

  #match(entry: Entry, object: LiveIdentity, hints: DeclarationHints): DeclarationMatch | undefined {
    const { uri, documentIndex, declaration, names } = entry;
    const name = nameOf(entry);
    if (declaration.group !== undefined && declaration.group !== object.group) return undefined;
    if (!nameFits(name, object.name)) return undefined;
    const ofNamespace = namespaceScore(entry, object.namespace);
    if (ofNamespace === undefined) return undefined;
    const evidence: DeclarationEvidence[] = [{ kind: this.#identityEvidence(entry, ofNamespace) }];
    let score = baseScores[declaration.role] + ofNamespace;
    if (name.isOpen) score -= name.start === '' && name.end === '' ? 40 : 25;
    const outermost = names?.by.at(-1);
    if (outermost !== undefined) evidence.push({ kind: 'kustomization', uri: outermost });
    const hinted = this.#hintScore(entry, hints, evidence);
    // A template of which the text tells no name could be that of any object of the kind.
    if (hinted === undefined || (name.isOpen && score + hinted < 20)) return undefined;
    score += hinted;
    return { uri, documentIndex, declaration, confidence: confidenceOf(score), score, evidence };
  }

  #identityEvidence(entry: Entry, ofNamespace: number): 'identity' | 'namespaceLeftOut' | 'nameFits' | 'patch' {
    if (entry.declaration.role === 'patch') return 'patch';
    if (nameOf(entry).isOpen) return 'nameFits';
    return ofNamespace === certainNamespace ? 'identity' : 'namespaceLeftOut';
  }

  /** What the marks of tools on the object say of the place; undefined if they speak against it. */
  #hintScore(entry: Entry, hints: DeclarationHints, evidence: DeclarationEvidence[]): number | undefined {
    let score = 0;
    const { helm, argoCd, flux, kustomizeOrigin } = hints;
    const chart = this.#chartOf(entry.uri);
    if (chart !== undefined && helm !== undefined && helm.chart !== '') {
      if (!isOfChart(helm.chart, chart)) return undefined;
      evidence.push({ kind: 'chart', chart });
      score += 40;
    }
    if (kustomizeOrigin !== undefined && isAt([entry.uri], kustomizeOrigin)) {
      evidence.push({ kind: 'origin' });
      score += 20;
    }
    const places = [entry.uri, ...(entry.names?.by ?? [])];
    const applied = (paths: readonly string[] | undefined, found: DeclarationEvidence) => {
      const below = paths?.map(plainPath).filter((path) => path !== '') ?? [];
      if (below.length === 0) return;
      if (below.some((path) => isAt(places, path))) {
        evidence.push(found);
        score += 20;
      } else score -= 20;
    };
    if (argoCd !== undefined) {
      applied(this.#argoPaths.get(argoCd.application), { kind: 'argoCd', application: argoCd.application });
    }
    if (flux !== undefined) {
      applied(this.#fluxPaths.get(flux.kustomization), { kind: 'flux', kustomization: flux.kustomization });
    }
    return score;
  }

  /** The name of the chart whose template a file is. */
  #chartOf(uri: string): string | undefined {
    const templates = uri.lastIndexOf('/templates/');
    if (templates < 0) return undefined;
    const folder = uri.slice(0, templates);
    if (!this.#charts.has(folder)) {
      const text = this.#readText(`${folder}/Chart.yaml`) ?? '';
      this.#charts.set(folder, /^name:[ \t]*["']?([^\s"'#]+)/m.exec(text)?.[1]);
    }
    return this.#charts.get(folder);
  }
}

const baseScores: Readonly<Record<Declaration['role'], number>> = { object: 60, template: 50, patch: 20 };
const certainNamespace = 20;

/** Undefined for another namespace than the object's. */
function namespaceScore({ declaration, names }: Entry, namespace: string): number | undefined {
  const given = names?.namespace ?? '';
  if (declaration.namespace.kind === 'none') return namespace === '' ? certainNamespace : undefined;
  const written = given !== '' ? given : declaration.namespace.kind === 'written' ? declaration.namespace.name : '';
  if (written !== '') return written === namespace ? certainNamespace : undefined;
  return namespace === 'default' ? 5 : 0;
}

function nameOf({ declaration, names }: Entry): Declaration['name'] {
  const { start, end, isOpen } = declaration.name;
  if (names === undefined) return declaration.name;
  return isOpen
    ? { start: names.prefix + start, end: end + names.suffix, isOpen }
    : { start: names.prefix + start + names.suffix, end, isOpen };
}

function confidenceOf(score: number): DeclarationMatch['confidence'] {
  return score >= 80 ? 'certain' : score >= 50 ? 'likely' : 'possible';
}

/** `helm.sh/chart` is the chart's name and version: `web-1.2.3`. */
function isOfChart(label: string, chart: string): boolean {
  return label === chart || (label.startsWith(`${chart}-`) && /^v?\d/.test(label.slice(chart.length + 1)));
}

/** Where the root of the repository lies in the workspace is not known, so the path may begin anywhere. */
function isAt(uris: readonly string[], path: string): boolean {
  const plain = plainPath(path);
  return uris.some((uri) => `${uri}/`.includes(`/${plain}/`));
}

function plainPath(path: string): string {
  return path
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .map(encodeURIComponent)
    .join('/');
}

function append<Item>(map: Map<string, Item[]>, key: string, items: readonly Item[]): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [...items]);
  else known.push(...items);
}

function byScore(a: DeclarationMatch, b: DeclarationMatch): number {
  return b.score - a.score || (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.documentIndex - b.documentIndex);
}
