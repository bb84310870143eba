/** Which addresses lie outside the public internet, and which of those an administrator allows. */
import { BlockList, isIP } from 'node:net';

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** IPv4 ranges that are not the public internet (IANA special-purpose registry, multicast and reserved space). */
const PRIVATE_4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/**
 * Everything but global unicast (2000::/3), which leaves out loopback, ULA, link-local, multicast, v4-mapped and NAT64;
 * and inside it what wraps an IPv4 address or is never routed (Teredo, 6to4, documentation).
 */
const PRIVATE_6: readonly (readonly [string, number])[] = [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

/**
 * Addresses by family. Two lists, because one BlockList compares IPv4 addresses with IPv6 ranges (as v4-mapped ones): in a
 * single list `::/3` would hold all of IPv4.
 */
export class AddressRanges {
  private readonly four = new BlockList();
  private readonly six = new BlockList();

  constructor(ranges: readonly (readonly [string, number])[]) {
    for (const [network, prefix] of ranges) {
      if (isIP(network) === 6) this.six.addSubnet(network, prefix, 'ipv6');
      else this.four.addSubnet(network, prefix, 'ipv4');
    }
  }

  has(address: Address): boolean {
    return address.family === 6 ? this.six.check(address.address, 'ipv6') : this.four.check(address.address, 'ipv4');
  }
}

/** All that is not the public internet. */
export function privateRanges(): AddressRanges {
  return new AddressRanges([...PRIVATE_4, ...PRIVATE_6]);
}

/** `10.0.0.0/8`, `::1`, `127.0.0.1` as network and prefix length; null for anything else. */
export function parseRange(text: string): readonly [string, number] | null {
  const [network = '', prefix, ...rest] = text.split('/');
  const bits = isIP(network) === 6 ? 128 : 32;
  if (isIP(network) === 0 || network.includes('%') || rest.length > 0) return null;
  if (prefix === undefined) return [network, bits];
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits ? [network, Number(prefix)] : null;
}

/** An address as text with its family, or null when it is none (a zone such as `%eth0` makes it none). */
export function parseAddress(text: string): Address | null {
  const family = text.includes('%') ? 0 : isIP(text);
  return family === 4 || family === 6 ? { address: text, family } : null;
}
