import { readFile } from 'node:fs/promises';
import { type Sentence, sentence } from '../../../sentences/index.ts';
import type { Environment } from '../environment.ts';
import { shownErrorCode } from '../shownErrorCode.ts';
import type { Kubeconfig, KubeconfigContext, KubeconfigProblem } from './kubeconfig.ts';
import { isInside, kubeconfigPaths } from './kubeconfigPaths.ts';
import { type KubeconfigFile, parseKubeconfigFile } from './parseKubeconfigFile.ts';

export interface KubeconfigPlace {
  /** `KUBECONFIG` and `HOME` are read from it (on Windows, `HOMEDRIVE`, `HOMEPATH` and `USERPROFILE` too). */
  readonly environment: Environment;
  /** One file that is read instead, as with `kubectl --kubeconfig`. */
  readonly explicitFile?: string;
  /** No file inside these is read: through it, whoever wrote the workspace could run commands. */
  readonly workspaceFolders: readonly string[];
}

/**
 * Reads the user's kubeconfig as kubectl does: the files of `KUBECONFIG`, else `~/.kube/config`; missing files are
 * skipped, and the first file that names a cluster, user or context, or sets the current context, wins as a whole
 * (k8s.io/client-go/tools/clientcmd/loader.go). Never rejects and never writes.
 */
export async function readKubeconfig(place: KubeconfigPlace): Promise<Kubeconfig> {
  const files: KubeconfigFile[] = [];
  const problems: KubeconfigProblem[] = [];
  for (const path of kubeconfigPaths(place.environment, place.explicitFile)) {
    const read = await readOne(path, place);
    if (read === undefined) continue;
    if ('text' in read) problems.push({ file: path, problem: read });
    else files.push(read);
  }
  return {
    files: files.map(({ path }) => path),
    contexts: mergedContexts(files),
    currentContext: problems.length > 0 ? undefined : files.flatMap((file) => file.currentContext ?? [])[0],
    problems,
  };
}

/** Undefined for a file that does not exist and was not asked for by name. */
async function readOne(path: string, place: KubeconfigPlace): Promise<KubeconfigFile | Sentence | undefined> {
  if (await isInside(path, place.workspaceFolders, place.environment)) {
    return sentence('The kubeconfig lies inside the workspace, so it is not read: it could run any command.');
  }
  try {
    return parseKubeconfigFile(path, await readFile(path, 'utf8'));
  } catch (error) {
    const code = shownErrorCode(error);
    if (code === 'ENOENT' && place.explicitFile === undefined) return undefined;
    return sentence('The kubeconfig cannot be read ({code}).', { code });
  }
}

function mergedContexts(files: readonly KubeconfigFile[]): KubeconfigContext[] {
  const clusters = firstWins(files.map((file) => file.clusters));
  const users = firstWins(files.map((file) => file.users));
  return [...firstWins(files.map((file) => file.contexts)).values()].map((entry) => {
    const cluster = clusters.get(entry.cluster);
    const user = users.get(entry.user);
    const problems: Sentence[] = [];
    if (cluster === undefined) {
      problems.push(
        sentence('Context "{context}" uses cluster "{cluster}", which no kubeconfig file describes.', {
          context: entry.name,
          cluster: entry.cluster,
        }),
      );
    }
    if (entry.user !== '' && user === undefined) {
      problems.push(
        sentence('Context "{context}" uses user "{user}", which no kubeconfig file describes.', {
          context: entry.name,
          user: entry.user,
        }),
      );
    }
    return {
      name: entry.name,
      file: entry.file,
      clusterName: entry.cluster,
      userName: entry.user,
      namespace: entry.namespace,
      cluster,
      user,
      problems: [...problems, ...(cluster?.problems ?? []), ...(user?.problems ?? [])],
    };
  });
}

function firstWins<T>(maps: readonly ReadonlyMap<string, T>[]): Map<string, T> {
  const merged = new Map<string, T>();
  for (const [name, entry] of maps.flatMap((map) => [...map])) if (!merged.has(name)) merged.set(name, entry);
  return merged;
}
