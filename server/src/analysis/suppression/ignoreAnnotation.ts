import { isDate } from './directive.ts';

/** `kubeharden.io/ignore.<chapter>.<rule>: "reason"`, or `"until=2027-01-31 reason"`. */
const pattern = /^kubeharden\.io\/ignore\.([^.]+)\.(.+)$/;

/** The annotation key that suppresses a rule, or a check of a cluster. */
export function ignoreAnnotationKey(ruleId: string): string {
  return `kubeharden.io/ignore.${ruleId.replace('/', '.')}`;
}

/** The rule that an annotation key suppresses; undefined for any other key. */
export function ruleOfAnnotationKey(key: string): string | undefined {
  const match = pattern.exec(key);
  return match === null ? undefined : `${match[1]}/${match[2]}`;
}

/** What the value of such an annotation comes to. */
export type IgnoreAnnotation =
  | { readonly kind: 'holds'; readonly reason: string }
  | { readonly kind: 'noReason' }
  | { readonly kind: 'invalidDate' | 'expired'; readonly until: string };

/** @param today YYYY-MM-DD */
export function readIgnoreAnnotation(value: string, today: string): IgnoreAnnotation {
  const [, until, reason = ''] = /^\s*(?:until=(\S+)\s*(?:--)?)?\s*(.*?)\s*$/s.exec(value) ?? [];
  if (reason === '') return { kind: 'noReason' };
  if (until !== undefined && !isDate(until)) return { kind: 'invalidDate', until };
  return until !== undefined && until < today ? { kind: 'expired', until } : { kind: 'holds', reason };
}

/** Whether an object says of itself that a rule or a check is to be ignored. */
export function isIgnoredByAnnotation(
  annotations: Readonly<Record<string, string>>,
  ruleId: string,
  today: string,
): boolean {
  const key = ignoreAnnotationKey(ruleId);
  const value = Object.hasOwn(annotations, key) ? annotations[key] : undefined;
  return value !== undefined && readIgnoreAnnotation(value, today).kind === 'holds';
}
