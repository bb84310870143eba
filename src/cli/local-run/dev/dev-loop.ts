/** `dev`: watches, lints on save, and runs what changed when a key says so. */
import { Fault, messageOf, type Problem } from '../../../kernel/errors.js';
import { isPipelineName, PIPELINE_FOLDERS } from '../../../model/pipeline-places.js';
import { Desk } from '../../desk.js';
import { printProblems } from '../../local/lint-files.js';
import { Unreadable } from '../../local/source-file.js';
import { plainText } from '../../screen/plain-text.js';
import { EXIT, UsageError } from '../../verb.js';
import { makeEvent } from '../local-event.js';
import { filesOfTree, readFiles, type ReadFiles } from '../local-pipelines.js';
import { openHouse, type OpenHouse, type TreePlace, withFreshPlace } from '../open-house.js';
import { runFiles } from '../run-local.js';
import { readWords, type RunOptions, type RunWords } from '../run-words.js';
import { touchedBy } from './changed-files.js';
import { CTRL_C, CTRL_D, type Keys, readKeys } from './keys.js';
import { watchFiles } from './tree-watch.js';

export type DevOptions = Pick<RunOptions, 'workspace' | 'secret' | 'var' | 'env'>;

/** The exit code, when somebody has ended it. Throws a UsageError. */
export async function watchTree(desk: Desk, options: DevOptions): Promise<number> {
  const words = readWords(desk.call, undefined, options);
  const opened = openHouse(desk, words);
  try {
    return await new DevLoop(desk, words, opened, await opened.place).run();
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    desk.screen.aside(`error: ${plainText(thrown.message)}`);
    return EXIT.error;
  } finally {
    await opened.close();
  }
}

class DevLoop {
  private readonly changed = new Set<string>();
  private readonly over = new AbortController();
  private keys: Keys | null = null;
  /** Aborts what runs; null when nothing does. */
  private running: AbortController | null = null;

  constructor(
    private readonly desk: Desk,
    private readonly words: RunWords,
    private readonly opened: OpenHouse,
    private readonly place: TreePlace,
  ) {}

  async run(): Promise<number> {
    const { call, clock } = this.desk;
    const { folder, tree } = this.place;
    const { git } = await this.opened.house;
    call.interrupted?.addEventListener('abort', () => this.stop());
    if (call.interrupted?.aborted) return EXIT.done;
    const unwatch = await watchFiles({
      ...{ folder, clock, git: tree.root === null ? null : git },
      onChange: (paths) => this.take(paths),
      onError: (error) => this.say(error),
    });
    try {
      this.keys = readKeys(call.streams.stdin, (key) => this.press(key));
      await this.lint();
      this.tellKeys();
      await this.ended();
    } finally {
      this.keys?.end();
      await unwatch();
    }
    return EXIT.done;
  }

  private ended(): Promise<void> {
    const { signal } = this.over;
    // A pending timer keeps the program alive where no terminal does.
    return this.desk.clock.sleep(2 ** 31 - 2, signal);
  }

  private press(key: string): void {
    if (this.running !== null) {
      if (key === CTRL_C || key === 'q') this.running.abort();
      return;
    }
    if (key === 'q' || key === CTRL_C || key === CTRL_D) return this.over.abort();
    if (key === 'r') this.start(() => this.touched());
    if (key === 'a') this.start(() => Promise.resolve(null));
    if (key === 'l') void this.lint().then(() => this.tellKeys());
  }

  /** Ctrl-C where no terminal gives it as a key. */
  private stop(): void {
    this.running?.abort();
    this.over.abort();
  }

  /** What changes while jobs run counts for the next time. */
  private take(paths: readonly string[]): void {
    for (const path of paths) this.changed.add(path);
    const { screen } = this.desk;
    if (this.running !== null) return;
    screen.aside(screen.paint.faint(`changed: ${shownPaths(paths)}`));
    const saved = paths.some(
      (path) => isPipelineName(path) && PIPELINE_FOLDERS.some((folder) => path.startsWith(`${folder}/`)),
    );
    void (saved ? this.lint() : Promise.resolve()).then(() => this.tellKeys());
  }

  private async lint(): Promise<void> {
    const { screen } = this.desk;
    const { pipelines, problems } = await this.read();
    printProblems(screen, problems);
    const count = `${pipelines.length} ${pipelines.length === 1 ? 'pipeline' : 'pipelines'}`;
    if (problems.length === 0) screen.aside(screen.paint.good(`${count}: no problem`));
  }

  /** A folder that is emptied, and a file that goes away, is no end. */
  private async read(): Promise<ReadFiles> {
    const { call, screen } = this.desk;
    const { folder } = this.place;
    try {
      return await readFiles(call, await filesOfTree(call, folder), folder);
    } catch (error) {
      if (!(error instanceof UsageError) && !(error instanceof Unreadable)) throw error;
      screen.aside(screen.paint.warning(plainText(error.message)));
      return { pipelines: [], problems: [] satisfies Problem[] };
    }
  }

  /** Names of the files to run. */
  private async touched(): Promise<readonly string[]> {
    const { pipelines } = await this.read();
    const event = makeEvent({ name: 'push', given: null, env: this.desk.call.env, ...this.place });
    return touchedBy([...this.changed], pipelines, event);
  }

  private start(choose: () => Promise<readonly string[] | null>): void {
    this.running = new AbortController();
    void this.runChosen(choose, this.running.signal)
      .catch((error: unknown) => this.say(error))
      .then(() => {
        this.running = null;
        this.tellKeys();
      });
  }

  private async runChosen(choose: () => Promise<readonly string[] | null>, interrupted: AbortSignal): Promise<void> {
    const { desk, words, opened } = this;
    const files = await choose();
    if (files?.length === 0) return desk.screen.aside('Nothing that changed would start a pipeline.');
    this.changed.clear();
    const inner = new Desk({ ...desk.call, interrupted }, desk.clock);
    await runFiles(inner, files, { words, opened: withFreshPlace(opened, this.place.folder) });
  }

  private say(error: unknown): void {
    const { screen } = this.desk;
    screen.aside(screen.paint.bad(`error: ${plainText(messageOf(error))}`));
  }

  private tellKeys(): void {
    if (this.keys === null || this.running !== null || this.over.signal.aborted) return;
    const { screen } = this.desk;
    const { size } = this.changed;
    const what = size === 0 ? 'r run what changed' : `r run what changed (${size} ${size === 1 ? 'file' : 'files'})`;
    screen.line(screen.paint.faint([what, 'a run all', 'l lint', 'q quit'].join(' · ')));
  }
}

function shownPaths(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).map(plainText).join(', ');
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown;
}
