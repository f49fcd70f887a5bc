import type { ApiVersion } from './resource.ts';

/** Splits `apps/v1` into group and version; the core group is `''`. More than one slash is no API version: both are `''`. */
export function parseApiVersion(apiVersion: string): ApiVersion {
  const slash = apiVersion.indexOf('/');
  if (slash < 0) return { group: '', version: apiVersion };
  if (apiVersion.indexOf('/', slash + 1) >= 0) return { group: '', version: '' };
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}
