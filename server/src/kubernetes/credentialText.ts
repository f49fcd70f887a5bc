/** Names of settings that hold a credential: whole words, so that `COMPASS_URL` and `KEYBOARD` are none. */
const credentialWord =
  /(?:^|[_.-])(?:pass(?:word|wd|phrase)?|pwd|secrets?|tokens?|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|credentials?|bearer|conn(?:ection)?[_-]?str(?:ing)?)(?:$|[_.-])/i;

/** The same at the end of a name in camel case or without separators (`dbPassword`, `PGPASSWORD`). */
const credentialSuffix =
  /(?:password|passwd|passphrase|apikey|secretkey|accesskey|privatekey|Secret|Token)$|(?:PASSWORD|PASSWD)$/i;

/** What a name ends in that says something about a credential: `TOKEN_TTL`, `SECRET_NAME`, `ACCESS_KEY_ID`. */
const aboutCredential =
  /[_.-](?:names?|files?|paths?|dirs?|urls?|uris?|endpoint|host|port|ids?|ttl|expir\w*|lifetime|timeout|interval|duration|length|size|count|limit|max|min|type|enabled?|required|policy|algorithm|alg|issuer|audience|scopes?|header|prefix|suffix|region|version|mode|provider|backend|store|manager|namespace|ref|field|mount|rotation)$/i;

/** Whether a setting of this name holds a credential rather than speaks about one (`TOKEN_TTL`, `SECRET_NAME`). */
export function isCredentialName(name: string): boolean {
  return (credentialWord.test(name) || credentialSuffix.test(name)) && !aboutCredential.test(name);
}

/** Values that carry their own proof, whatever they are called. */
const credentialShapes: readonly RegExp[] = [
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
  /\bgithub_pat_[A-Za-z0-9_]{22,}\b/,
  /\bxox[baprs]-[A-Za-z0-9-]{10,}/,
  /\bAIza[0-9A-Za-z_-]{35}\b/,
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+/,
  /-{3,}BEGIN (?:[A-Z]+ )*PRIVATE KEY-{3,}/,
];

/** `scheme://user:password@`; a password that is a variable or a placeholder is none. */
const userInfo = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/@]+)@/i;

/** `Password=...` and the like inside a connection string. */
const connectionPassword = /(?:^|[;\s])(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*([^;\s]+)/i;

/** Whether the text is a credential, or holds one, by its form alone. */
export function hasCredentialShape(text: string): boolean {
  const password = userInfo.exec(text)?.[1] ?? connectionPassword.exec(text)?.[1];
  if (password !== undefined && !isPlaceholder(password)) return true;
  return credentialShapes.some((shape) => shape.test(text));
}

/** Values that stand for a credential but are none: variables, blanks to fill in, flags, numbers, paths and plain URLs. */
const harmless: readonly RegExp[] = [
  /^\s*$/,
  /^(?:true|false|yes|no|on|off|none|null|enabled|disabled)$/i,
  /^[+-]?\d+(?:\.\d+)?$/,
  /^\.{0,2}\/[^\s]*$/,
  /^[A-Za-z]:\\/,
  /^[a-z][a-z0-9+.-]*:\/\//i,
];

/** Whether a setting that is called like a credential may hold this text without being one. */
export function isHarmlessText(text: string): boolean {
  return isPlaceholder(text) || harmless.some((form) => form.test(text));
}

/** `$(VAR)`, `${VAR}`, `<your password>`, `INSERT_TOKEN_HERE`, `xxxx`, `****`. */
function isPlaceholder(text: string): boolean {
  return (
    /^\$(?:\(.*\)|\{.*\}|[A-Z_][A-Z0-9_]*)$/.test(text) ||
    /^<.*>$/.test(text) ||
    /^\[.*\]$/.test(text) ||
    /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(text) ||
    /^(?:x{3,}|\*{3,}|\.{3,})$/i.test(text)
  );
}
