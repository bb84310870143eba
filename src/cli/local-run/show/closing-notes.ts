/** What steps pointed out and summed up, as a terminal shows it when all is over. Pure. */
import { ANNOTATION_LEVELS, type Annotation } from '../../../model/annotation.js';
import type { Paint } from '../../screen/paint.js';
import { plainLines, plainText } from '../../screen/plain-text.js';
import type { JobRecord, RunRecord, StepRecord } from '../run-record.js';

/** Of each level and step. */
const MOST_SHOWN = 10;
/** Lines of one summary. */
const MOST_LINES = 100;

interface EndedStep {
  readonly job: JobRecord;
  readonly step: StepRecord;
}

/** Summaries first, then what is pointed out; nothing when there is neither. */
export function closingNotes(runs: readonly RunRecord[], paint: Paint): readonly string[] {
  const steps = runs.flatMap(({ jobs }) => jobs.flatMap((job) => job.steps.map((step) => ({ job, step }))));
  return [
    ...steps.flatMap((ended) => summaryOf(ended, paint)),
    ...steps.flatMap((ended) => annotationsOf(ended, paint)),
  ];
}

function summaryOf({ job, step }: EndedStep, paint: Paint): readonly string[] {
  const text = step.end?.summary ?? null;
  if (text === null) return [];
  const lines = plainLines(text).trimEnd().split('\n');
  const rest = lines.length - MOST_LINES;
  const left = rest > 0 ? [paint.faint(`… ${rest} more lines`)] : [];
  return ['', paint.strong(`Summary of ${nameOf({ job, step })}`), ...lines.slice(0, MOST_LINES), ...left];
}

function annotationsOf({ job, step }: EndedStep, paint: Paint): readonly string[] {
  const all = (step.end?.annotations ?? []).filter((one) => !isSaidOfStep(one, step));
  const shown = ANNOTATION_LEVELS.toReversed().flatMap((level) =>
    all.filter((one) => one.level === level).slice(0, MOST_SHOWN),
  );
  if (shown.length === 0) return [];
  const rest = all.length - shown.length;
  const left = rest > 0 ? [paint.faint(`  … ${rest} more`)] : [];
  return ['', paint.strong(nameOf({ job, step })), ...shown.map((one) => annotationLine(one, paint)), ...left];
}

/** The tree says why a step failed. */
function isSaidOfStep({ message, file }: Annotation, { end }: StepRecord): boolean {
  return file === null && [end?.reason, `Process completed with exit code ${end?.exitCode}.`].includes(message);
}

function annotationLine({ level, message, title, file, line, column }: Annotation, paint: Paint): string {
  const place = [file, line, column].filter((part) => part !== null).join(':');
  const said = [file === null ? '' : `${place}:`, title === null ? '' : `${title}:`, message].filter(
    (part) => part !== '',
  );
  const brush = { error: paint.bad, warning: paint.warning, notice: paint.busy }[level];
  return `  ${brush(level)} ${plainText(said.join(' '))}`;
}

function nameOf({ job, step }: EndedStep): string {
  return plainText(`${job.head.planned.name} › ${step.name}`);
}
