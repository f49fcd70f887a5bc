/**
 * An error as it may be told outside: what it is and where it happened, and not its message, which may quote what was being
 * read (`JSON.parse` does).
 */
export function withoutMessage(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('unknown error');
  const { name, message, stack = '' } = error;
  const at = message === '' ? stack.indexOf('\n') : stack.indexOf(message);
  // A message that was changed afterwards cannot be told from what follows it.
  const frames = at < 0 ? '' : stack.slice(at + message.length);
  return new Error(`${name}${frames}`);
}
