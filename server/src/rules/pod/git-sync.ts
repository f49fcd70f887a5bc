import { defineRule } from '../rule.ts';

/** git-sync 3 reads GIT_SYNC_GIT, git-sync 4 GITSYNC_GIT (github.com/kubernetes/git-sync, main.go, `--git`). */
const variables: ReadonlySet<string> = new Set(['GITSYNC_GIT', 'GIT_SYNC_GIT']);

export const rule = defineRule({
  id: 'pod/git-sync',
  summary: 'git-sync runs a program that a variable names',
  severity: 'warning',
  profile: 'restricted',
  why:
    'git-sync starts whatever this variable names instead of git. A value that points into a volume or a repository turns the ' +
    'synchronisation into a way to run code with the rights of the pod.',
  whenNot: 'Images in which git lies somewhere else, if nobody can write to that place.',
  references: {
    peers: ['CKV_K8S_159'],
    urls: ['https://github.com/kubernetes/git-sync'],
  },
  fixClass: 'hardening',
  messages: {
    git: 'Container "{container}" tells git-sync by {variable} which program to run as git, so whoever sets it runs any code in the pod.',
  },
  subject: 'container',
  judge(container, report) {
    for (const item of container.node.get('env').items()) {
      const node = item.get('name');
      const variable = node.string ?? '';
      // What git-sync takes by itself.
      if (!variables.has(variable) || item.get('value').string === 'git') continue;
      report({
        at: node,
        message: 'git',
        args: { container: container.name, variable },
        fixes: () => [
          {
            fixClass: 'hardening',
            title: `Remove ${variable} from container "${container.name}"`,
            operations: [{ op: 'remove', node: item }],
            isPreferred: true,
          },
        ],
      });
    }
  },
});
