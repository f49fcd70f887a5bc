import {
  createWorkspace,
  type FileFindings,
  type Finding,
  type Workspace,
  type WorkspaceHost,
} from '../analysis/index.ts';
import type { Localize } from '../sentences/index.ts';
import type { ClientAbilities } from './clientAbilities.ts';
import { type DiskTexts, readDiskText } from './diskTexts.ts';
import { isLiveDocument, LiveDocuments } from './liveDocuments.ts';
import { type OpenDocument, OpenDocuments } from './openDocuments.ts';
import type { SettingsStore } from './settingsStore.ts';
import type { WorkspaceFolders } from './workspaceFolders.ts';

/** What every handler of a request works with. */
export interface LanguageServices {
  readonly abilities: ClientAbilities;
  readonly workspace: Workspace;
  readonly documents: OpenDocuments;
  readonly live: LiveDocuments;
  readonly settings: SettingsStore;
  readonly folders: WorkspaceFolders;
  readonly localize: Localize;
  /** The engine's answer for an open document; undefined for one that is not judged. */
  judge(document: OpenDocument): FileFindings | undefined;
  /** Findings of an open document as its settings let them through; `[]` for one that is not judged. */
  findingsOf(document: OpenDocument): readonly Finding[];
  /** The findings of a file that the editor's settings let through. */
  visible(uri: string, findings: readonly Finding[]): readonly Finding[];
  /** Files that lie in the engine as facts only; it reads them again when it is asked for them. */
  readonly settled: Set<string>;
  /** Text of a file as the editor shows it, else as it lies on disk. */
  textOf(uri: string): string | undefined;
}

export interface ServiceParts {
  readonly abilities: ClientAbilities;
  readonly settings: SettingsStore;
  readonly folders: WorkspaceFolders;
  readonly localize: Localize;
  readonly diskTexts: DiskTexts;
}

export function createLanguageServices({
  abilities,
  settings,
  folders,
  localize,
  diskTexts,
}: ServiceParts): LanguageServices {
  const host: WorkspaceHost = {
    readText: (uri) => textOf(uri),
    settingsFor: (uri) => settings.of(uri, folders.of(uri)).face,
    folderOf: (uri) => folders.of(uri),
    today,
  };
  const workspace = createWorkspace(host);
  const settled = new Set<string>();
  const documents = new OpenDocuments(workspace);
  const live = new LiveDocuments();

  /** Of files that the engine knows it keeps what it needs itself; their texts are not held twice. */
  function textOf(uri: string): string | undefined {
    return documents.textOf(uri) ?? (settled.has(uri) ? readDiskText(uri) : diskTexts.read(uri));
  }
  function visible(uri: string, findings: readonly Finding[]): readonly Finding[] {
    const { isEnabled, reportsSyntaxErrors } = settings.of(uri, folders.of(uri));
    if (!isEnabled) return [];
    return reportsSyntaxErrors ? findings : findings.filter(({ ruleId }) => ruleId !== 'kubeharden/syntax-error');
  }
  /** By version of a document: one request asks for its findings many times. */
  const judged = new WeakMap<OpenDocument, { readonly key: string; readonly findings: FileFindings | undefined }>();
  function judge(document: OpenDocument): FileFindings | undefined {
    const { uri } = document;
    documents.applySizeLimit(document);
    const { hash } = workspace.configurationFor(uri);
    const key = `${hash} ${workspace.factsVersion(uri)} ${live.versionOf(uri)} ${today()}`;
    const known = judged.get(document);
    if (known?.key === key) return known.findings;
    const findings = documents.isJudged(document) ? answerFor(uri) : undefined;
    judged.set(document, { key, findings });
    return findings;
  }
  function answerFor(uri: string): FileFindings | undefined {
    if (!isLiveDocument(uri)) return workspace.findings(uri);
    const file = workspace.file(uri);
    return file === undefined ? undefined : live.findings(uri, file);
  }
  return {
    abilities,
    workspace,
    documents,
    live,
    settings,
    folders,
    localize,
    judge,
    findingsOf: (document) => {
      const findings = judge(document)?.findings ?? [];
      return isLiveDocument(document.uri) ? findings : visible(document.uri, findings);
    },
    visible,
    settled,
    textOf,
  };
}

/** The day where the author sits, for suppressions with an end date. */
export function today(): string {
  const now = new Date();
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}
