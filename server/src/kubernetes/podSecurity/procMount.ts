import type { Container } from '../pods/podSpec.ts';

/**
 * pod-security-admission, policy/check_procMount.go: `securityContext.procMount` is set to anything but `Default`, the
 * empty text too. From 1.35 on the baseline exempts user namespaces, while restricted does not.
 */
export function hasForbiddenProcMount(container: Container): boolean {
  const procMount = container.securityContext.get('procMount').string;
  return procMount !== undefined && procMount !== 'Default';
}
