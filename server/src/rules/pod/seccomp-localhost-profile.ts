import { type LocalhostProfileFault, localhostProfileFaults } from '../../kubernetes/index.ts';
import { defineRule, type Fix } from '../rule.ts';

const names = { seccomp: 'seccomp', appArmor: 'AppArmor' } as const;

export const rule = defineRule({
  id: 'pod/seccomp-localhost-profile',
  summary: 'Localhost profile without or with stray localhostProfile',
  severity: 'error',
  profile: 'guide',
  why:
    'A profile of type `Localhost` is looked up on the node by its `localhostProfile`: a path below the seccomp folder of the kubelet, ' +
    'or the name of a loaded AppArmor profile. Without it, or with it beside another type, Kubernetes refuses the pod; an empty seccomp ' +
    'path passes and fails at the start of the container.',
  whenNot: 'There is no reason to keep it.',
  references: { urls: ['https://kubernetes.io/docs/tutorials/security/seccomp/'] },
  fixClass: 'input',
  messages: {
    missing: 'The {kind} profile is of type Localhost but does not say which one, so the pod is refused.',
    empty: 'The {kind} profile is of type Localhost with an empty name, so no container starts with it.',
    outside: "The seccomp profile is not a path below the kubelet's folder of profiles, so the pod is refused.",
    padded: 'The name of the AppArmor profile has space around it, so the pod is refused.',
    stray: 'A localhostProfile stands beside the type {type}, so the pod is refused and the {kind} profile never used.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const found of localhostProfileFaults(podSpec)) {
      const { of, profile, fault } = found;
      report({
        at: profile.get('localhostProfile'),
        message: fault,
        args: { kind: names[of], type: profile.get('type').string ?? '' },
        fixes: () => fixesOf(found),
      });
    }
  },
});

/** Where the kubelet looks for seccomp profiles unless it is told otherwise. */
const seccompFolder = '/var/lib/kubelet/seccomp/';

function fixesOf({ of, profile, fault }: LocalhostProfileFault): readonly Fix[] {
  const localhostProfile = profile.get('localhostProfile');
  const written = localhostProfile.string ?? '';
  switch (fault) {
    case 'padded': {
      const title = `Remove the space around "${written.trim()}"`;
      return [{ fixClass: 'safe', title, operations: [{ op: 'set', node: localhostProfile, value: written.trim() }] }];
    }
    case 'stray': {
      const type = profile.get('type').string ?? '';
      return [
        {
          fixClass: 'hardening',
          title: `Keep the ${names[of]} type ${type} and remove localhostProfile`,
          operations: [{ op: 'remove', node: localhostProfile }],
        },
        ...(written === ''
          ? []
          : [
              {
                fixClass: 'review' as const,
                title: `Use the ${names[of]} profile "${written}" (check first that every node has it)`,
                operations: [{ op: 'set' as const, node: profile.get('type'), value: 'Localhost' }],
              },
            ]),
      ];
    }
    case 'outside': {
      const below = written.startsWith(seccompFolder) ? written.slice(seccompFolder.length) : '';
      if (below === '' || below.startsWith('/') || below.split('/').includes('..')) return [];
      const title = `Write the path relative to ${seccompFolder}`;
      return [{ fixClass: 'safe', title, operations: [{ op: 'set', node: localhostProfile, value: below }] }];
    }
    case 'missing':
    case 'empty':
      return [
        {
          fixClass: 'input',
          title: `Name the ${names[of]} profile to use (replace the placeholder)`,
          operations: [
            {
              op: 'set',
              node: localhostProfile,
              value: of === 'seccomp' ? 'profiles/my-profile.json' : 'my-profile',
            },
          ],
        },
        {
          fixClass: 'hardening',
          title: `Use the ${names[of]} profile RuntimeDefault`,
          operations: [
            { op: 'set', node: profile.get('type'), value: 'RuntimeDefault' },
            ...(localhostProfile.isKnown ? [{ op: 'remove', node: localhostProfile } as const] : []),
          ],
        },
      ];
  }
}
