/** What a declared project says of strangers and of its secrets. */
import type { ProjectSettings } from '../model/project.js';
import type { Faults } from './faults.js';
import { integer } from './kinds.js';
import { type NamePlace, readSecretText } from './named-files.js';
import { type Spot, entriesOf, itemsOf, requiredEntry, textOf } from './tree-reader.js';

export interface DeclaredSecret {
  readonly name: string;
  readonly value: string;
  /** Patterns of refs besides the default branch and tags. */
  readonly refs: readonly string[];
}

const UNTRUSTED_JOBS = integer(1, 64);

/** What is left out is not kept, so that it follows the default. */
export function readTrustSettings(
  entries: ReadonlyMap<string, Spot> | null,
  faults: Faults,
): Pick<ProjectSettings, 'strangers' | 'untrustedJobs' | 'untrustedJobsPerPullRequest'> {
  const strangers = entries?.get('strangers');
  const word = strangers && textOf(strangers, faults);
  const isWord = word === 'approval' || word === 'never';
  if (strangers && word && !isWord) faults.add(strangers.node.where, `${strangers.path} must be approval or never`);
  const all = readCount(entries?.get('untrusted_jobs'), faults);
  const perPull = readCount(entries?.get('untrusted_jobs_per_pull_request'), faults);
  return {
    ...(isWord && { strangers: word }),
    ...(all !== undefined && { untrustedJobs: all }),
    ...(perPull !== undefined && { untrustedJobsPerPullRequest: perPull }),
  };
}

function readCount(spot: Spot | undefined, faults: Faults): number | undefined {
  if (spot === undefined) return undefined;
  const value =
    spot.node.kind === 'text' ? UNTRUSTED_JOBS.read([spot.node.text], { folder: '/', home: '/' }) : undefined;
  if (value === undefined) faults.add(spot.node.where, `${spot.path} must be ${UNTRUSTED_JOBS.says}`);
  return value;
}

/** A list of `{name, value, refs}` whose values are named, never written. Names are checked where those by REST are. */
export function readSecrets(spot: Spot, place: NamePlace, faults: Faults): readonly DeclaredSecret[] {
  const secrets = (itemsOf(spot, faults) ?? [])
    .map((item) => readOne(item, place, faults))
    .filter((each) => each !== null);
  const names = secrets.map(({ name }) => name.toUpperCase());
  if (new Set(names).size < names.length) faults.add(spot.node.where, `${spot.path} gives one name to two secrets`);
  return secrets;
}

function readOne(spot: Spot, place: NamePlace, faults: Faults): DeclaredSecret | null {
  const entries = entriesOf(spot, ['name', 'value', 'refs'], faults);
  if (entries === null) return null;
  const [nameSpot, valueSpot] = ['name', 'value'].map((key) => requiredEntry(entries, key, spot, faults));
  const name = nameSpot ? textOf(nameSpot, faults) : null;
  const value = valueSpot ? readSecretText(valueSpot, place, faults) : null;
  const refs = entries.get('refs');
  const patterns = refs === undefined ? [] : (itemsOf(refs, faults) ?? []).map((item) => textOf(item, faults));
  if (name === null || value === null) return null;
  return { name, value, refs: patterns.filter((pattern) => pattern !== null) };
}
