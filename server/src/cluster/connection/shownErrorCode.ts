/**
 * The code of an error (`ENOENT`, `ECONNRESET`, `ERR_OSSL_...`), else its name. Never its message, which may quote what was
 * being read: `JSON.parse` does.
 */
export function shownErrorCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return error instanceof Error ? error.name : 'unknown error';
}
