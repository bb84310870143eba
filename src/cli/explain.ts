/** Prints what explains a run or an event. */
import type { RunExplanationAnswer } from './api/answers.js';
import type { AskOptions, Desk } from './desk.js';
import { shortCommit, shortRef } from './list-options.js';
import type { Paint } from './screen/paint.js';
import { jsonLine, plainText } from './screen/plain-text.js';

export async function explainRunTo(desk: Desk, id: number, options: AskOptions): Promise<void> {
  const { screen } = desk;
  const { api } = await desk.connect(options);
  const answer = await api.explainRun(id);
  if (options.json) return screen.line(jsonLine(answer));
  for (const line of runLines(answer, screen.paint)) screen.line(line);
}

export async function explainEventTo(desk: Desk, id: number, options: AskOptions): Promise<void> {
  const { screen } = desk;
  const { api } = await desk.connect(options);
  const answer = await api.explainEvent(id);
  if (options.json) return screen.line(jsonLine(answer));
  screen.line(plainText(answer.says));
  for (const { says } of answer.pipelines) screen.line(`  ${plainText(says)}`);
  if (answer.more > 0) screen.line(screen.paint.faint(`  and ${answer.more} more`));
}

function runLines(answer: RunExplanationAnswer, paint: Paint): readonly string[] {
  const { run, says, alsoFailed, problems, next, shortened } = answer;
  const name = paint.name(`${plainText(run.pipeline)} #${run.number}`);
  const where = [plainText(run.project), shortRef(run.ref), shortCommit(run.commit)].filter((part) => part !== '');
  return [
    `${name}  ${plainText(says)}`,
    paint.faint(`${where.join('  ')}  ${plainText(run.title)}`),
    ...failureLines(answer.failure, paint),
    ...titled(paint, 'Also failed', alsoFailed),
    ...titled(paint, 'Wrong with the pipeline', problems),
    ...sinceLines(answer.since, paint),
    ...titled(paint, 'Next', next),
    ...(shortened ? ['', paint.faint('More was left out: see runs show and logs.')] : []),
  ];
}

function failureLines(failure: RunExplanationAnswer['failure'], paint: Paint): readonly string[] {
  if (failure === null) return [];
  const { job, step, error, annotations } = failure;
  const place = step === null ? plainText(job.name) : `${plainText(job.name)} › ${step.number} ${plainText(step.name)}`;
  const code = step?.exitCode ?? null;
  const why = code === null ? plainText(job.reason ?? '') : `exit code ${code}`;
  const lines = (error?.lines ?? []).map((text, at) => {
    const number = (error?.firstLine ?? 1) + at;
    const shown = `${String(number).padStart(6)}  ${plainText(text)}`;
    return number === error?.errorLine ? paint.bad(shown) : shown;
  });
  const notes = annotations.map(({ level, place: at, message }) =>
    plainText(`${level}: ${at === null ? '' : `${at}: `}${message}`),
  );
  return ['', `${place}${why === '' ? '' : `: ${why}`}`, ...lines, ...titled(paint, 'It points out', notes)];
}

function sinceLines(since: RunExplanationAnswer['since'], paint: Paint): readonly string[] {
  if (since === null) return [];
  const { run, note, commits, commitCount, files, fileCount } = since;
  const head =
    run === null ? 'Since it last passed' : `Since run ${run.id} (#${run.number}, ${shortCommit(run.commit)})`;
  const lines = [
    ...(note === null ? [] : [note]),
    ...commits.map(({ commit, author, title }) => `${commit.slice(0, 10)} ${title} (${author})`),
    ...more(commitCount - commits.length, 'commit'),
    ...files,
    ...more(fileCount - files.length, 'file'),
  ];
  return titled(paint, head, lines);
}

function more(count: number, noun: string): readonly string[] {
  return count > 0 ? [`and ${count} more ${noun}${count === 1 ? '' : 's'}`] : [];
}

function titled(paint: Paint, title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', paint.name(title), ...lines.map((line) => `  ${plainText(line)}`)];
}
