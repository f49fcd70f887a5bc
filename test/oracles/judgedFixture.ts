import { parseManifest } from '../../server/src/manifest/index.ts';
import { judge } from '../support/judgedWorkspace.ts';
import { mappedRules } from './mappedRules.ts';
import { asWholeObjects } from './wholeObjects.ts';

/** One object of a fixture, and whether our rules report it. */
export interface JudgedObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly isReported: boolean;
  /** Its containers of every list, where it has a pod template. */
  readonly containers: readonly { readonly name: string; readonly isReported: boolean }[];
}

/** Judges a fixture with the rules that say what the check says, and with no other; undefined where there is none. */
export function judgeFixture(check: string, text: string, name = 'manifest.yaml'): readonly JudgedObject[] | undefined {
  const { rules, options, isAbout } = mappedRules(check);
  if (rules.length === 0) return undefined;
  const whole = name.endsWith('.json') ? text : asWholeObjects(text);
  const judged = judge(new Map([[name, whole]]), { rules, settings: options === undefined ? {} : { options } });
  const findings = judged.findings(name).filter(isAbout);
  const { documents } = judged.workspace.file(`file:///fixture/${name}`) ?? parseManifest(whole);
  return documents.flatMap((document) => {
    const { root } = document;
    const isList = root.get('kind').string === 'List';
    const objects = isList ? root.get('items').items() : [root];
    return objects
      .filter((object) => object.get('kind').string !== undefined)
      .map((object) => {
        const within = findings.filter((finding) => {
          if (finding.document !== document) return false;
          return object.path.every((step, index) => finding.place.path[index] === step);
        });
        const containers = podSpecPaths.flatMap((path) =>
          ['initContainers', 'containers'].flatMap((list) => object.get(...path, list).items()),
        );
        return {
          kind: object.get('kind').string ?? '',
          namespace: object.get('metadata', 'namespace').string ?? '',
          name: object.get('metadata', 'name').string ?? '',
          isReported: within.length > 0,
          containers: containers.map((container) => ({
            name: container.get('name').string ?? '',
            isReported: within.some(({ args }) => args.container === container.get('name').string),
          })),
        };
      });
  });
}

const podSpecPaths = [['spec'], ['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec']];
