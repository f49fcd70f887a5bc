import { isPlaceholder } from './placeholder.ts';

/** Values that carry their own proof, whatever they are called: the token formats that issuers have published. */
const credentialShapes: readonly RegExp[] = [
  // AWS, Google, Azure Storage shared access signatures.
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bAIza[0-9A-Za-z_-]{35}\b/,
  /\bya29\.[0-9A-Za-z_-]{20,}/,
  /\bGOCSPX-[0-9A-Za-z_-]{20,}/,
  /[?&]sig=[A-Za-z0-9%+/]{40,}/,
  // GitHub, GitLab, npm, PyPI, Docker Hub, Terraform Cloud.
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
  /\bgithub_pat_[A-Za-z0-9_]{22,}\b/,
  /\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat)-[A-Za-z0-9_-]{20,}/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bpypi-[A-Za-z0-9_-]{40,}/,
  /\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}/,
  /\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{40,}/,
  // Slack, Stripe, SendGrid, Twilio, Mailgun, Shopify, Square, Telegram, Discord.
  /\bx(?:ox[baprse]|app)-[A-Za-z0-9-]{10,}/,
  /hooks\.slack\.com\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{16,}/,
  /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}\b/,
  /\bwhsec_[A-Za-z0-9+/=]{24,}/,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{32,}/,
  /(?<![\w-])key-[0-9a-f]{32}\b/,
  /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b/,
  /\bsq0(?:atp|csp)-[A-Za-z0-9_-]{22,}/,
  /\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b/,
  // OpenAI, Anthropic, Hugging Face, Databricks, DigitalOcean, New Relic, Grafana, HashiCorp Vault, age.
  /(?<![\w-])sk-(?=[a-z0-9_-]*[A-Z])(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{32,}/,
  /\bhf_[A-Za-z0-9]{30,}\b/,
  /\bdapi[0-9a-f]{32}\b/,
  /\bdo[oprt]_v1_[0-9a-f]{64}\b/,
  /\bNRAK-[A-Z0-9]{27}\b/,
  /\bgl(?:c|sa)_[A-Za-z0-9+/=_]{32,}/,
  /\bhv[sbr]\.[A-Za-z0-9_-]{24,}/,
  /\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b/,
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+/,
];

const privateKey = /---BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?---/;

/** `scheme://user:password@`; a password that is a variable or a placeholder is none. Bounded, for texts may be long. */
const userInfo = /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]{0,200}:([^\s/@]{1,500})@/i;

/** `Password=...` and the like inside a connection string, which is one line. */
const connectionPassword = /^(?:[^\n]*[;\s])?(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*([^;\s]+)[^\n]*$/i;

/** Whether the text is a credential, or holds one, by its form alone. */
export function hasCredentialShape(text: string): boolean {
  const password = userInfo.exec(text)?.[1] ?? connectionPassword.exec(text)?.[1];
  if (password !== undefined && !password.startsWith('$') && !isPlaceholder(password)) return true;
  return hasPrivateKey(text) || credentialShapes.some((shape) => shape.test(text));
}

/** Whether the text holds a private key in PEM (RFC 7468) or the armour of PGP. */
export function hasPrivateKey(text: string): boolean {
  return privateKey.test(text);
}
