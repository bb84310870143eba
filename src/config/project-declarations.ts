/** The `projects:` part of the configuration file, with the keys, tokens and pipeline texts that it names. */
import { faultOfWords } from '../model/parse-command.js';
import { DEFAULT_PROJECT_SETTINGS, type ProjectSettings, normaliseInstance } from '../model/project.js';
import type { ProjectRepository } from '../model/project-repository.js';
import type { Faults } from './faults.js';
import { type DeclaredSecret, readSecrets, readTrustSettings } from './declared-trust.js';
import { readRepository } from './declared-repository.js';
import { flag } from './kinds.js';
import { type NamePlace, readSecret, readText } from './named-files.js';
import { PROJECT_KEYS, PROJECT_SETTING_KEYS } from './settings-table.js';
import { type Spot, entriesOf, itemsOf, requiredEntry, textOf } from './tree-reader.js';

export interface DeclaredPipeline {
  readonly name: string;
  /** As the file writes it. */
  readonly path: string;
  readonly text: string;
}

/** One project as the file declares it: plain values, to be checked and applied by `projects/`. Holds secrets: never log it. */
export interface ProjectDeclaration {
  /** `file:line`, for messages. */
  readonly where: string;
  /** Normalised. */
  readonly instance: string;
  readonly instanceAliases: readonly string[];
  readonly fullname: string;
  /** One to three, newest first. */
  readonly keys: readonly string[];
  readonly token: string | null;
  /** Left out: the forge's own URL. */
  readonly repository?: ProjectRepository;
  readonly settings: ProjectSettings;
  readonly pipelines: readonly DeclaredPipeline[];
  readonly secrets: readonly DeclaredSecret[];
}

const MOST_KEYS = 3;
const LARGEST_PIPELINE = 512 * 1024;

export function readProjects(spot: Spot, place: NamePlace, faults: Faults): readonly ProjectDeclaration[] {
  const projects = (itemsOf(spot, faults) ?? [])
    .map((item) => readProject(item, place, faults))
    .filter((each) => each !== null);
  checkUnique(projects, faults);
  return projects;
}

function readProject(spot: Spot, place: NamePlace, faults: Faults): ProjectDeclaration | null {
  const entries = entriesOf(spot, Object.keys(PROJECT_KEYS), faults);
  if (entries === null) return null;
  const read = <T>(key: string, reader: (entry: Spot) => T, otherwise: T) => {
    const entry = entries.get(key);
    return entry === undefined ? otherwise : reader(entry);
  };
  const needed = <T>(key: string, reader: (entry: Spot) => T | null) => {
    const entry = requiredEntry(entries, key, spot, faults);
    return entry === null ? null : reader(entry);
  };
  const instance = needed('instance', (entry) => readInstance(entry, faults));
  const fullname = needed('fullname', (entry) => readFullname(entry, faults));
  const keys = needed('keys', (entry) => readKeys(entry, place, faults));
  const rest = {
    instanceAliases: read('instance_aliases', (entry) => readAliases(entry, faults), []),
    token: read('token', (entry) => readSecret(entry, place, faults), null),
    settings: read('settings', (entry) => readProjectSettings(entry, faults), DEFAULT_PROJECT_SETTINGS),
    pipelines: read('pipelines', (entry) => readPipelines(entry, place, faults), []),
    secrets: read('secrets', (entry) => readSecrets(entry, place, faults), []),
  };
  const repository = read('repository', (entry) => readRepository(entry, place, faults), null);
  if (instance === null || fullname === null || keys === null) return null;
  return { where: spot.node.where, instance, fullname, keys, ...rest, ...(repository && { repository }) };
}

function readInstance(spot: Spot, faults: Faults): string | null {
  const text = textOf(spot, faults);
  const instance = text === null ? null : normaliseInstance(text);
  if (text !== null && instance === null) faults.add(spot.node.where, `${spot.path} must be an http or https URL`);
  return instance;
}

function readAliases(spot: Spot, faults: Faults): readonly string[] {
  return (itemsOf(spot, faults) ?? []).map((item) => readInstance(item, faults)).filter((each) => each !== null);
}

function readFullname(spot: Spot, faults: Faults): string | null {
  const text = textOf(spot, faults);
  if (text === null || /^[\w+-][\w.+-]*(?:\/[\w+-][\w.+-]*){0,3}$/.test(text)) return text;
  faults.add(spot.node.where, `${spot.path} must be a project's full name, such as lab, rpms/bash or forks/bob/lab`);
  return null;
}

