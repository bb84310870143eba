/** Carries out the log commands of one step. */
import { posix } from 'node:path';
import { Fault, messageOf } from '../../kernel/errors.js';
import { LEAST_MASKED } from '../../kernel/mask-patterns.js';
import { MOST_MASK_BYTES, MOST_MASKS } from '../../kernel/masker.js';
import { annotationOf, type FoundIssue } from './annotation-texts.js';
import type { Findings } from './findings.js';
import { type LogCommand, readLogCommand } from './log-command.js';
import { readMatchers, readOwners } from './matcher-file.js';
import type { SharedOutput } from './shared-output.js';
import type { StepLines } from './step-lines.js';

export const COMMANDS = [
  'debug',
  'notice',
  'warning',
  'error',
  'group',
  'endgroup',
  'add-mask',
  'add-matcher',
  'remove-matcher',
  'echo',
  'stop-commands',
  'set-output',
  'save-state',
  'set-env',
  'add-path',
] as const;

type CommandName = (typeof COMMANDS)[number];

/** Names that a stop token may not have although they are no commands here: they are elsewhere. */
const RESERVED_TOKENS = [...COMMANDS, 'pause-logging'];

const MATCHER_FILE_BYTES = 128 * 1024;

export interface StepCommandsParts {
  readonly shared: SharedOutput;
  readonly lines: StepLines;
  readonly findings: Findings;
  /** May a step change the environment by what it prints? `ACTIONS_ALLOW_UNSECURE_COMMANDS`. */
  readonly allowUnsecure: boolean;
}

/** What is wrong with a command; it fails the step. */
class CommandFault extends Error {}

export class StepCommands {
  /** While commands are stopped, the word that resumes them. */
  private stopToken: string | null = null;

  constructor(private readonly parts: StepCommandsParts) {}

  /** The command that a line calls now, or null for an ordinary line. */
  commandIn(line: string): LogCommand | null {
    const command = readLogCommand(line);
    if (command === null) return null;
    if (this.stopToken !== null) return command.name === this.stopToken.toLowerCase() ? command : null;
    return isCommandName(command.name) ? command : null;
  }

  /** @param line as it was printed. Resolves when what it asks for counts. */
  run(command: LogCommand, line: string): void | Promise<void> {
    try {
      const pending = this.carryOut(command, line);
      return pending?.catch((thrown: unknown) => this.failed(line, thrown));
    } catch (thrown) {
      this.failed(line, thrown);
    }
  }

  /** Something that a matcher or a command points out: shown and kept. */
  point(found: FoundIssue, shown: string): void {
    const { shared, lines, findings } = this.parts;
    lines.tagged(found.level, shown);
    if (shared.annotationsLeft === 0) return void (findings.leftOut += 1);
    shared.annotationsLeft -= 1;
    findings.annotations.push(annotationOf(found, shared.session.workspace, (text) => shared.masker.maskText(text)));
  }

  private failed(line: string, thrown: unknown): void {
    if (!(thrown instanceof CommandFault)) throw thrown;
    const name = readLogCommand(line)?.name ?? '';
    const fault = `the command '${name}' cannot be carried out: ${messageOf(thrown)}`;
    this.point({ level: 'error', message: fault }, fault);
    this.parts.findings.faults.push(fault);
  }

  private carryOut(command: LogCommand, line: string): void | Promise<void> {
    const { lines, shared } = this.parts;
    if (this.stopToken !== null || command.name === 'stop-commands') return this.stopOrResume(command, line);
    const { echo } = shared;
    const pending = this.act(command.name as CommandName, command);
    if (echo && isEchoed(command.name)) lines.say(line.trimStart());
    return pending;
  }

  private stopOrResume({ data }: LogCommand, line: string): void {
    if (this.stopToken !== null) {
      this.stopToken = null;
    } else {
      const token = data.trim();
      if (!/^\S+$/.test(token) || RESERVED_TOKENS.includes(token.toLowerCase()))
        throw new CommandFault('its token must be a word of its own, which no command has as its name');
      this.stopToken = token;
    }
    this.parts.lines.say(line.trimStart());
  }

  private act(name: CommandName, { properties, data }: LogCommand): void | Promise<void> {
    const { lines, shared, findings } = this.parts;
    switch (name) {
      case 'debug':
        return shared.debug ? lines.tagged('debug', data) : undefined;
      case 'notice':
      case 'warning':
      case 'error':
        return this.point(issueOf(name, properties, data), data);
      case 'group':
      case 'endgroup':
        return lines.tagged(name, name === 'group' ? data : '');
      case 'add-mask':
        return this.addMask(data);
      case 'add-matcher':
        return this.addMatchers(data);
      case 'remove-matcher':
        return this.removeMatchers(properties.get('owner') ?? '', data);
      case 'echo':
        return this.setEcho(data);
      case 'set-output':
        return void findings.outputs.push([required(properties, 'name'), data]);
      case 'save-state':
        return void findings.state.push([required(properties, 'name'), data]);
      case 'set-env':
        this.checkUnsecure();
        return void findings.env.push([required(properties, 'name'), data]);
      case 'add-path':
        this.checkUnsecure();
        if (data.trim() === '') throw new CommandFault('it names no folder');
        return void findings.paths.push(data);
      case 'stop-commands':
        return undefined;
    }
  }

