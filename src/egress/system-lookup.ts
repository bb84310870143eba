/** The machine's own name service, as the egress policy asks it. */
import { lookup } from 'node:dns/promises';
import type { Address } from './addresses.js';

/** All addresses of a host name, in the order of the machine's preference; rejects when there are none. */
export async function systemLookup(host: string): Promise<readonly Address[]> {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}
