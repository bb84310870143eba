/** `serve`: the server. Opens the world, composes the house, listens, and drains when it is told to stop. */
import { createServer } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Verb, VerbStreams } from './cli/verb.js';
import { SettingsError } from './config/faults.js';
import type { RunningSettings } from './config/running-settings.js';
import { readSettings, type ServerSettings, type Settings } from './config/settings.js';
import { SERVER_SETTINGS } from './config/settings-table.js';
import { keepFirstToken, openMasterKey, prepareDataFolder } from './config/start-files.js';
import { createApp } from './create-app.js';
import { greeting, ownUrl } from './greeting.js';
import { HouseLog } from './house-log.js';
import { SystemClock } from './kernel/clock.js';
import { Refusal } from './kernel/errors.js';
import { SystemRandom } from './kernel/random.js';
import { type OpenedWorld, openWorld, type OpenWorldOptions } from './open-world.js';
import { ApplyDeclared } from './projects/apply-declared.js';
import { FirstToken } from './projects/first-token.js';
import { Projects } from './store/projects.js';

/** 0: stopped in order. 2: a setting is wrong, or the data folder is in use. */
const EXIT = { stopped: 0, refused: 2 } as const;

/** Opens what the house stands on. */
export type OpenWorld = (options: OpenWorldOptions) => Promise<OpenedWorld>;

/** Resolves when the program was told to stop (SIGTERM, SIGINT) and has drained. */
export const serve: Verb = serveIn(openWorld);

/** The verb in a world of one's choice. */
export function serveIn(open: OpenWorld): Verb {
  return async ({ args, env, cwd, streams }) => {
    if (args.some((arg) => arg === '--help' || arg === '-h')) return help(streams);
    try {
      const house = await openHouse(readSettings({ args, env, cwd }), { open, env, streams });
      await toldToStop();
      streams.stdout.write('Stopping: no new jobs; what runs may end within the drain time.\n');
      await house.close();
      return EXIT.stopped;
    } catch (error) {
      if (!(error instanceof SettingsError) && !(error instanceof Refusal)) throw error;
      streams.stderr.write(`${error.message}\n`);
      return EXIT.refused;
    }
  };
}

interface Surroundings {
  readonly open: OpenWorld;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly streams: VerbStreams;
}

async function openHouse(settings: Settings, { open, env, streams }: Surroundings) {
  const log = openLog(settings.server, streams);
  prepareDataFolder(settings);
  const masterKey = openMasterKey(settings, new SystemRandom());
  const running = await runningSettings(settings.server);
  const onWait = () =>
    streams.stdout.write(`Another pagure-actions works in ${running.dataDir}: waiting for its end.\n`);
  const onError = (error: unknown) => log.error(error);
  const opened = await open({ settings: running, masterKey, env, onError, onWait });
  const app = await createApp(opened.world, log, (line) => log.request(line));
  await refuseOtherMasterKey(app, running);
  await defineProjects(app, settings);
  const tokenLine = await firstToken(app, settings, streams);
  await app.listen(running.port, running.address);
  streams.stdout.write([...greeting(running, opened.world.executors.describe()), ...tokenLine, ''].join('\n'));
  return {
    close: async () => {
      const stopWaitingForGit = opened.world.clock.after(running.drainMs, () => opened.git.stop());
      await app.close();
      stopWaitingForGit();
      await opened.close();
      log.flush();
    },
  };
}

/** On standard error: what the server says to people who start it stands on standard output. */
function openLog({ logLevel: level }: ServerSettings, { stderr: stream }: VerbStreams): HouseLog {
  return new HouseLog({ stream, isTerminal: isTerminal(stream), level, clock: new SystemClock() });
}

/** Every option, from the one table of settings. */
function help(streams: VerbStreams): number {
  const rows = Object.values(SERVER_SETTINGS).filter(({ option }) => option !== null);
  const lines = rows.map(({ option, fallbackSays, description }) => {
    const otherwise = fallbackSays.replaceAll('`', '');
    return `  --${String(option).padEnd(22)} ${description.replaceAll('`', '')} Default: ${otherwise}.`;
  });
  const file = `  --${'config FILE'.padEnd(22)} The configuration file. Default: pagure-actions.yml, where there is one.`;
  streams.stdout.write(['usage: pagure-actions serve [options]', '', file, ...lines, ''].join('\n'));
  return EXIT.stopped;
}

/** With another one the door would know no key: each delivery would be lost. */
async function refuseOtherMasterKey(app: NestFastifyApplication, { dataDir }: RunningSettings): Promise<void> {
  if (await app.get(Projects).isUnderThisMasterKey()) return;
  const message = `it opens none of the keys and tokens in ${dataDir}: they were sealed under another one, give that`;
  throw new SettingsError([{ where: 'master key', message }]);
}

/** What the file declares stands before the first delivery comes. */
async function defineProjects(app: NestFastifyApplication, { file, projects }: Settings): Promise<void> {
  await app.get(ApplyDeclared).apply(file ?? '', projects);
}

/** TRUST.md §6: to a terminal or a private file, never into a journal. */
async function firstToken(app: NestFastifyApplication, settings: Settings, streams: VerbStreams): Promise<string[]> {
  const lines: string[] = [];
  await app.get(FirstToken).ensure((text) => {
    if (isTerminal(streams.stdout)) lines.push(`The first API token, shown once: ${text}`);
    else lines.push(`The first API token is in ${keepFirstToken(settings, text, new SystemRandom())}`);
  });
  return lines;
}

/** A port of 0 means any free one; the public URL is made of where we listen when nobody gave one. */
async function runningSettings(server: ServerSettings): Promise<RunningSettings> {
  const port = server.port === 0 ? await freePort(server.address) : server.port;
  return { ...server, port, publicUrl: server.publicUrl ?? ownUrl({ ...server, port }) };
}

function freePort(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, address, () => {
      const bound = probe.address();
      probe.close(() => resolve(typeof bound === 'object' && bound ? bound.port : 0));
    });
  });
}

/** A second signal ends the program at once: a crash is safe. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.once(name, () => {
        process.once(name, () => process.exit(130));
        resolve();
      });
    }
  });
}

function isTerminal(stream: NodeJS.WritableStream): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}
