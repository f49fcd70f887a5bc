/** Three rows of the matrix, which every comparison fills anew: words are compared with thousands of others. */
const rows: [number[], number[], number[]] = [[], [], []];

/** Levenshtein distance with transpositions; anything at or above `limit` comes back as `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let [beforeLast, last, current] = rows;
  for (let column = 0; column <= b.length; column++) {
    beforeLast[column] = limit;
    last[column] = Math.min(column, limit);
    current[column] = limit;
  }
  let leastOfLast = 0;
  for (let row = 1; row <= a.length; row++) {
    current[0] = Math.min(row, limit);
    // Farther from the diagonal it is `limit` at least, as the arrays have it from the start.
    const from = Math.max(1, row - limit + 1);
    const to = Math.min(b.length, row + limit - 1);
    if (from > 1) current[from - 1] = limit;
    let least = from === 1 ? (current[0] ?? limit) : limit;
    for (let column = from; column <= to; column++) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      let cost = Math.min(
        (last[column] ?? limit) + 1,
        (current[column - 1] ?? limit) + 1,
        (last[column - 1] ?? limit) + (same ? 0 : 1),
        limit,
      );
      if (
        row > 1 &&
        column > 1 &&
        a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
        a.charCodeAt(row - 2) === b.charCodeAt(column - 1)
      ) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? limit) + 1);
      }
      current[column] = cost;
      least = Math.min(least, cost);
    }
    if (least >= limit && leastOfLast >= limit) return limit;
    leastOfLast = least;
    const free = beforeLast;
    beforeLast = last;
    last = current;
    current = free;
  }
  return last[b.length] ?? limit;
}
