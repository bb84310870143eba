/** Times and durations as people read them. All of a page are UTC. */
import { isoTime } from '../../kernel/clock.js';
import { type Html, html } from './html.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `24 Nov 2026, 12:00:03 UTC`. */
export function shownTime(timeMs: number): Html {
  const iso = isoTime(timeMs);
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number);
  return html`<time datetime="${iso}">${day ?? ''} ${MONTHS[(month ?? 1) - 1] ?? ''} ${year ?? ''}, ${clockTime(timeMs)} UTC</time>`;
}

/** `12:00:03`. */
export function clockTime(timeMs: number): string {
  return isoTime(timeMs).slice(11, 19);
}

/** `0.4 s`, `12 s`, `2 min 14 s`, `1 h 5 min`, `3 d 4 h`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** What has a begin and perhaps an end. */
export interface Span {
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

/** How long it took, or has taken until now; null for what never started. */
export function took({ startedAt, finishedAt }: Span, nowMs: number): string | null {
  return startedAt === null ? null : duration((finishedAt ?? nowMs) - startedAt);
}
