/** Good and fixed fixtures that an API server refuses all the same, and why that is as it should be. */
export interface RefusedFixtures {
  readonly why: string;
  /** What the server says of each of them. */
  readonly message: RegExp;
  /** Ids of objects as tests print them; without any, every object of which the server says this. */
  readonly objects?: readonly string[];
}

export const refusedFixtures: readonly RefusedFixtures[] = [
  {
    why: 'What kubectl prints of a running pod is not meant to be applied.',
    message: /spec\.ephemeralContainers: Forbidden/,
  },
  {
    why: 'A patch, which Kustomize completes.',
    message: /spec\.selector: Required value.* image: Required value|spec\.selector: Required value.*\.image: Required/,
  },
  {
    why: 'Only the version matters: the rest of the object is left out.',
    message: /Required value/,
    objects: [
      'upgrade/removed-api/bad-followed.fixed.yaml#1',
      'upgrade/removed-api/bad-followed.fixed.yaml#3',
      'upgrade/removed-api/bad-long-ago.fixed.yaml#4',
    ],
  },
  {
    why: 'A value of the wrong type, or none, where a rule looks: another rule speaks of it, or kubectl does.',
    message:
      /cannot unmarshal|illegal base64|Required value|unknown field "(data|Data|spec\.(x-owner|template\.spec\.securityContext\.allow))|invalid character/,
    objects: [
      'image/invalid-reference/good-openshift.yaml#2',
      'image/latest-tag/good-pinned.yaml#1',
      'pod/misspelt-security-field/good-not-near.yaml#1',
      'pod/misspelt-security-field/good-not-near.yaml#2',
      'pod/privilege-escalation/bad-absent-null-empty.fixed.yaml#1',
      'pod/privileged/bad-list.fixed.yaml#1.2',
      'pod/privileged/good-not-true.yaml#1',
      'pod/seccomp-missing/good-wrong-type-or-windows.yaml#1',
      'secrets/base64-trailing-newline/good-files-and-others.yaml#1',
      'secrets/default-mode/good-others.yaml#1',
      'secrets/default-password/good-others.yaml#1',
      'secrets/dockerconfig-inline/good-others.yaml#2',
      'secrets/hardcoded-env/good-no-credentials.yaml#1',
      'secrets/invalid-base64/good-others.yaml#1',
      'secrets/invalid-base64/good-others.yaml#2',
      'secrets/plaintext-secret-in-repo/good-others.yaml#2',
      'secrets/plaintext-secret-in-repo/good-others.yaml#3',
      'secrets/tls-key-in-repo/good-public.yaml#2',
    ],
  },
  {
    why: 'Windows: the rule stays silent, or did before 1.25; what else is wrong with the pod is not its concern.',
    message: /cannot be set for a windows pod/,
    objects: [
      'pod/capabilities-add-restricted/bad-windows-before-1-25.fixed.yaml#1',
      'pod/capabilities-add-restricted/good-windows.yaml#1',
    ],
  },
  {
    why: 'An older server drops the field; this one asks for a label of the namespace.',
    message: /adminAccess: Forbidden/,
    objects: ['pod/device-admin-access/good-before-1-34.yaml#1'],
  },
  {
    why: 'A variable, for which another program puts in a number before it applies the object: envsubst, Flux.',
    message: /cannot unmarshal string/,
    objects: ['pod/wrong-type-security-field/good.yaml#1'],
  },
  {
    why: 'Before 1.33 the API server drops hostUsers first.',
    message: /Forbidden: when `hostUsers` is false/,
    objects: ['pod/host-users-conflict/good-before-1-33.yaml#1'],
  },
  {
    why: 'Fields that another program takes out before it applies the object: SOPS, a strategic merge patch.',
    message: /unknown field "(sops|\$patch)"/,
    objects: [
      'secrets/base64-trailing-newline/good-sops.yaml#1',
      'secrets/configmap-credentials/good-others.yaml#2',
      'secrets/typed-secret-keys-missing/good-other-types.yaml#6',
    ],
  },
];
