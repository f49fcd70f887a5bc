import type { ClusterAnswer, Unreachable } from './clusterAnswer.ts';
import { type Secret, shownText } from './secret.ts';
import { refusal, warningTexts } from './statusAnswer.ts';
import type { ExchangeResult } from './transport/exchange.ts';

/**
 * What a finished exchange means.
 *
 * @param address host and port of the server
 * @param secrets that were sent, so that no server can make us show them
 */
export function answerOf(result: ExchangeResult, address: string, secrets: readonly Secret[]): ClusterAnswer {
  switch (result.kind) {
    case 'cancelled':
      return { outcome: 'cancelled' };
    case 'failure':
      return { outcome: 'unreachable', trouble: result.trouble };
    case 'response': {
      const { response, text } = result;
      const { statusCode: status = 0, headers, rawHeaders } = response;
      const contentType = headers['content-type'] ?? '';
      const stranger: Unreachable = {
        outcome: 'unreachable',
        trouble: { kind: 'notAnApiServer', address, contentType: contentType.slice(0, 100) },
      };
      const body = isJson(contentType) ? parsed(text) : text;
      const isSuccess = status >= 200 && status < 300;
      const isPage = /^text\/html\b/.test(contentType);
      // API servers neither redirect nor speak HTML; a load balancer before one does when it fails.
      if ((status >= 300 && status < 400) || (isPage && status < 500)) return stranger;
      if (isSuccess && body === undefined) return stranger;
      const warnings = warningTexts(rawHeaders).map((text) => shownText(text, secrets));
      return isSuccess ? { outcome: 'answered', status, body, warnings } : refusal(status, body, warnings, secrets);
    }
  }
}

/** Overload, a fault of the server, or a connection that broke: worth asking again where asking changes nothing. */
export function isWorthRepeating(result: ExchangeResult): boolean {
  switch (result.kind) {
    case 'response': {
      const { statusCode = 0 } = result.response;
      return statusCode === 429 || (statusCode >= 500 && statusCode !== 501);
    }
    case 'failure': {
      const { trouble } = result;
      return trouble.kind === 'cutOff' || (trouble.kind === 'network' && /^E(?:CONNRESET|PIPE)$/.test(trouble.detail));
    }
    case 'cancelled':
      return false;
  }
}

export function isJson(contentType: string): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\b/.test(contentType);
}

/** Undefined where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
