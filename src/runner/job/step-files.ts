/** The files of one step in the job's temp folder: its script, and the command files that it may write to. */
import type { Session } from '../../executor/executor.js';
import type { Env } from './environment.js';
import { readPairs, readPaths } from './command-file.js';

/** Bytes of a command file that are read; a step that writes more fails. */
const LIMIT_BYTES = 4 * 1024 * 1024;

const FILES = {
  GITHUB_ENV: 'env',
  GITHUB_OUTPUT: 'output',
  GITHUB_PATH: 'path',
  GITHUB_STATE: 'state',
  GITHUB_STEP_SUMMARY: 'summary',
} as const;

export interface StepCommands {
  readonly env: readonly (readonly [string, string])[];
  readonly outputs: readonly (readonly [string, string])[];
  readonly paths: readonly string[];
  /** Each makes the step fail. */
  readonly faults: readonly string[];
}

/** Fresh for each step, named by its number. */
export class StepFiles {
  constructor(
    private readonly session: Session,
    private readonly number: number,
  ) {}

  /** Paths by the names under which steps find them. */
  get names(): Env {
    return Object.fromEntries(Object.keys(FILES).map((name) => [name, this.path(name as keyof typeof FILES)]));
  }

  /** Makes the command files, empty. Throws a Fault. */
  async make(): Promise<void> {
    await Promise.all(Object.values(this.names).map((path) => this.session.put(path, '')));
  }

  /** Writes the script and returns its path. Throws a Fault. */
  async putScript(text: string, extension: string): Promise<string> {
    const path = `${this.session.temp}/step-${this.number}${extension}`;
    await this.session.put(path, text, 0o700);
    return path;
  }

  /** What the step has written, also when it failed; a file that is no regular file any more says nothing. */
  async read(): Promise<StepCommands> {
    const faults: string[] = [];
    const [env, outputs, paths] = await Promise.all([
      this.pairs('GITHUB_ENV', faults),
      this.pairs('GITHUB_OUTPUT', faults),
      this.text('GITHUB_PATH', faults).then(readPaths),
    ]);
    return { env, outputs, paths, faults };
  }

  private path(name: keyof typeof FILES): string {
    return `${this.session.temp}/step-${this.number}-${FILES[name]}`;
  }

  private async pairs(name: keyof typeof FILES, faults: string[]): Promise<StepCommands['env']> {
    const { pairs, fault } = readPairs(await this.text(name, faults));
    if (fault !== null) faults.push(`${name}: ${fault}`);
    return pairs;
  }

  private async text(name: keyof typeof FILES, faults: string[]): Promise<string> {
    const bytes = await this.session.read(this.path(name), LIMIT_BYTES + 1);
    if (bytes === null || bytes.length <= LIMIT_BYTES) return bytes?.toString('utf8') ?? '';
    faults.push(`${name}: more than ${LIMIT_BYTES} bytes were written to it`);
    return '';
  }
}
