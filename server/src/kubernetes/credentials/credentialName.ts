/** Names of settings that hold a credential: whole words, so that `COMPASS_URL` and `KEYBOARD` are none. */
const credentialWord =
  /(?:^|[_.-])(?:pass(?:word|wd|phrase)?|pwd|pw|secrets?|tokens?|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|credentials?|bearer|conn(?:ection)?[_-]?str(?:ing)?)(?:$|[_.-])/i;

/** The same at the end of a name in camel case or without separators (`dbPassword`, `PGPASSWORD`). */
const credentialSuffix =
  /(?:password|passwd|passphrase|apikey|secretkey|accesskey|privatekey|Secret|Token)$|(?:PASSWORD|PASSWD)$/i;

/** The camel case of a name that speaks about a credential (`secretName`, `tokenUrl`), which has no separators. */
const camelHump = /([a-z0-9])([A-Z])/g;

/** What a name ends in that says something about a credential: `TOKEN_TTL`, `SECRET_NAME`, `ACCESS_KEY_ID`. */
const aboutCredential =
  /[_.-](?:names?|files?|filename|paths?|dirs?|director(?:y|ies)|locations?|urls?|uris?|endpoints?|hosts?|ports?|ids?|ttl|expir\w*|lifetime|lifespan|age|timeout|interval|duration|period|length|size|count|limit|budget|max|min|type|kind|format|enabled?|disabled?|required|optional|policy|polic(?:y|ies)|algorithm|alg|hash(?:es|ed)?|digest|checksum|fingerprint|sha\d*|cost|rounds|iterations|encoding|issuer|audience|scopes?|claims?|header|prefix|suffix|separator|delimiter|regex|pattern|region|version|mode|method|strategy|provider|backend|store|manager|engine|service|server|namespace|refs?|references?|key_?ref|field|label|placeholder|hint|prompt|help|mount|rotation|refresh|renewal|reset|validation|validator|strength|complexity|history|url_?path|user(?:name)?|review|cache|driver|class|bucket|env|var|variable|template)$/i;

/** What a name begins with, or holds, that makes it a switch or something public: `ALLOW_EMPTY_PASSWORD`, `PUBLIC_TOKEN`. */
const notCredential =
  /(?:^|[_.-])(?:allow|require|requires|required|enable|disable|use|has|is|skip|show|hide|forgot|reset|max|min|num|number|count|public|publishable|pub|site|next_public|vite|react_app)(?:[_.-])|(?:password|passwd|token)[_-]key$/i;

/** Names that hold a credential only now and then: their value decides. */
const ambiguousWord =
  /(?:^|[_.-])(?:key|keys|auth|authorization|pat|hmac|signing|encryption|salt|pepper|cookie|session|seed|pin|webhook|dsn|jwt|master|license|creds?|sas)(?:$|[_.-])/i;

/** Keys that open nothing: `CACHE_KEY`, `PARTITION_KEY`. */
const harmlessKey =
  /(?:^|[_.-])(?:cache|partition|sort|hash|primary|foreign|routing|row|object|lookup|index|idempotency|public|publishable|pub|site|host|known|authorized|config|label|annotation|redis|s3|json|i18n|translation|group|commit|image|build|trace|request|checksum|digest|fingerprint|sha\d*)(?:$|[_.-])/i;

/** Whether a setting of this name holds a credential rather than speaks about one (`TOKEN_TTL`, `secretName`). */
export function isCredentialName(name: string): boolean {
  const words = name.replace(camelHump, '$1_$2');
  if (aboutCredential.test(words) || notCredential.test(words)) return false;
  return credentialWord.test(name) || credentialSuffix.test(name) || credentialWord.test(words);
}

/** Whether a setting of this name may hold a credential, which only a random value proves: `SIGNING_KEY`, `AUTH`. */
export function mayBeCredentialName(name: string): boolean {
  const words = name.replace(camelHump, '$1_$2');
  return ambiguousWord.test(words) && ![aboutCredential, notCredential, harmlessKey].some((form) => form.test(words));
}
