/** What must be true of deliveries that came with a key which the house did not have yet: each becomes an event, once. */
import { count, type Rows, type Seen } from './rows.js';
import type { TroubleKind } from './trouble.js';
import { START_MS } from './world-settings.js';

/** From its answer until it is on disk. */
const KEEPING_MS = 20_000;
const DISK: readonly TroubleKind[] = ['disk full', 'disk broken'];

export function wrongQuarantine(seen: Seen, rows: Rows): readonly string[] {
  if (seen.history.theme !== 'trust') return [];
  return [...storedTwice(seen, rows), ...heldBack(seen), ...vanished(seen, rows)];
}

/** Each body under an id is one delivery, however often it comes. */
function storedTwice({ bodies }: Seen, { deliveries }: Rows): readonly string[] {
  const counted = count(deliveries.map(({ msgId }) => msgId));
  return [...counted]
    .filter(([msgId, times]) => times > (bodies?.get(msgId)?.size ?? 0))
    .map(([msgId, times]) => `${msgId} is stored ${times} times`);
}

function heldBack({ kept = [] }: Seen): readonly string[] {
  return kept.filter(({ fits }) => fits).map(({ msgId }) => `${msgId} fits a key and is held back`);
}

/** Stored, or held back until somebody tells its key. What is answered and not kept yet is lost with the house or its disk. */
function vanished(seen: Seen, { deliveries }: Rows): readonly string[] {
  const stored = new Set(deliveries.map(({ msgId }) => msgId));
  const kept = new Set(seen.kept?.map(({ msgId }) => msgId));
  const lost = (seen.unread ?? []).filter(({ message, atMs }) => {
    return !stored.has(message.id) && !kept.has(message.id) && !mayBeLost(seen, atMs);
  });
  return lost.map(({ message }) => `${message.id} fitted no key and is gone`);
}

function mayBeLost({ history, endedAtMs = [] }: Seen, atMs: number): boolean {
  const isIn = (fromMs: number, toMs: number) => fromMs <= atMs + KEEPING_MS && atMs <= toMs;
  const isDisk = history.blows.some((blow) => {
    if (blow.kind !== 'trouble' || !DISK.includes(blow.window.kind)) return false;
    const fromMs = START_MS + blow.window.fromMs;
    return isIn(fromMs, fromMs + blow.window.forMs);
  });
  return isDisk || endedAtMs.some((endMs) => isIn(endMs, endMs));
}
