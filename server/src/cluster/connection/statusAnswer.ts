import type { IncomingHttpHeaders } from 'node:http';
import type { RefusalCause, RefusalReason, Refused } from './clusterAnswer.ts';
import { type Secret, shownText } from './secret.ts';

/** The refusal that a Status object (`k8s.io/apimachinery/pkg/apis/meta/v1`), or whatever else came with an error, tells of. */
export function refusal(
  status: number,
  body: unknown,
  warnings: readonly string[] = [],
  secrets: readonly Secret[] = [],
): Refused {
  const { message, details, metadata } = record(body);
  const said = typeof body === 'string' ? withoutMarkup(body) : typeof message === 'string' ? message : '';
  const causes = list(record(details).causes).map((cause): RefusalCause => {
    const { field, message: text } = record(cause);
    return { field: string(field), message: shownText(string(text), secrets) };
  });
  const continueToken = string(record(metadata).continue);
  return {
    outcome: 'refused',
    status,
    reason: reasons.get(status) ?? (status >= 500 ? 'serverError' : 'other'),
    message: shownText(said, secrets).replace(/\s+/g, ' ').trim().slice(0, longestMessage),
    causes,
    warnings,
    ...(continueToken === '' ? {} : { continueToken }),
  };
}

const longestMessage = 2000;

const reasons: ReadonlyMap<number, RefusalReason> = new Map([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'notFound'],
  [406, 'notAcceptable'],
  [410, 'gone'],
  [422, 'invalid'],
  [429, 'tooMany'],
]);

/** A load balancer's page of errors says in its text what an API server would say in a Status. */
function withoutMarkup(text: string): string {
  return /^\s*</.test(text) ? '' : text;
}

/**
 * The texts of `Warning` headers, which hold a code, an agent and a quoted text each.
 *
 * @param rawHeaders names and values in turn, as Node gives them
 */
export function warningTexts(rawHeaders: readonly string[]): string[] {
  const texts: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() !== 'warning') continue;
    // Node reads header bytes as Latin-1; the server wrote UTF-8.
    const value = Buffer.from(rawHeaders[index + 1] ?? '', 'latin1').toString('utf8');
    for (const [, text = ''] of value.matchAll(/\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)) {
      texts.push(text.replace(/\\(.)/g, '$1'));
    }
  }
  return texts;
}

/** The seconds of `Retry-After`; undefined where it says none, or a date. */
export function retryAfterSeconds(headers: IncomingHttpHeaders): number | undefined {
  const value = headers['retry-after'];
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
