/** The files of one step in the job's temp folder: its script, and the command files that it may write to. */
import type { Session } from '../../executor/executor.js';
import type { Env } from './environment.js';
import { readPairs, readPaths } from './command-file.js';
import type { Exported } from './exports.js';

/** Bytes of a command file that are read; a step that writes more fails. */
const LIMIT_BYTES = 4 * 1024 * 1024;

/** Bytes of a summary; a longer one is dropped, and the step goes on. */
export const SUMMARY_BYTES = 1024 * 1024;

const FILES = {
  GITHUB_ENV: 'env',
  GITHUB_OUTPUT: 'output',
  GITHUB_PATH: 'path',
  GITHUB_STATE: 'state',
  GITHUB_STEP_SUMMARY: 'summary',
} as const;

/** How many a step needs. */
export const COMMAND_FILES = Object.keys(FILES).length;

type CommandFile = keyof typeof FILES;

export interface WrittenCommands extends Exported {
  readonly outputs: readonly (readonly [string, string])[];
  /** For the `post` of the same action. */
  readonly state: readonly (readonly [string, string])[];
  /** Markdown, or null. */
  readonly summary: string | null;
  /** Said in the log; the step goes on. */
  readonly complaints: readonly string[];
  /** Each makes the step fail. */
  readonly faults: readonly string[];
}

/** Fresh for each step, named by its label. */
export class StepFiles {
  constructor(
    private readonly session: Session,
    private readonly label: string,
  ) {}

  /** Paths by the names under which steps find them. */
  get names(): Env {
    return Object.fromEntries(Object.keys(FILES).map((name) => [name, this.path(name as CommandFile)]));
  }

  /** Makes the command files, empty. Throws a Fault. */
  async make(): Promise<void> {
    await Promise.all(Object.values(this.names).map((path) => this.session.put(path, '')));
  }

  /** Writes the script and returns its path. Throws a Fault. */
  async putScript(text: string, extension: string): Promise<string> {
    const path = `${this.session.temp}/step-${this.label}${extension}`;
    await this.session.put(path, text, 0o700);
    return path;
  }

  /** What the step has written, also when it failed; a file that is no regular file any more says nothing. */
  async read(): Promise<WrittenCommands> {
    const faults: string[] = [];
    const complaints: string[] = [];
    const [env, outputs, state, paths, summary] = await Promise.all([
      this.pairs('GITHUB_ENV', faults),
      this.pairs('GITHUB_OUTPUT', faults),
      this.pairs('GITHUB_STATE', faults),
      this.text('GITHUB_PATH', faults).then(readPaths),
      this.summary(complaints),
    ]);
    const allowed = env.filter(([name]) => name.toUpperCase() !== 'NODE_OPTIONS');
    if (allowed.length < env.length) complaints.push('NODE_OPTIONS cannot be set through GITHUB_ENV.');
    return { env: allowed, outputs, state, paths, summary, complaints, faults };
  }

  private path(name: CommandFile): string {
    return `${this.session.temp}/step-${this.label}-${FILES[name]}`;
  }

  private async pairs(name: CommandFile, faults: string[]): Promise<readonly (readonly [string, string])[]> {
    const { pairs, fault } = readPairs(await this.text(name, faults));
    if (fault !== null) faults.push(`${name}: ${fault}`);
    return pairs;
  }

  private async text(name: CommandFile, faults: string[]): Promise<string> {
    const bytes = await this.session.read(this.path(name), LIMIT_BYTES + 1);
    if (bytes === null || bytes.length <= LIMIT_BYTES) return bytes?.toString('utf8') ?? '';
    faults.push(`${name}: more than ${LIMIT_BYTES} bytes were written to it`);
    return '';
  }

  private async summary(complaints: string[]): Promise<string | null> {
    const bytes = await this.session.read(this.path('GITHUB_STEP_SUMMARY'), SUMMARY_BYTES + 1);
    if (bytes === null || bytes.length === 0) return null;
    if (bytes.length <= SUMMARY_BYTES) return bytes.toString('utf8').replace(/^\uFEFF/, '');
    complaints.push(`The step's summary is longer than ${SUMMARY_BYTES} bytes: it is dropped.`);
    return null;
  }
}
