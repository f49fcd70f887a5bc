/** From where an address can be reached, as far as its number tells. */
export type AddressReach = 'thisMachine' | 'private' | 'public';

/**
 * Loopback is this machine; private are RFC 1918, RFC 6598 (carriers, Tailscale), link-local and unique local addresses.
 *
 * @param address of IPv4 or IPv6, without brackets
 */
export function reachOf(address: string): AddressReach {
  const [, first = '', second = ''] = /^(?:::ffff:)?(\d+)\.(\d+)\.\d+\.\d+$/i.exec(address) ?? [];
  if (first === '') return reachOfSix(address.toLowerCase());
  const [a, b] = [Number(first), Number(second)];
  if (a === 127) return 'thisMachine';
  const isPrivate =
    a === 10 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254);
  return isPrivate ? 'private' : 'public';
}

function reachOfSix(address: string): AddressReach {
  if (address === '::1') return 'thisMachine';
  return /^f(?:[cd]|e[89ab])/.test(address) ? 'private' : 'public';
}
