import { Agent, type RequestOptions, request } from 'node:https';

/** What an API server said. */
export interface ApiAnswer {
  readonly status: number;
  /** Parsed JSON; text where it is none. */
  readonly body: unknown;
  /** The sentences of its `Warning` headers, without code and agent. */
  readonly warnings: readonly string[];
}

/** Requests of one user to one API server. */
export interface ApiClient {
  /** Rejects only where there is no answer at all. `body` is sent as JSON; a string as it stands. */
  send(method: string, path: string, body?: unknown, contentType?: string): Promise<ApiAnswer>;
  /** Like {@link send}. Rejects with the server's message unless the status is 2xx. */
  expect(method: string, path: string, body?: unknown, contentType?: string): Promise<unknown>;
  close(): void;
}

/** @param credentials certificates, or a token as `headers: { authorization: 'Bearer ...' }` */
export function apiClient(
  url: string,
  credentials: Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'headers'>,
): ApiClient {
  const { headers, ...certificates } = credentials;
  const agent = new Agent({ keepAlive: true, maxSockets: 4, ...certificates });
  const send: ApiClient['send'] = (method, path, body, contentType = 'application/json') =>
    new Promise((resolve, reject) => {
      const content = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const options: RequestOptions = {
        method,
        agent,
        headers: {
          ...headers,
          accept: 'application/json',
          ...(content === undefined
            ? {}
            : { 'content-type': contentType, 'content-length': Buffer.byteLength(content) }),
        },
      };
      const sent = request(`${url}${path}`, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const isJson = response.headers['content-type']?.startsWith('application/json');
          resolve({
            status: response.statusCode ?? 0,
            body: isJson ? JSON.parse(text) : text,
            warnings: readWarnings(response.rawHeaders),
          });
        });
      });
      sent.on('error', reject);
      sent.end(content);
    });
  return {
    send,
    async expect(method, path, body, contentType) {
      const answer = await send(method, path, body, contentType);
      if (answer.status < 200 || answer.status > 299) {
        throw new Error(`${method} ${path}: ${answer.status} ${messageOf(answer)}`);
      }
      return answer.body;
    },
    close: () => agent.destroy(),
  };
}

/** The message of a `Status`, or whatever text there is. */
export function messageOf({ body }: ApiAnswer): string {
  const status = body as { readonly message?: string } | null;
  return typeof body === 'string' ? body : (status?.message ?? JSON.stringify(body));
}

/** RFC 7234, 5.5: `299 - "text"`; the API server sends one header per warning. */
function readWarnings(rawHeaders: readonly string[]): readonly string[] {
  const warnings: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() !== 'warning') continue;
    const quoted = /^\d{3} \S+ "(.*)"$/s.exec(rawHeaders[index + 1] ?? '')?.[1];
    if (quoted !== undefined) warnings.push(quoted.replace(/\\(.)/gs, '$1'));
  }
  return warnings;
}
