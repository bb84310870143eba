/** The lines of one step, read out of a log in which other steps stand between them. */
import type { StepLines } from '../blobs.js';
import { offsetAt, RECORD_BYTES, stepAt } from './line-index.js';
import type { OpenedLog } from './opened-log.js';
import { BLOCK_LINES, type StepBlock } from './step-lines.js';

/** What is read at once, also where the step has only some of it. */
const PIECE_BYTES = 256 * 1024;

/** Bytes `[from, to)` of the log. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Only blocks of lines are looked at that hold some of those asked for. */
export async function* readStepLines(log: OpenedLog, asked: StepLines): AsyncGenerator<Buffer> {
  const steps = await log.steps();
  const wanted = { ...asked, to: Math.min(asked.to, steps.sizeOf(asked.step).lines) };
  for (const block of steps.blocksOf(wanted)) {
    for (const near of nearStretches(await stretchesOf(log, block, wanted))) yield* readNear(log, near);
  }
}

/** Where the wanted lines of a block stand; neighbours are one stretch. */
async function stretchesOf(log: OpenedLog, { block, before }: StepBlock, wanted: StepLines): Promise<Stretch[]> {
  const lines = await log.lines();
  const first = block * BLOCK_LINES;
  const records = await log.records(first, Math.min(first + BLOCK_LINES + 1, lines));
  const found: Stretch[] = [];
  let line = before;
  for (let n = 0; n < Math.min(BLOCK_LINES, records.length / RECORD_BYTES) && line < wanted.to; n += 1) {
    if (stepAt(records, n) !== wanted.step) continue;
    if (line++ < wanted.from) continue;
    const from = offsetAt(records, n);
    const to = (n + 1) * RECORD_BYTES < records.length ? offsetAt(records, n + 1) : log.bytes;
    const last = found.at(-1);
    if (last?.to === from) found[found.length - 1] = { from: last.from, to };
    else found.push({ from, to });
  }
  return found;
}

/** Those that are read at once. */
function* nearStretches(stretches: readonly Stretch[]): Generator<readonly Stretch[]> {
  let near: Stretch[] = [];
  for (const one of stretches) {
    if (near[0] !== undefined && one.to - near[0].from > PIECE_BYTES) {
      yield near;
      near = [];
    }
    near.push(one);
  }
  if (near.length > 0) yield near;
}

async function* readNear(log: OpenedLog, near: readonly Stretch[]): AsyncGenerator<Buffer> {
  const [from, to] = [near[0]?.from ?? 0, near.at(-1)?.to ?? 0];
  if (near.length === 1) {
    for (let at = from; at < to; at += PIECE_BYTES) yield await log.read(at, Math.min(to, at + PIECE_BYTES));
    return;
  }
  const bytes = await log.read(from, to);
  yield Buffer.concat(near.map((one) => bytes.subarray(one.from - from, one.to - from)));
}
