/** Forms of text that stand where a credential is to be filled in: by a reader, a template, a shell or a secret store. */
const placeholders: readonly RegExp[] = [
  /^\$(?:\(.*\)|\{.*\}|[A-Z_][A-Z0-9_]*)$/s,
  /\{\{[^{}]*\}\}/,
  /\$\{[^{}]*\}/,
  /\$\([A-Za-z_][A-Za-z0-9_]*\)/,
  /<%[^%]*%>/,
  /^<.*>$/s,
  /^\[.*\]$/s,
  /^(?:%[^%\s]+%|@[^@\s]+@|__[A-Za-z0-9_]+__|#\{.*\}#?|\{[A-Za-z_.-]+\})$/,
  // A constant's name is one to be replaced: INSERT_TOKEN_HERE. Real tokens in capitals have digits beside letters.
  /^[A-Z][A-Z]*(?:_[A-Z]+)+$/,
  /^(?:x{3,}|X{3,}|\*{3,}|\.{3,}|-+|_+|0+|\?+|#{3,})$/,
  /^(?:your|my|the|some|insert|enter|add|put|replace|fill|set|change|example|sample|dummy|placeholder|redacted|removed|omitted|todo|fixme|tbd|n\/a|undefined|unset|empty)(?:$|[-_ .:](?:$|.*(?:here|your|password|secret|token|key|value|me|this|with|in|credential|placeholder)))/i,
  /(?:^|[-_ .])(?:placeholder|redacted|goes[-_ ]here|to[-_ ]be[-_ ](?:replaced|set|filled)|replace[-_ ]?(?:me|this)|fill[-_ ]?(?:me|in)|your[-_ ](?:password|secret|token|key|api)|todo|tbd|fixme)(?:$|[-_ .])/i,
  // SOPS, ansible-vault, Vault agents, helm-secrets' vals, Argo CD's vault plugin, Spring's and Jenkins' own ciphers.
  /^ENC\[[A-Z0-9_]+,/,
  /^(?:ref\+|secretref\+|vault:|vault\+|op:\/\/|gcp:|aws:|arn:|awssm:|azurekeyvault:|keyvault:|file:|env:|sm:\/\/|ssm:|\{cipher\}|avp:)/i,
  /^\$ANSIBLE_VAULT/,
];

/** `$(VAR)`, `${VAR}`, `<your password>`, `INSERT_TOKEN_HERE`, `xxxx`, `****`, `ENC[AES256_GCM,...]`. */
export function isPlaceholder(text: string): boolean {
  return placeholders.some((form) => form.test(text));
}

/** Values that stand for a credential but are none: flags, numbers, paths, plain URLs, durations, names of objects. */
const harmless: readonly RegExp[] = [
  /^\s*$/,
  /^(?:true|false|yes|no|on|off|none|null|nil|enabled|disabled|optional|required|always|never|default|auto|basic|bearer)$/i,
  /^[+-]?\d+(?:\.\d+)?$/,
  /^\d+(?:\.\d+)?(?:ns|us|ms|s|m|h|d|w|y|[KMGTPE]i?B?|%)$/,
  /^\.{0,2}\/[^\s]*\/[^\s]*$/,
  /^\.{0,2}\/[a-z0-9._-]*$/i,
  /^~\//,
  /^[A-Za-z]:\\/,
  /^[a-z][a-z0-9+.-]*:\/\//i,
  // A host and its port, as connection strings without a login are: `redis-cart:6379`.
  /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?:\d{2,5}$/i,
  // The name of an object: `namespace/name`, `shop-db-credentials`.
  /^[a-z][a-z0-9.-]*\/[a-z][a-z0-9.-]*$/,
  /^[a-z0-9]+(?:-[a-z0-9]+)*-(?:secrets?|credentials?|creds|tls|token-[a-z0-9]{5})$/,
  // What only checks a password or a signature: hashes of passwords, digests, certificates, public keys.
  /^\$(?:2[abxy]|1|5|6|y|argon2\w*|pbkdf2\w*|scrypt)\$/,
  /^\{(?:SHA|SSHA|CRYPT|BCRYPT)[^}]*\}/i,
  /^(?:md5|sha1|sha256|sha384|sha512)[:-]/i,
  /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+|sk-ssh-\S+) /,
  /^-{3,}BEGIN (?:(?:RSA |EC |TRUSTED )?PUBLIC KEY|SSH2 PUBLIC KEY|CERTIFICATE(?: REQUEST)?|PGP PUBLIC KEY BLOCK)-{3,}(?![\s\S]*PRIVATE KEY)/,
];

/** Whether a setting that is called like a credential may hold this text without being one. */
export function isHarmlessText(text: string): boolean {
  return isPlaceholder(text) || harmless.some((form) => form.test(text));
}
