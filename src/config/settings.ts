/** The one validated `Settings`: options, environment, `pagure-actions.yml` and what it names, read together, all faults at once. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { Faults } from './faults.js';
import { readText } from './named-files.js';
import { type ProjectDeclaration, readProjects } from './project-declarations.js';
import { CONFIG_OPTION, readOptions, readServerValues } from './server-values.js';
import type { LogLevel, ServerValues } from './settings-table.js';
import { type Spot, entriesOf } from './tree-reader.js';
import { readYamlTree } from './yaml-tree.js';

/** Settings of the server; times in milliseconds, sizes in bytes, paths absolute. */
export interface ServerSettings {
  readonly dataDir: string;
  readonly stateDir: string;
  readonly address: string;
  readonly port: number;
  /** Without trailing slash; null: to be made of the address and the port that is listened on. */
  readonly publicUrl: string | null;
  /** Lower-case hosts (without port) under which requests may ask for this server. */
  readonly allowedHosts: readonly string[];
  readonly slots: number;
  readonly drainMs: number;
  readonly hostSharesEverything: boolean;
  readonly staleAfterMs: number;
  readonly aheadMs: number;
  readonly mirrorBytes: number;
  readonly logBytes: number;
  /** Absolute paths of Nodes, by the word of an action's `using`. */
  readonly nodes: Readonly<Record<string, string>>;
  readonly toolCacheMs: number;
  readonly logLevel: LogLevel;
  readonly metricsPublic: boolean;
  readonly egress: { readonly allow: readonly string[]; readonly fileRoot: string | null };
}

/** Holds secrets: never log it. */
export interface Settings {
  /** Absolute path of the configuration file, or null when there is none. */
  readonly file: string | null;
  readonly server: ServerSettings;
  readonly projects: readonly ProjectDeclaration[];
  /** Of the environment; null: `openMasterKey` reads or makes the file. */
  readonly masterKey: Buffer | null;
}

/** `args` are the options after the verb: `--config FILE` and one for each setting. */
export interface SettingsInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly args: readonly string[];
}

const FILE_NAME = 'pagure-actions.yml';
const FILE_VARIABLE = 'PAGURE_ACTIONS_CONFIG';
const LARGEST_FILE = 4 * 1024 * 1024;

/** Throws one SettingsError that names every fault. */
export function readSettings({ env, cwd, args }: SettingsInput): Settings {
  const faults = new Faults();
  const home = homeOf(env);
  const options = readOptions(args, faults);
  const file = findFile(options.get(CONFIG_OPTION)?.at(-1) ?? env[FILE_VARIABLE], cwd);
  const folder = file === null ? cwd : dirname(file);
  const parts = file === null ? null : readFile(file, faults);
  const sources = { options, env, origin: { folder: cwd, home }, fileOrigin: { folder, home } };
  const values = readServerValues({ server: parts?.get('server') ?? null, ...sources }, faults);
  const projects = parts?.get('projects');
  const declared = projects === undefined ? [] : readProjects(projects, { folder, env }, faults);
  const stateDir = values.stateDir === null ? usualStateDir(env, home) : values.stateDir;
  checkFolders(values.dataDir, stateDir, faults);
  faults.throwIfAny();
  const whole = { ...values, stateDir } as ServerValues & { stateDir: string };
  return { file, server: toServer(whole), projects: declared, masterKey: whole.masterKey };
}

function homeOf(env: SettingsInput['env']): string {
  return env.HOME !== undefined && isAbsolute(env.HOME) ? env.HOME : homedir();
}

function findFile(named: string | undefined, cwd: string): string | null {
  if (named !== undefined) return resolve(cwd, named);
  const usual = join(cwd, FILE_NAME);
  return existsSync(usual) ? usual : null;
}

/** The file's two parts, by key; null when nothing can be read from it. */
function readFile(file: string, faults: Faults): ReadonlyMap<string, Spot> | null {
  const text = readText(file, { folder: '/', env: {} }, LARGEST_FILE);
  if (text === null) faults.add(basename(file), 'is no UTF-8 file of at most 4 MiB that can be read');
  const tree = text === null ? null : readYamlTree(text, basename(file), faults);
  if (tree === null || tree.kind === 'nothing') return null;
  return entriesOf({ node: tree, path: '' }, ['server', 'projects'], faults);
}

function toServer(values: ServerValues & { stateDir: string }): ServerSettings {
  const { egressAllow, egressFileRoot, masterKey: _, nodes, ...plain } = values;
  const egress = { allow: egressAllow, fileRoot: egressFileRoot };
  return { ...plain, allowedHosts: allHosts(values), nodes: nodesByWord(nodes), egress };
}

function nodesByWord(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

/** XDG Base Directory Specification: a relative path in the variable is to be ignored. */
function usualStateDir(env: SettingsInput['env'], home: string): string {
  const states = env.XDG_STATE_HOME;
  return join(states !== undefined && isAbsolute(states) ? states : join(home, '.local', 'state'), 'pagure-actions');
}

function allHosts({ allowedHosts, publicUrl, address }: ServerValues): readonly string[] {
  const own = [address.includes(':') ? `[${address}]` : address, 'localhost', '127.0.0.1', '[::1]'];
  const published = publicUrl === null ? [] : [new URL(publicUrl).hostname];
  return [...new Set([...allowedHosts, ...published, ...own].map((host) => host.toLowerCase()))];
}

function checkFolders(dataDir: string | undefined, stateDir: string | undefined, faults: Faults): void {
  if (dataDir === undefined || stateDir === undefined || !`${stateDir}/`.startsWith(`${dataDir}/`)) return;
  faults.add('server', 'state_dir must not lie inside data_dir: a copy of the data would hold the key to it');
}