function readKeys(spot: Spot, place: NamePlace, faults: Faults): readonly string[] | null {
  const items = itemsOf(spot, faults);
  if (items === null) return null;
  if (items.length === 0 || items.length > MOST_KEYS)
    faults.add(spot.node.where, `${spot.path} must hold one to three keys`);
  return items.map((item) => readSecret(item, place, faults)).filter((key) => key !== null);
}

function readProjectSettings(spot: Spot, faults: Faults): ProjectSettings {
  const entries = entriesOf(spot, PROJECT_SETTING_KEYS, faults);
  const read = (key: string, otherwise: boolean) => {
    const entry = entries?.get(key);
    if (entry === undefined) return otherwise;
    const value = entry.node.kind === 'text' ? flag.read([entry.node.text], { folder: '/', home: '/' }) : undefined;
    if (value === undefined) faults.add(entry.node.where, `${entry.path} must be ${flag.says}`);
    return value ?? otherwise;
  };
  const { allowSha1, checkout } = DEFAULT_PROJECT_SETTINGS;
  return {
    allowSha1: read('allow_sha1', allowSha1),
    checkout: read('checkout', checkout),
    ...readFlagSettings(entries, faults),
    ...(entries?.has('summary_comment') && { summaryComment: read('summary_comment', false) }),
    ...readCommands(entries?.get('commands'), faults),
    ...readTrustSettings(entries, faults),
  };
}

/** What is left out is not kept, so that it follows the default. */
function readFlagSettings(entries: ReadonlyMap<string, Spot> | null, faults: Faults): Partial<ProjectSettings> {
  const [flags, required] = [entries?.get('flags'), entries?.get('required')];
  const word = flags && textOf(flags, faults);
  if (flags && word && word !== 'pipeline' && word !== 'job')
    faults.add(flags.node.where, `${flags.path} must be pipeline or job`);
  const names = required && itemsOf(required, faults)?.map((item) => textOf(item, faults));
  return {
    ...((word === 'pipeline' || word === 'job') && { flags: word }),
    ...(names && { required: names.filter((name) => name !== null) }),
  };
}

/** `'[citest]': /rerun`; checked like one that comes by REST. */
function readCommands(spot: Spot | undefined, faults: Faults): Partial<ProjectSettings> {
  if (spot === undefined) return {};
  const { node, path } = spot;
  if (node.kind !== 'map') {
    faults.add(node.where, `${path} must be a map of words`);
    return {};
  }
  const words = [...node.entries].map(([word, value]) => [word, textOf({ node: value, path: `${path}.word` }, faults)]);
  const commands = Object.fromEntries(words.filter(([, text]) => text !== null)) as Record<string, string>;
  const fault = faultOfWords(commands);
  if (fault !== null) faults.add(node.where, `${path} ${fault}`);
  return { commands };
}

function readPipelines(spot: Spot, place: NamePlace, faults: Faults): readonly DeclaredPipeline[] {
  const pipelines = (itemsOf(spot, faults) ?? [])
    .map((item) => readPipeline(item, place, faults))
    .filter((each) => each !== null);
  const names = pipelines.map((each) => each.name);
  if (new Set(names).size < names.length) faults.add(spot.node.where, `${spot.path} gives one name to two pipelines`);
  return pipelines;
}

function readPipeline(spot: Spot, place: NamePlace, faults: Faults): DeclaredPipeline | null {
  const entries = entriesOf(spot, ['name', 'path'], faults);
  if (entries === null) return null;
  const [name, path] = ['name', 'path'].map((key) => {
    const entry = requiredEntry(entries, key, spot, faults);
    return entry === null ? null : textOf(entry, faults);
  });
  if (!name || !path) return null;
  const text = readText(path, place, LARGEST_PIPELINE);
  if (text === null)
    faults.add(spot.node.where, `${spot.path}.path names no UTF-8 file of at most 512 KiB that can be read`);
  return text === null ? null : { name, path, text };
}

/** Two entries for one project, or one key in two projects: whoever holds it could speak for both. */
function checkUnique(projects: readonly ProjectDeclaration[], faults: Faults): void {
  const names = new Map<string, string>();
  const keys = new Map<string, string>();
  for (const { where, instance, fullname, keys: own } of projects) {
    const name = `${instance} ${fullname}`;
    if (names.has(name)) faults.add(where, `declares a project that ${names.get(name)} declares already`);
    if (own.some((key) => keys.has(key)))
      faults.add(where, `has a key in common with another project; each needs its own`);
    names.set(name, where);
    for (const key of own) keys.set(key, where);
  }
}
