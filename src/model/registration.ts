/** The event that the house makes of a project that is registered or enabled: its pipelines are read before anything is pushed. */
import type { Event } from './event.js';

/** The forge may have a topic of this name too: that of the house has the source `manual`. */
export const REGISTERED = 'registered';

export function isRegistration({ source, topic }: Pick<Event, 'source' | 'topic'>): boolean {
  return source === 'manual' && topic === REGISTERED;
}
