/** Histories and findings as people read them, and as the line that repeats them. */
import type { Blow, History, Move } from './history.js';
import type { Kept } from './shrink.js';
import type { Verdict } from './simulate.js';
import type { Theme } from './themes.js';

/** One line per move and blow, in the order of their times. */
export function story({ theme, moves, blows }: History): readonly string[] {
  const lines = [
    ...moves.map((move) => ({ atMs: move.atMs, text: moveWords(move) })),
    ...blows.map((blow) => ({ atMs: blow.kind === 'trouble' ? blow.window.fromMs : blow.atMs, text: blowWords(blow) })),
  ];
  const told = lines.sort((one, other) => one.atMs - other.atMs).map(({ atMs, text }) => `${seconds(atMs)}  ${text}`);
  return theme === 'plain' ? told : [`a history about ${theme}`, ...told];
}

/** The command that plays it again, exactly. */
export function repeatLine(
  seed: number,
  { moves, blows, theme = null }: { readonly moves: number; readonly blows: number; readonly theme?: Theme | null },
  kept: Kept | null,
): string {
  const about = theme === null ? '' : ` --theme ${theme}`;
  const drawn = `npm run simulate -- --seed ${seed} --moves ${moves} --blows ${blows}${about}`;
  return kept === null ? drawn : `${drawn} --keep-moves ${list(kept.moves)} --keep-blows ${list(kept.blows)}`;
}

/** What happened all in all. */
export function totals(verdicts: readonly Pick<Verdict, 'faults' | 'virtualMs' | 'runs'>[], tookMs: number): string {
  const sum = (of: (verdict: (typeof verdicts)[number]) => number) => verdicts.reduce((all, one) => all + of(one), 0);
  const faults = sum(({ faults }) => Object.values(faults).reduce((all, one) => all + one, 0));
  const hours = sum(({ virtualMs }) => virtualMs) / 3_600_000;
  const perSecond = (verdicts.length / tookMs) * 1_000;
  return [
    `${verdicts.length} seeds in ${(tookMs / 1_000).toFixed(1)} s: ${perSecond.toFixed(1)} seeds/s`,
    `${hours.toFixed(1)} virtual hours (${((hours / tookMs) * 1_000).toFixed(2)} per second)`,
    `${faults} faults, ${sum(({ runs }) => runs)} runs`,
  ].join(', ');
}

function moveWords(move: Move): string {
  const { kind, project } = move;
  const where = 'branch' in move && !kind.includes('fork') ? ` of ${move.branch}` : '';
  return `project ${project}: ${kind}${where}${trustWords(move)}`;
}

function trustWords(move: Move): string {
  switch (move.kind) {
    case 'comment':
      return ` ${move.says} by ${move.by}, ${move.way}`;
    case 'approve':
      return ` with ${move.sha} commit`;
    case 'grant':
    case 'revoke':
      return ` ${move.user}`;
    case 'set secret':
      return ` ${move.name} for ${['main', ...move.refs].join(' and ')}`;
    case 'drop secret':
      return ` ${move.name}`;
    default:
      return '';
  }
}

function blowWords(blow: Blow): string {
  const away = blow.kind !== 'trouble' && blow.awayMs > 0 ? `, away for ${seconds(blow.awayMs).trim()}` : '';
  if (blow.kind === 'crash') return `the server crashes, ${blow.places} places later${away}`;
  if (blow.kind === 'stop') return `the server is stopped in order and started again${away}`;
  const { kind, forMs, skewMs } = blow.window;
  const skew = kind === 'clock wrong' ? ` by ${skewMs > 0 ? '+1' : '-1'} day` : '';
  return `${kind}${skew} for ${seconds(forMs).trim()}`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`.padStart(9);
}

function list(indices: readonly number[]): string {
  return indices.length === 0 ? 'none' : indices.join(',');
}
