/** `npm run simulate`: plays seeds on every core, and makes what fails short. */
import { parseArgs } from 'node:util';
import { drawHistory } from './history.js';
import { Players } from './players.js';
import { keep, type Kept, kindOf, shrink, whole } from './shrink.js';
import type { Verdict } from './simulate.js';
import { ALL_THEMES, type Theme } from './themes.js';
import { repeatLine, story, totals } from './words.js';
import type { Order } from './worker.js';

const HELP = `npm run simulate -- [--seed S] [--seeds N] [--moves M] [--blows B] [--trace]
  --seed S            the first seed (1)
  --seeds N           how many seeds (100; 1 when a seed is given)
  --moves M           ref moves and the like in each history (30)
  --blows B           crashes and other faults in each history (5)
  --theme NAME        all about one theme: plain, clock, chains, turns, steps or trust
  --trace             print what happened, line by line
  --keep-moves LIST   play only these moves of the seed, by number
  --keep-blows LIST   play only these faults of the seed
`;

/** A play costs about a second: shrinking may take a minute or two. */
const MOST_TRIES = 120;

const OPTIONS = {
  seed: { type: 'string' },
  seeds: { type: 'string' },
  moves: { type: 'string', default: '30' },
  blows: { type: 'string', default: '5' },
  'keep-moves': { type: 'string' },
  'keep-blows': { type: 'string' },
  theme: { type: 'string' },
  trace: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

process.exitCode = await main();

async function main(): Promise<number> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return say(HELP, 0);
  const theme = ALL_THEMES.find((one) => one === values.theme) ?? null;
  if (theme === null && values.theme !== undefined) return say(HELP, 2);
  const size = { moves: Number(values.moves), blows: Number(values.blows), theme };
  const first = Number(values.seed ?? 1);
  const seeds = Number(values.seeds ?? (values.seed === undefined ? 100 : 1));
  if ([size.moves, size.blows, first, seeds].some((number) => !Number.isSafeInteger(number) || number < 0))
    return say(HELP, 2);
  const history = drawHistory(first, size, theme);
  const keptMoves = indices(values['keep-moves'], history.moves.length);
  const keptBlows = indices(values['keep-blows'], history.blows.length);
  const isPart = values['keep-moves'] !== undefined || values['keep-blows'] !== undefined;
  const kept = isPart ? { moves: keptMoves, blows: keptBlows } : null;
  const players = await Players.start();
  try {
    return await playAll(players, { first, seeds, size, kept, trace: values.trace });
  } finally {
    players.leave();
  }
}

interface Asked {
  readonly first: number;
  readonly seeds: number;
  readonly size: { readonly moves: number; readonly blows: number; readonly theme: Theme | null };
  readonly kept: Kept | null;
  readonly trace: boolean;
}

async function playAll(players: Players, { first, seeds, size, kept, trace }: Asked): Promise<number> {
  const started = performance.now();
  const verdicts: Verdict[] = [];
  const failed: number[] = [];
  const orders = Array.from({ length: seeds }, (_, at): Order => ({ seed: first + at, ...size, kept }));
  await players.playEach(orders, ({ order, verdict }) => {
    verdicts.push(verdict);
    if (trace) console.log([`seed ${order.seed}`, ...verdict.trace].join('\n'));
    if (verdict.findings.length === 0) return;
    failed.push(order.seed);
    console.log([`seed ${order.seed}:`, ...verdict.findings.map((finding) => `  ${finding}`)].join('\n'));
    console.log(`  ${repeatLine(order.seed, size, kept)}`);
  });
  console.log(`${totals(verdicts, performance.now() - started)}, ${failed.length} seeds with findings`);
  if (kept === null) for (const seed of failed.slice(0, 3)) await makeShort(players, seed, size);
  return failed.length === 0 ? 0 : 1;
}

async function makeShort(players: Players, seed: number, size: Asked['size']): Promise<void> {
  const history = drawHistory(seed, size, size.theme);
  const play = (kept: Kept | null) => players.play({ seed, ...size, kept });
  const [finding] = (await play(null)).findings;
  if (finding === undefined)
    return console.log(`seed ${seed} does not fail a second time: something is not determined`);
  console.log(`making seed ${seed} short: ${finding}`);
  const stillFails = async (kept: Kept) =>
    (await play(kept)).findings.some((found) => kindOf(found) === kindOf(finding));
  const short = await shrink(whole(history), stillFails, MOST_TRIES);
  console.log(
    story(keep(history, short))
      .map((line) => `  ${line}`)
      .join('\n'),
  );
  console.log(`  ${repeatLine(seed, size, short)}`);
}

function indices(text: string | undefined, count: number): readonly number[] {
  if (text === 'none') return [];
  return text === undefined ? [...Array(count).keys()] : text.split(',').map(Number);
}

function say(text: string, code: number): number {
  console.log(text);
  return code;
}
