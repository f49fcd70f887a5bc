/** Powers of the suffixes of k8s.io/apimachinery/pkg/api/resource/suffix.go. */
const suffixes: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const quantityGrammar = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])?)$/;

/**
 * The number that a resource quantity stands for (`500m` is 0.5, `1Gi` is 2^30, `1e3` is 1000), as near as a double comes;
 * undefined for what the API server refuses. Numbers of the manifest are quantities too.
 */
export function parseQuantity(quantity: string | number): number | undefined {
  const match = quantityGrammar.exec(String(quantity));
  if (match === null) return undefined;
  const [, digits = '', exponent, suffix = ''] = match;
  return exponent === undefined ? Number(digits) * (suffixes[suffix] ?? 1) : Number(digits + exponent);
}
