import {
  type Pipeline,
  type PipelineCommand,
  pipelineCommands,
  plainArguments,
  programOf,
} from '../../kubernetes/index.ts';
import type { FixValue, ManifestNode, Place } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'image/scan-step-missing',
  summary: 'CI publishes images without scanning',
  severity: 'info',
  profile: 'all',
  guide: 5,
  why:
    'A scanner finds known flaws in the packages of an image while it is still easy to hold it back. A pipeline that publishes what ' +
    'it has built without looking hands them on to every cluster.',
  whenNot: 'Where the registry scans what it receives, or another pipeline does before anything is deployed.',
  references: {
    peers: ['C-0221', 'C-0243'],
    urls: ['https://trivy.dev/latest/docs/target/container_image/', 'https://github.com/anchore/grype'],
  },
  fixClass: 'input',
  messages: {
    found: 'This pipeline publishes an image with {what} and has no step that scans it for known flaws.',
  },
  subject: 'pipeline',
  judge(pipeline, report) {
    const [first] = publications(pipeline);
    if (first === undefined || hasScanner(pipeline)) return;
    report({ at: first.at, message: 'found', args: { what: first.what }, fixes: () => scanStep(first) });
  },
});

/** Where an image leaves the pipeline. */
interface Publication {
  readonly at: ManifestNode | Place;
  /** For messages: `docker push`. */
  readonly what: string;
  /** The script or action itself. */
  readonly node: ManifestNode;
  /** Building and publishing are one, so the scan can only come after it. */
  readonly buildsToo: boolean;
}

function publications(pipeline: Pipeline): readonly Publication[] {
  const byAction = pipeline.uses.filter(publishes).map((node) => ({
    at: node,
    what: (node.string ?? '').replace(/@.*$/, ''),
    node,
    buildsToo: true,
  }));
  const byCommand = pipelineCommands(pipeline).flatMap((command) => {
    const what = publishingCommand(command);
    const [program] = command.words;
    if (what === undefined || program === undefined) return [];
    const from = program.offsets[0] ?? 0;
    const at = command.script.span(from, from + program.text.length);
    return [{ at, what, node: command.script, buildsToo: what !== 'docker push' && what !== 'podman push' }];
  });
  return [...byAction, ...byCommand];
}

/** docker/build-push-action pushes if its input `push` says so or `outputs` names a registry; Kaniko unless told not to. */
function publishes(node: ManifestNode): boolean {
  const name = node.string ?? '';
  if (/^docker\/build-push-action@/.test(name)) {
    const inputs = node.parent?.get('with');
    const push = inputs?.get('push');
    const output = inputs?.get('outputs').string ?? '';
    const isSwitchedOff = push === undefined || push.isMissing || push.boolean === false || push.string === 'false';
    return !isSwitchedOff || /type=registry|push=true/.test(output);
  }
  return /^redhat-actions\/push-to-registry@/.test(name);
}

function publishingCommand(command: PipelineCommand): string | undefined {
  const program = programOf(command);
  const [action = '', second = ''] = plainArguments(command).map(({ text }) => text);
  const flags = command.words.map(({ text }) => text);
  switch (program) {
    case 'docker':
    case 'podman':
    case 'buildah':
    case 'nerdctl':
      if (action === 'push' || (action === 'image' && second === 'push')) return `${program} push`;
      return action === 'buildx' && flags.includes('--push') ? 'docker buildx build' : undefined;
    case 'ko':
      return action === 'build' || action === 'publish' ? 'ko build' : undefined;
    case 'executor':
      // `/kaniko/executor --context ... --destination ...`
      return flags.some((flag) => flag.startsWith('--destination')) && !flags.includes('--no-push')
        ? 'Kaniko'
        : undefined;
    default:
      return undefined;
  }
}

/** The names of scanners, and whatever calls itself a scan: GitLab's template, a reusable workflow. */
const scanner = /\b(?:trivy|grype|snyk|clair|anchore|docker scout|dockle|twistcli|wizcli|sysdig|jfrog|xray)|scan/i;

function hasScanner({ scripts, uses }: Pipeline): boolean {
  return [...scripts, ...uses].some((node) => scanner.test(node.string ?? ''));
}

/** One item of the list that the publication stands in: a step of GitHub, a command of GitLab. */
function scanStep({ node, buildsToo }: Publication): readonly Fix[] {
  const step = node.parent?.type === 'list' ? node : node.parent;
  const list = step?.parent;
  const position = step?.path.at(-1);
  if (list?.type !== 'list' || typeof position !== 'number') return [];
  const value = step === node ? scanCommand : gitHubStep(node);
  if (value === undefined) return [];
  return [
    {
      fixClass: 'input',
      title: 'Scan the image with Trivy (replace the image and the commit)',
      operations: [{ op: 'insert', list, index: buildsToo ? position + 1 : position, value }],
    },
  ];
}

const scanCommand = 'trivy image --exit-code 1 --severity CRITICAL,HIGH REPLACE_WITH_IMAGE';

function gitHubStep(node: ManifestNode): FixValue | undefined {
  const key = node.path.at(-1);
  // The only build service whose steps have these keys and whose list is called steps.
  if ((key !== 'run' && key !== 'uses') || node.parent?.parent?.path.at(-1) !== 'steps') return undefined;
  return {
    name: 'Scan the image',
    uses: 'aquasecurity/trivy-action@REPLACE_WITH_COMMIT',
    with: { 'image-ref': 'REPLACE_WITH_IMAGE', severity: 'CRITICAL,HIGH', 'exit-code': '1' },
  };
}
