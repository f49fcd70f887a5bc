const key = Buffer.from('"fieldsV1":{');
const empty = Buffer.from('}');
const quote = 0x22;
const backslash = 0x5c;
const opening = 0x7b;
const closing = 0x7d;

/**
 * JSON with empty sets of fields (`fieldsV1`) in `managedFields`, which keep who wrote, when and in which version. The
 * sets are about half of what a list holds, and of all that is in it the dearest to parse: each field that somebody
 * set is a key of its own. Text that is not JSON, or breaks off, comes back as it is.
 */
export function withoutFieldSets(json: Buffer): Buffer {
  const parts: Buffer[] = [];
  let kept = 0;
  for (let at = json.indexOf(key); at >= 0; at = json.indexOf(key, at + key.length)) {
    // The end of a longer key, with a quote in it.
    if (json[at - 1] === backslash) continue;
    const start = at + key.length;
    const end = endOfMap(json, start);
    if (end === undefined) break;
    parts.push(json.subarray(kept, start), empty);
    kept = end;
    at = end - key.length;
  }
  return parts.length === 0 ? json : Buffer.concat([...parts, json.subarray(kept)]);
}

/** The offset behind the brace that closes the map in which `start` is. */
function endOfMap(json: Buffer, start: number): number | undefined {
  let depth = 1;
  for (let at = start; at < json.length; at++) {
    switch (json[at]) {
      case quote:
        for (at++; json[at] !== quote && at < json.length; at++) if (json[at] === backslash) at++;
        break;
      case opening:
        depth++;
        break;
      case closing:
        depth--;
        if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
