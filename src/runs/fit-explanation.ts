/**
 * Keeps an explanation within 2,000 tokens, whoever wrote what is in it: pure. Tokens are bounded by weight: an ASCII
 * character counts 1 and three make a token (English and code come to about four); a byte of any other character counts 3, as no
 * tokenizer makes more than one token of a byte. Each part has its share of the 6,000, so that none crowds out another.
 */
import { printedLine } from '../kernel/terminal-text.js';
import { oneLine } from '../kernel/one-line.js';
import type { EventExplanation, RunExplanation } from '../model/explanation.js';

export const MOST_TOKENS = 2_000;
const WEIGHT_OF_TOKEN = 3;

/** Shares of the 6,000; names and what stands between them take the rest. */
const SHARE = { line: 330, error: 2_000, notes: 500, problems: 400, also: 150, commits: 600, files: 350, next: 400 };
/** What JSON puts around one item of a list. */
const FRAME = 8;

/** Of JSON text, upper bound in thirds of a token. */
export function weightOf(text: string): number {
  let weight = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    weight += code < 0x80 ? 1 : WEIGHT_OF_TOKEN * (code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
  }
  return weight;
}

/** Every text in it becomes one line; what is left out is said by `shortened`. */
export function fitExplanation(whole: RunExplanation): RunExplanation {
  const { run, failure, since } = whole;
  const also = firsts(
    whole.alsoFailed.map((name) => line(name, 100)),
    SHARE.also,
  );
  const problems = firsts(
    whole.problems.map((text) => line(text, SHARE.line)),
    SHARE.problems,
  );
  const next = firsts(
    whole.next.map((text) => line(text, 400)),
    SHARE.next,
  );
  const error = failure?.error ? fitError(failure.error) : null;
  const notes = firsts(
    (failure?.annotations ?? []).map(({ level, place, message }) => ({
      level,
      place: place === null ? null : line(place, 120),
      message: line(message, SHARE.line),
    })),
    SHARE.notes,
  );
  const commits = firsts(
    (since?.commits ?? []).map(({ commit, author, title }) => ({
      commit: commit.slice(0, 12),
      author: line(author, 60),
      title: line(title, 150),
    })),
    SHARE.commits,
  );
  const files = firsts(
    (since?.files ?? []).map((path) => line(path, 150)),
    SHARE.files,
  );
  const kept: RunExplanation = {
    says: line(whole.says, SHARE.line),
    run: {
      ...run,
      pipeline: line(run.pipeline, 100),
      project: line(run.project, 150),
      ref: run.ref === null ? null : line(run.ref, 150),
      title: line(run.title, 150),
    },
    failure: failure && {
      job: {
        ...failure.job,
        name: line(failure.job.name, 120),
        reason: failure.job.reason === null ? null : line(failure.job.reason, 200),
      },
      step: failure.step && { ...failure.step, name: line(failure.step.name, 150) },
      error,
      annotations: notes,
    },
    alsoFailed: also,
    problems,
    since: since && { ...since, note: since.note === null ? null : line(since.note, 200), commits, files },
    next,
    shortened: false,
  };
  const isShort =
    also.length < whole.alsoFailed.length ||
    problems.length < whole.problems.length ||
    notes.length < (failure?.annotations.length ?? 0) ||
    (error?.lines.length ?? 0) < (failure?.error?.lines.length ?? 0) ||
    commits.length < (since?.commitCount ?? 0) ||
    files.length < (since?.fileCount ?? 0);
  return { ...kept, shortened: isShort };
}

/** The same for an event. */
export function fitEvent({ says, pipelines, more, command }: EventExplanation): EventExplanation {
  const lines = pipelines.map((one) => ({
    ...one,
    pipeline: line(one.pipeline, 100),
    says: line(one.says, SHARE.line),
  }));
  const shown = command && {
    ...command,
    text: line(command.text, 200),
    author: line(command.author, 100),
    outcome: command.outcome === null ? null : line(command.outcome, 300),
  };
  const kept = firsts(
    lines,
    MOST_TOKENS * WEIGHT_OF_TOKEN - 600 - (shown === null ? 0 : costOf(JSON.stringify(shown))),
  );
  return { says: line(says, 400), pipelines: kept, more: more + lines.length - kept.length, command: shown };
}

/** From the error outwards, so that what is next to it stays. */
function fitError({ firstLine, errorLine, lines }: NonNullable<NonNullable<RunExplanation['failure']>['error']>) {
  const at = errorLine - firstLine;
  const shown = lines.map((text, place) => cutTo(printedLine(text), place === at ? 600 : 240));
  let [from, to, left] = [at, at + 1, SHARE.error - costOf(shown[at] ?? '')];
  for (const place of outwards(at, lines.length)) {
    const isNext = place === from - 1 || place === to;
    if (!isNext || costOf(shown[place] ?? '') > left) continue;
    left -= costOf(shown[place] ?? '');
    if (place < from) from = place;
    else to = place + 1;
  }
  return { firstLine: firstLine + from, errorLine, lines: shown.slice(from, to) };
}

function outwards(at: number, count: number): readonly number[] {
  const steps = Array.from({ length: count }, (_, step) => [at - step - 1, at + step + 1]).flat();
  return steps.filter((place) => place >= 0 && place < count);
}

/** As many of the first as there is room for. */
function firsts<T>(items: readonly T[], room: number): readonly T[] {
  let left = room;
  const end = items.findIndex((item) => (left -= costOf(item)) < 0);
  return end < 0 ? items : items.slice(0, end);
}

function costOf(item: unknown): number {
  return weightOf(JSON.stringify(item)) + FRAME;
}

function line(text: string, most: number): string {
  return cutTo(oneLine(text, most), most);
}

/** Cut visibly, never within a character. Quotes and backslashes become two characters in JSON. */
function cutTo(text: string, most: number): string {
  if (weightOf(JSON.stringify(text)) <= most) return text;
  let [kept, left] = ['', most - 12];
  for (const letter of text) {
    left -= weightOf(JSON.stringify(letter)) - 2;
    if (left < 0) break;
    kept += letter;
  }
  return `${kept}…`;
}