  private addMask(value: string): void {
    const { shared, lines } = this.parts;
    if (value.trim() === '') return lines.tagged('warning', 'add-mask: nothing is masked by an empty value');
    switch (shared.masker.add(value)) {
      case 'too-short':
        return lines.tagged('warning', `add-mask: masked values under ${LEAST_MASKED} characters are not masked`);
      case 'too-many':
        throw new CommandFault(`a job may mask ${MOST_MASKS} values of ${MOST_MASK_BYTES} bytes in all`);
      case 'masked':
        if (shared.echo) lines.say('::add-mask::***');
    }
  }

  private async addMatchers(file: string): Promise<void> {
    const { shared, lines } = this.parts;
    const { matchers, refused } = this.readFile(await this.matcherFile(file), readMatchers);
    const added = matchers.filter((matcher) => {
      const isAdded = shared.matchers.add(matcher);
      if (!isAdded) lines.tagged('warning', `The problem matcher '${matcher.owner}' is not used: there are too many.`);
      return isAdded;
    });
    for (const reason of refused) lines.tagged('warning', `The problem matcher ${reason}; it is not used.`);
    if (shared.debug && added.length > 0)
      lines.tagged('debug', `Problem matchers added: ${added.map(({ owner }) => owner).join(', ')}`);
  }

  private removeMatchers(owner: string, file: string): void | Promise<void> {
    const { matchers } = this.parts.shared;
    if ((owner === '') === (file.trim() === '')) throw new CommandFault('it needs either an owner or a file');
    if (owner !== '') return matchers.remove(owner);
    return this.matcherFile(file).then((text) => {
      for (const each of this.readFile(text, readOwners)) matchers.remove(each);
    });
  }

  /** Through the executor: it lies where the job may write. */
  private async matcherFile(file: string): Promise<string> {
    const { session } = this.parts.shared;
    if (file.trim() === '') throw new CommandFault('it names no file');
    const path = posix.resolve(session.workspace, file.trim());
    const bytes = await session.read(path, MATCHER_FILE_BYTES + 1).catch((thrown: unknown) => {
      if (thrown instanceof Fault) throw new CommandFault(thrown.message);
      throw thrown;
    });
    if (bytes === null) throw new CommandFault(`there is no file ${path}`);
    if (bytes.length > MATCHER_FILE_BYTES) throw new CommandFault(`${path} is larger than ${MATCHER_FILE_BYTES} bytes`);
    return bytes.toString('utf8');
  }

  private readFile<T>(text: string, read: (text: string) => T): T {
    try {
      return read(text);
    } catch (thrown) {
      throw new CommandFault(`its file cannot be used: ${messageOf(thrown)}`);
    }
  }

  private setEcho(data: string): void {
    const word = data.trim().toLowerCase();
    if (word !== 'on' && word !== 'off') throw new CommandFault("it takes 'on' or 'off'");
    this.parts.shared.echo = word === 'on';
  }

  private checkUnsecure(): void {
    if (this.parts.allowUnsecure) return;
    throw new CommandFault(
      'it is disabled; write to the file that GITHUB_ENV or GITHUB_PATH names, or set ACTIONS_ALLOW_UNSECURE_COMMANDS to true',
    );
  }
}

export function isCommandName(name: string): name is CommandName {
  return COMMANDS.some((command) => command === name);
}

/** What is shown in another form anyway, or must not be shown. */
function isEchoed(name: string): boolean {
  return !['debug', 'notice', 'warning', 'error', 'group', 'endgroup', 'add-mask'].includes(name);
}

function required(properties: LogCommand['properties'], name: string): string {
  const value = properties.get(name) ?? '';
  if (value === '') throw new CommandFault(`it needs the property '${name}'`);
  return value;
}

function issueOf(level: FoundIssue['level'], properties: LogCommand['properties'], message: string): FoundIssue {
  return {
    level,
    message,
    title: properties.get('title'),
    file: properties.get('file'),
    line: properties.get('line'),
    endLine: properties.get('endline'),
    column: properties.get('col') ?? properties.get('column'),
    endColumn: properties.get('endcolumn'),
  };
}
