/** What a declared project says of where it is fetched from. */
import type { ProjectRepository } from '../model/project-repository.js';
import type { Faults } from './faults.js';
import { type NamePlace, readSecretText } from './named-files.js';
import { type Spot, entriesOf, itemsOf, requiredEntry, textOf } from './tree-reader.js';

export const REPOSITORY_KEYS = ['url', 'ssh_key', 'host_keys'] as const;

/** Its key is named, never written. Checked where one by REST is. */
export function readRepository(spot: Spot, place: NamePlace, faults: Faults): ProjectRepository | null {
  const entries = entriesOf(spot, REPOSITORY_KEYS, faults);
  if (entries === null) return null;
  const urlSpot = requiredEntry(entries, 'url', spot, faults);
  const url = urlSpot && textOf(urlSpot, faults);
  const [keySpot, hostsSpot] = [entries.get('ssh_key'), entries.get('host_keys')];
  const sshKey = keySpot === undefined ? null : readSecretText(keySpot, place, faults);
  const hostKeys =
    hostsSpot === undefined ? [] : (itemsOf(hostsSpot, faults) ?? []).map((item) => textOf(item, faults));
  return url === null ? null : { url, sshKey, hostKeys: hostKeys.filter((key) => key !== null) };
}
