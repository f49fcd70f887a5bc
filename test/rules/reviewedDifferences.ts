/** Where a rule deliberately differs from catalogue.txt, and why. */
export const reviewedDifferences: readonly {
  readonly rule: string;
  readonly key: 'severity' | 'profile' | 'fixClass';
  readonly value: string;
  readonly reason: string;
}[] = [
  {
    rule: 'image/pull-secret-missing',
    key: 'fixClass',
    value: 'none',
    reason:
      'A Secret with credentials for a registry does not belong in a repository, and which name was meant nobody can tell.',
  },
  {
    rule: 'pod/host-path-writable',
    key: 'fixClass',
    value: 'review',
    reason:
      'A database or an agent that keeps its state there no longer starts, so it must not be among the bulk fixes.',
  },
];
