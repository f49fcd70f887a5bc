import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Comparison, verdictOf } from './comparison.ts';
import { type JudgedObject, judgeFixture } from './judgedFixture.ts';

interface Expected {
  readonly resource_checks: readonly {
    readonly check_id: string | null;
    readonly dir: string | null;
    readonly case: string;
    readonly failed: number | null;
    /** `Pod.kube-system.kube-apiserver`. */
    readonly passing_resources: readonly string[] | null;
    readonly failing_resources: readonly string[] | null;
  }[];
  readonly graph_checks: readonly {
    readonly dir: string;
    /** As above, and with labels after a dot for pods of a workload. */
    readonly pass?: readonly string[];
    readonly fail?: readonly string[];
  }[];
}

/** The folders of checks on several objects are named for the check, which has its id elsewhere. */
const graphChecks: Readonly<Record<string, string>> = {
  AllowPrivilegeEscalation: 'CKV_K8S_20',
  AllowedCapabilities: 'CKV_K8S_25',
  ImpersonatePermissions: 'CKV2_K8S_3',
  ModifyServicesStatus: 'CKV2_K8S_4',
  NoCreateNodesProxyOrPodsExec: 'CKV2_K8S_2',
  NoDefaultNamespace: 'CKV_K8S_21',
  ReadAllSecrets: 'CKV2_K8S_5',
  RequireAllPodsToHaveNetworkPolicy: 'CKV2_K8S_6',
  RoleBindingPE: 'CKV2_K8S_1',
};

/**
 * Checkov counts one result for each container, so its numbers say nothing of objects. Compared is each object that it
 * names, else what each file says whose name has a verdict (`pod-FAILED.yaml`).
 */
export function compareCheckov(root: string): readonly Comparison[] {
  const expected = JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')) as Expected;
  const seen = new Set<string>();
  const compared: Comparison[] = [];
  for (const {
    check_id: check,
    dir,
    failed,
    passing_resources: pass,
    failing_resources: fail,
  } of expected.resource_checks) {
    // Some folders are judged again with checks switched off.
    if (check === null || dir === null || failed === null || seen.has(`${check} ${dir}`)) continue;
    seen.add(`${check} ${dir}`);
    const files = judgeFolder(check, join(root, 'tests', 'kubernetes', 'checks', dir), dir);
    if (pass !== null || fail !== null) compared.push(...compareNamed(check, files, pass ?? [], fail ?? []));
    else compared.push(...files.flatMap((file) => compareFile(check, file)));
  }
  for (const { dir, pass = [], fail = [] } of expected.graph_checks) {
    const name = dir.split('/').at(-1) ?? '';
    const check = graphChecks[name];
    if (check !== undefined)
      compared.push(...compareNamed(check, judgeFolder(check, join(root, dir), name), pass, fail));
  }
  return compared;
}

interface JudgedFile {
  /** With the folder. */
  readonly path: string;
  readonly objects: readonly JudgedObject[];
}

function judgeFolder(check: string, folder: string, name: string): readonly JudgedFile[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return paths
    .filter((path) => /\.(?:ya?ml|json)$/.test(path) && path !== 'expected.yaml')
    .flatMap((path) => {
      const file = path.endsWith('.json') ? 'manifest.json' : 'manifest.yaml';
      const objects = judgeFixture(check, readFileSync(join(folder, path), 'utf8'), file);
      return objects === undefined ? [] : { path: `${name}/${path.replaceAll('\\', '/')}`, objects };
    });
}

function compareNamed(
  check: string,
  files: readonly JudgedFile[],
  pass: readonly string[],
  fail: readonly string[],
): readonly Comparison[] {
  return files.flatMap(({ path, objects }) =>
    objects.flatMap((object) => {
      const id = `${object.kind}.${object.namespace || 'default'}.${object.name}`;
      const names = (ids: readonly string[]) => ids.some((each) => each === id || each.startsWith(`${id}.`));
      const isFailing = names(fail);
      if (!isFailing && !names(pass)) return [];
      return {
        check,
        at: `${path} ${object.kind}/${object.name}`,
        theirs: verdictOf(isFailing),
        ours: verdictOf(object.isReported),
      };
    }),
  );
}

/**
 * A file of several workloads whose name has one verdict has it for each of them. Files of which some objects or containers
 * pass and others fail are reported.
 */
function compareFile(check: string, { path, objects }: JudgedFile): readonly Comparison[] {
  const name = path.split('/').at(-1) ?? '';
  const isFailing = /fail/i.test(name);
  const isPassing = /pass/i.test(name);
  if (!isFailing && !isPassing) return [];
  const theirs = verdictOf(isFailing);
  const workloads = objects.filter(({ containers }) => containers.length > 0);
  if (workloads.length > 1 && isFailing !== isPassing) {
    return workloads.map((object, index) => ({
      check,
      at: `${path} ${object.kind}/${object.name}#${index + 1}`,
      theirs,
      ours: verdictOf(object.isReported),
    }));
  }
  return [{ check, at: path, theirs, ours: verdictOf(objects.some(({ isReported }) => isReported)) }];
}
