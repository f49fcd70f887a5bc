/** Rules of catalogue.txt that are not written, and why. */
export const refusedRules: readonly { readonly rule: string; readonly reason: string }[] = [];

const versionOfNode =
  'A flaw of the kernel, the container runtime or the API server, whose versions no manifest names.';

/** Checks of other tools in peers.txt that the rule does not answer for, and why; in the order of the list. */
export const refusedPeers: readonly { readonly rule: string; readonly check: string; readonly reason: string }[] = [
  { rule: 'image/known-vulnerable', check: 'C-0079', reason: versionOfNode },
  { rule: 'image/known-vulnerable', check: 'C-0087', reason: versionOfNode },
  { rule: 'image/known-vulnerable', check: 'C-0089', reason: versionOfNode },
  {
    rule: 'pod/host-port',
    check: 'KICS:Workload Host Port Not Specified',
    reason: 'It asks for a host port where there is none, the opposite of what the Pod Security Standards ask for.',
  },
];
