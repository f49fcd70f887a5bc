import {
  type ContainerCommand,
  containerCommands,
  isRemote,
  movingReference,
  placeOfWord,
} from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'supply-chain/apply-remote-url',
  summary: 'Manifest applied from a moving URL',
  severity: 'warning',
  profile: 'restricted',
  guide: 5,
  why:
    'A job that applies what stands on a branch or behind "latest" gives whoever may write there the rights of its service ' +
    'account in the cluster, without review and without a trace in this repository.',
  whenNot: 'Short-lived clusters for tests.',
  references: {
    urls: ['https://kubernetes.io/docs/concepts/security/supply-chain-security/'],
  },
  fixClass: 'none',
  messages: {
    branch:
      'Container "{container}" applies a manifest from {ref}, so whoever may write there changes the cluster with the rights of this pod.',
    none: 'Container "{container}" applies a kustomization of no fixed version, so whoever may write there changes the cluster.',
  },
  subject: 'container',
  judge(container, report) {
    for (const command of containerCommands(container)) {
      for (const { url, isKustomization, word } of appliedUrls(command)) {
        if (!isRemote(url)) continue;
        const moving = movingReference(url);
        if (moving === undefined || (moving.name === '' && !isKustomization)) continue;
        report({
          at: placeOfWord(word),
          message: moving.name === '' ? 'none' : 'branch',
          args: { container: container.name, ref: moving.name },
        });
      }
    }
  },
});

interface AppliedUrl {
  readonly url: string;
  readonly isKustomization: boolean;
  readonly word: ContainerCommand['words'][number];
}

const verbs: ReadonlySet<string> = new Set(['apply', 'create', 'replace']);

/** `kubectl apply -f URL`, `-f=URL`, `--filename URL`, `-k URL`, several of them, several URLs joined by commas. */
function appliedUrls({ program, words }: ContainerCommand): readonly AppliedUrl[] {
  if ((program !== 'kubectl' && program !== 'oc') || !words.some(({ text }) => verbs.has(text))) return [];
  return words.flatMap((word, index) => {
    const flag = /^(?:-([fk])=?|--(filename|kustomize)=?)(.*)$/.exec(word.text);
    if (flag === null) return [];
    const [, short, long, attached = ''] = flag;
    const valueWord = attached === '' ? words[index + 1] : word;
    if (valueWord === undefined) return [];
    const isKustomization = short === 'k' || long === 'kustomize';
    const value = attached === '' ? valueWord.text : attached;
    return value.split(',').map((url) => ({ url, isKustomization, word: valueWord }));
  });
}
