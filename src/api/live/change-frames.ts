/** Changes as server-sent events (WHATWG HTML, 9.2): what stands in the stream, byte for byte. */
import { isoTime } from '../../kernel/clock.js';
import type { Json } from '../../kernel/json.js';
import { type Change, formatPlace, type Place } from '../../model/change.js';

/** How soon a reader comes back that follows the standard. */
const RETRY_MS = 2_000;

/** The first frame: whoever is cut off before any other goes on from here. */
export function openingFrame(place: Place): string {
  return `retry: ${RETRY_MS}\nid: ${formatPlace(place)}\n\n`;
}

/** Nothing has happened: keeps the connection open, and moves the place past changes that are none of the reader's. */
export function quietFrame(place: Place): string {
  return `: nothing new\nid: ${formatPlace(place)}\n\n`;
}

/** Changes were lost to this reader: read anew what is shown. What follows is what comes after this frame. */
export function gapFrame(place: Place): string {
  return frame('gap', place, JSON.stringify({ continuesAt: formatPlace(place) }));
}

/** Makes each change's text once, for all readers. */
export class ChangeFrames {
  private readonly texts = new WeakMap<Change, string>();

  /** @param place behind the change, on the way of this reader. */
  of(change: Change, place: Place): string {
    const known = this.texts.get(change);
    const text = known ?? JSON.stringify(changeData(change));
    if (known === undefined) this.texts.set(change, text);
    return frame(change.kind, place, text);
  }
}

function frame(name: string, place: Place, data: string): string {
  return `event: ${name}\nid: ${formatPlace(place)}\ndata: ${data}\n\n`;
}

function changeData({ what, id, projectId, runId, state }: Change): Json {
  const told = Object.entries(state).map(([name, value]) => [name, toldValue(name, value)] as const);
  return { change: what, id, projectId, runId, ...Object.fromEntries(told) };
}

function toldValue(name: string, value: Json): Json {
  return name.endsWith('At') && typeof value === 'number' ? isoTime(value) : value;
}
