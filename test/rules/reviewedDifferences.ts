/** Where a rule deliberately differs from catalogue.txt, and why. */
export const reviewedDifferences: readonly {
  readonly rule: string;
  readonly key: 'severity' | 'profile' | 'fixClass';
  readonly value: string;
  readonly reason: string;
}[] = [];
