import { isRemote, movingReference } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

const placeholder = 'REPLACE_WITH_TAG_OR_COMMIT';

export const rule = defineRule({
  id: 'supply-chain/kustomize-remote-unpinned',
  summary: 'Remote kustomization base without a fixed version',
  severity: 'warning',
  profile: 'restricted',
  guide: 5,
  why:
    'A base that is fetched from a branch is whatever stands there when somebody builds. Who may push to it decides what is deployed, ' +
    'and the same commit of this repository yields other objects tomorrow. A tag can be moved as well: a commit cannot.',
  whenNot: 'A repository of the same team whose default branch is reviewed like this one.',
  references: {
    urls: ['https://github.com/kubernetes-sigs/kustomize/blob/master/examples/remoteBuild.md'],
  },
  fixClass: 'input',
  messages: {
    branch:
      'A remote entry of {list} follows {ref}, so whoever may push there changes what is deployed without a change here.',
    none: 'A remote entry of {list} names no version, so whoever may push to that repository changes what is deployed.',
  },
  subject: 'resource',
  kinds: ['Kustomization.kustomize.config.k8s.io', 'Component.kustomize.config.k8s.io'],
  judge({ node }, report) {
    for (const list of ['resources', 'bases', 'components']) {
      for (const item of node.get(list).items()) {
        const url = item.string ?? '';
        const moving = isRemote(url) ? movingReference(url) : undefined;
        if (moving === undefined) continue;
        const { name, from, to, prefix } = moving;
        report({
          at: name === '' ? item : item.span(from, to),
          message: name === '' ? 'none' : 'branch',
          args: { list, ref: name },
          fixes: () => [
            {
              fixClass: 'input',
              title: 'Name a tag or commit (replace the placeholder)',
              operations: [{ op: 'replaceText', node: item, from, to, text: `${prefix}${placeholder}` }],
            },
          ],
        });
      }
    }
  },
});
