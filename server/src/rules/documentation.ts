import type { RuleDescription, RuleReferences } from './rule.ts';

/** Sample manifests for a documentation page; each whole, without trailing blank lines. */
export interface RuleSamples {
  /** The options that `bad` is judged with, where they are not the default. */
  readonly options?: unknown;
  readonly bad?: string;
  readonly fixed?: string;
  readonly good?: string;
}

const fixClassMeaning: Readonly<Record<RuleDescription['fixClass'], string>> = {
  safe: 'Safe: Kubernetes refuses or ignores what is written, or behaves the same afterwards. Applied by "Fix all" and on save.',
  hardening:
    'Hardening: the edit is certain, but the running workload may notice it. One click; "Harden this resource" applies it too.',
  review: 'Review: a mechanical edit that needs a check first. One click, never in bulk.',
  input: 'Needs input: the fix leaves a placeholder for you to fill in.',
  none: 'None: the right change depends on what you want, so the finding only explains.',
};

const profileMeaning: Readonly<Record<RuleDescription['profile'], string>> = {
  guide: '`guide` (the default), `restricted`, `all`',
  restricted: '`restricted`, `all`',
  all: '`all`',
  off: 'none: switch it on by name',
};

/**
 * The documentation page of a rule as Markdown. `samples` come from the rule's fixtures where they are at hand; without
 * them (offline, in the editor and on the command line) the page lacks its examples.
 */
export function ruleDocumentation(rule: RuleDescription, samples: RuleSamples = {}): string {
  const sections = [
    `# ${rule.summary}`,
    [
      `\`${rule.id}\``,
      '',
      '| | |',
      '|---|---|',
      `| Severity | ${rule.severity} |`,
      `| Profiles | ${profileMeaning[rule.profile]} |`,
      ...(rule.guide === undefined ? [] : [`| Guide | chapter ${rule.guide} |`]),
      `| Fix | ${fixClassMeaning[rule.fixClass]} |`,
    ].join('\n'),
    `## Why\n\n${rule.why}`,
    `## When not to follow it\n\n${rule.whenNot}`,
    ...sampleSections(samples),
    ...optionSections(rule),
    ...relationSections(rule),
    ...referenceSections(rule.references),
    `## Suppressing it\n\nAbove the line, the block or at the top of the document, with a reason:\n\n\`\`\`yaml\n# kubeharden-ignore ${rule.id} -- why it is right here\n\`\`\``,
  ];
  return `${sections.join('\n\n')}\n`;
}

function sampleSections(samples: RuleSamples): readonly string[] {
  const sections: string[] = [];
  const sample = (title: string, text: string | undefined, remark = ''): void => {
    if (text !== undefined) sections.push(`## ${title}\n\n${remark}\`\`\`yaml\n${text.trimEnd()}\n\`\`\``);
  };
  const { options } = samples;
  sample('Reported', samples.bad, options === undefined ? '' : `With the options \`${JSON.stringify(options)}\`:\n\n`);
  sample('After the fix', samples.fixed);
  sample('Not reported', samples.good);
  return sections;
}

function optionSections(rule: RuleDescription): readonly string[] {
  if (rule.options === undefined) return [];
  const schema = JSON.stringify(rule.options.schema, undefined, 2);
  return [
    `## Options\n\nDefault: \`${JSON.stringify(rule.options.default)}\`. Their JSON schema:\n\n\`\`\`json\n${schema}\n\`\`\``,
  ];
}

function relationSections(rule: RuleDescription): readonly string[] {
  const list = (ids: readonly string[]): string => ids.map((id) => `\`${id}\``).join(', ');
  const lines: string[] = [];
  if (rule.overrides !== undefined) lines.push(`* Stands in for ${list(rule.overrides)} at the same place.`);
  if (rule.reveals !== undefined) lines.push(`* Once it is fixed, these may speak: ${list(rule.reveals)}.`);
  return lines.length === 0 ? [] : [`## Other rules\n\n${lines.join('\n')}`];
}

function referenceSections(references: RuleReferences): readonly string[] {
  const lines: string[] = [];
  for (const { check, level } of references.pss ?? []) {
    lines.push(
      `* [Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/), ${level}: ${check}`,
    );
  }
  if (references.cis !== undefined) lines.push(`* CIS Kubernetes Benchmark 1.12: ${references.cis.join(', ')}`);
  if (references.nsa === true) lines.push('* NSA/CISA Kubernetes Hardening Guidance 1.2');
  if (references.peers !== undefined) lines.push(`* Elsewhere: ${references.peers.join(', ')}`);
  for (const url of references.urls ?? []) lines.push(`* <${url}>`);
  return [`## References\n\n${lines.join('\n')}`];
}
