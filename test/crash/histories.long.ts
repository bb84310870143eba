/** Histories of the simulated world, lived by the real program: `npm run test:crash`. */
import { afterAll, describe, expect, it } from 'vitest';
import { type Blow, drawHistory, type History } from '../simulation/history.js';
import type { Theme } from '../simulation/themes.js';
import { TRUST_KINDS } from '../simulation/trust-moves.js';
import { live, type LivedFate } from './lived-history.js';

const HISTORIES = process.env['CRASH_SAMPLE'] === undefined ? 50 : 3;
const CRASHES = 2;

/** A commit that git has and cannot read, which a real git does not serve; and what only the model forge can be told. */
const UNREAL: ReadonlySet<string> = new Set(['poison', ...TRUST_KINDS]);

/** Real schedules come once in minutes. */
function lived(theme: Theme): Theme {
  return theme === 'clock' || theme === 'trust' ? 'plain' : theme;
}

/** Something to test from the start on, and what a real program can be told to do: two crashes, at most one stop in order. */
function drawSmall(seed: number): History {
  const { theme, troubledMs, moves, blows } = drawHistory(seed, { moves: 8, blows: 12 });
  const of = (kind: Blow['kind'], most: number) => blows.filter((blow) => blow.kind === kind).slice(0, most);
  const first = { kind: 'commit', atMs: 0, project: 0, branch: 'main' } as const;
  return {
    seed,
    theme: lived(theme),
    troubledMs,
    moves: [first, ...moves.filter(({ kind }) => !UNREAL.has(kind))],
    blows: [...of('crash', CRASHES), ...of('stop', 1)],
  };
}

describe.concurrent('the real program', { timeout: 360_000 }, () => {
  const fates: LivedFate[] = [];
  const seeds = Array.from({ length: HISTORIES }, (_, at) => at + 1);

  it.for(seeds)('lives history %i as the oracle says', async (seed, { onTestFinished }) => {
    const fate = await live(drawSmall(seed), onTestFinished);
    fates.push(fate);
    expect(fate.findings, fate.findings.join('\n')).toEqual([]);
  });

  afterAll(() => {
    const sum = (of: (fate: LivedFate) => number) => fates.reduce((all, fate) => all + of(fate), 0);
    const [crashes, stops] = [sum((fate) => fate.crashes), sum((fate) => fate.stops)];
    const deliveries = sum(({ acknowledged }) => acknowledged);
    console.log(`${fates.length} histories: ${deliveries} deliveries, ${crashes} crashes, ${stops} stops`);
    expect(crashes).toBeGreaterThanOrEqual(fates.length);
  });
});
