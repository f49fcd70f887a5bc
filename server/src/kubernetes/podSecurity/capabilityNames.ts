/** pod-security-admission, policy/check_capabilities_baseline.go: the names that the baseline lets a container add. */
const baselineCapabilities: ReadonlySet<string> = new Set([
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP'],
  ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
]);

/** Names are compared literally: `chown` and `CAP_CHOWN` are other ones. */
export function isBaselineCapability(name: string): boolean {
  return baselineCapabilities.has(name);
}

/** include/uapi/linux/capability.h, without `CAP_`, and the word for all of them. */
const capabilityNames: ReadonlySet<string> = new Set([
  ...['ALL', 'AUDIT_CONTROL', 'AUDIT_READ', 'AUDIT_WRITE', 'BLOCK_SUSPEND', 'BPF', 'CHECKPOINT_RESTORE', 'CHOWN'],
  ...['DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'IPC_LOCK', 'IPC_OWNER', 'KILL', 'LEASE'],
  ...['LINUX_IMMUTABLE', 'MAC_ADMIN', 'MAC_OVERRIDE', 'MKNOD', 'NET_ADMIN', 'NET_BIND_SERVICE', 'NET_BROADCAST'],
  ...['NET_RAW', 'PERFMON', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYSLOG', 'SYS_ADMIN', 'SYS_BOOT'],
  ...['SYS_CHROOT', 'SYS_MODULE', 'SYS_NICE', 'SYS_PACCT', 'SYS_PTRACE', 'SYS_RAWIO', 'SYS_RESOURCE', 'SYS_TIME'],
  ...['SYS_TTY_CONFIG', 'WAKE_ALARM'],
]);

/** In capitals and without `CAP_`, as Kubernetes spells capabilities. */
export function properCapabilityName(written: string): string {
  return written.toUpperCase().replace(/^CAP_/, '');
}

/** How a name differs from what Kubernetes spells. */
export interface CapabilityMisspelling {
  /** As Kubernetes spells it; undefined where Linux has no such capability. */
  readonly name: string | undefined;
  /** With `CAP_`, which containerd puts before every name once more; else the case alone is wrong. */
  readonly hasPrefix: boolean;
}

/** Undefined for a capability that is spelt properly and for an empty name. */
export function capabilityMisspelling(written: string): CapabilityMisspelling | undefined {
  if (written === '' || capabilityNames.has(written)) return undefined;
  const name = properCapabilityName(written);
  return { name: capabilityNames.has(name) ? name : undefined, hasPrefix: /^cap_/i.test(written) };
}

/** Misspelt, and nothing but that: no capability at all or, spelt properly, one that the baseline allows. */
export function isMerelyMisspelt(written: string): boolean {
  const misspelling = capabilityMisspelling(written);
  return misspelling !== undefined && (misspelling.name === undefined || isBaselineCapability(misspelling.name));
}
