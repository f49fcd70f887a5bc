import type { RuleDescription } from '../rules/index.ts';

/** One line per rule, in columns. */
export function rulesAsText(descriptions: readonly RuleDescription[]): string {
  const rows = [
    ['RULE', 'SEVERITY', 'PROFILE', 'FIX', 'SUMMARY'],
    ...descriptions.map(({ id, severity, profile, fixClass, summary }) => [id, severity, profile, fixClass, summary]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`).join('');
}

/** All that a rule says about itself; docs/command-line.md describes the shape. */
export function rulesAsJson(descriptions: readonly RuleDescription[]): string {
  const rules = descriptions.map((description) => ({
    id: description.id,
    summary: description.summary,
    severity: description.severity,
    profile: description.profile,
    fix: description.fixClass,
    guide: description.guide ?? null,
    why: description.why,
    whenNot: description.whenNot,
    references: description.references,
    overrides: description.overrides ?? [],
    reveals: description.reveals ?? [],
    options: description.options ?? null,
  }));
  return `${JSON.stringify({ formatVersion: 1, rules }, undefined, 2)}\n`;
}
