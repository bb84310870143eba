/** The log of the server: JSON lines for programs, short lines for a terminal, no secrets in either. */
import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import type { LogLevel } from './config/settings-table.js';
import { type Clock, isoTime } from './kernel/clock.js';
import { redact } from './redact.js';

/** One answered request; `route` is its pattern, never what somebody sent. */
export interface RequestLine {
  readonly request: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

export interface LogOptions {
  readonly stream: { write(text: string): unknown };
  readonly isTerminal: boolean;
  readonly level: LogLevel;
  readonly clock: Clock;
}

/** What Nest says of its own start is of interest to developers alone. */
const OF_THE_FRAMEWORK = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);
/** Asked all the time by machines. */
const BY_MACHINES = new Set(['/healthz', '/readyz', '/metrics']);
const ERROR = 50;
const METADATA = Symbol.for('pino.metadata');

/** Nest's logger, and the line of each request. Lines of one turn of the event loop are written together. */
export class HouseLog implements LoggerService {
  private readonly pino: Logger;
  private readonly destination = new Destination((line, level) => this.take(line, level));
  private lines: string[] = [];

  constructor(private readonly options: LogOptions) {
    const timestamp = () => `,"time":"${isoTime(options.clock.now())}"`;
    const formatters = { level: (level: string) => ({ level }) };
    this.pino = pino({ level: options.level, base: null, timestamp, formatters }, this.destination);
  }

  log(message: unknown, context?: string): void {
    this.pino[OF_THE_FRAMEWORK.has(context ?? '') ? 'debug' : 'info']({ context }, textOf(message));
  }

  debug(message: unknown, context?: string): void {
    this.pino.debug({ context }, textOf(message));
  }

  verbose(message: unknown, context?: string): void {
    this.debug(message, context);
  }

  warn(message: unknown, context?: string): void {
    this.pino.warn({ context }, textOf(message));
  }

  /** As Nest calls it: the stack, where there is one, comes before the context. */
  error(message: unknown, ...rest: readonly unknown[]): void {
    const [stack, context] = rest.length > 1 ? rest : [stackOf(message), rest[0]];
    this.pino.error({ context, stack }, textOf(message));
  }

  fatal(message: unknown, ...rest: readonly unknown[]): void {
    this.error(message, ...rest);
  }

  request(line: RequestLine): void {
    if (line.status >= 500) this.pino.error(line, 'request');
    else this.pino[BY_MACHINES.has(line.route) ? 'debug' : 'info'](line, 'request');
  }

  /** Writes what waits; at the end of the program. */
  flush(): void {
    const text = this.lines.join('');
    this.lines = [];
    if (text !== '') this.options.stream.write(text);
  }

  private take(line: string, level: number): void {
    this.lines.push(redact(this.options.isTerminal ? forPeople(JSON.parse(line) as Entry) : line));
    if (level >= ERROR) this.flush();
    else if (this.lines.length === 1) void this.options.clock.nextTurn().then(() => this.flush());
  }
}

/** Pino tells the level of a line to a stream that asks for it by this symbol. */
class Destination {
  readonly [METADATA] = true;
  lastLevel = 0;

  constructor(private readonly take: (line: string, level: number) => void) {}

  write(line: string): void {
    this.take(line, this.lastLevel);
  }
}

interface Entry extends Partial<RequestLine> {
  readonly level: string;
  readonly time: string;
  readonly msg: string;
  readonly context?: string;
  readonly stack?: string;
}

/** No control character of anybody reaches a terminal. */
function forPeople(entry: Entry): string {
  const { level, time, msg, context, stack, method, route, status, ms, request } = entry;
  const told = method === undefined ? msg : `${method} ${route} ${status} ${ms} ms [${request}]`;
  const head = `${time.slice(11, 19)} ${level.toUpperCase().padEnd(5)} ${context === undefined ? '' : `${context}: `}`;
  const lines = [`${head}${told}`, ...(stack?.split('\n') ?? [])];
  return lines.map((line) => `${line.replace(/\p{C}/gu, '\ufffd')}\n`).join('');
}

function textOf(message: unknown): string {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : (JSON.stringify(message) ?? String(message));
}

/** With the causes. */
function stackOf(message: unknown): string | undefined {
  if (!(message instanceof Error)) return undefined;
  const cause = stackOf(message.cause);
  return `${message.stack ?? message.message}${cause === undefined ? '' : `\ncaused by ${cause}`}`;
}
