import type { FixClass, Profile, Severity, SubjectName } from '../../server/src/rules/index.ts';

/** What a new rule is to be; where not told, the catalogue's word or a guess to be corrected. */
export interface ScaffoldRequest {
  readonly id: string;
  readonly severity: Severity;
  readonly profile: Profile;
  readonly fixClass: FixClass;
  readonly subject: SubjectName;
  readonly summary: string;
}

export const subjectNames: readonly SubjectName[] = [
  'resource',
  'podSpec',
  'container',
  'roleRule',
  'component',
  'pipeline',
  'namespace',
];

/** `<chapter>/<name>`: lower-case words joined by single hyphens. */
export function isWellFormedId(id: string): boolean {
  return /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id);
}

const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.4.2
`;

/**
 * The files of a new rule by path. They compile, and their tests fail until each `FILL IN` is replaced and the rule
 * reports what the bad fixture marks.
 */
export function scaffold(request: ScaffoldRequest): ReadonlyMap<string, string> {
  const fixtures = `test/rules/${request.id}`;
  return new Map([
    [`server/src/rules/${request.id}.ts`, ruleSource(request)],
    [`${fixtures}/bad.yaml`, manifest.replace('name: web\nspec', `name: web\n#       ^^^ "FILL IN"\nspec`)],
    [`${fixtures}/bad.fixed.yaml`, manifest],
    [`${fixtures}/good.yaml`, manifest],
  ]);
}

function ruleSource({ id, severity, profile, fixClass, subject, summary }: ScaffoldRequest): string {
  return `import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: '${id}',
  summary: '${summary.replaceAll("'", "\\'")}',
  severity: '${severity}',
  profile: '${profile}',
  why: 'FILL IN.',
  whenNot: 'FILL IN.',
  references: {},
  fixClass: '${fixClass}',
  messages: {
    found: 'FILL IN what is wrong and why it matters.',
  },
  subject: '${subject}',
  judge(_${subject}, _report) {},
});
`;
}
