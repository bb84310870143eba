/** Watches whether the memory of the door grows with the deliveries that it has taken. */
import type { Field } from './field.js';
import { table } from './statistics.js';

const STRIDE = 20_000;

/** Prints the megabytes after each 20,000 deliveries. */
export async function watchMemory(field: Field, deliveries: number): Promise<void> {
  const rows = [['deliveries', 'memory, MB', 'deliveries/s']];
  for (let taken = 0; taken < deliveries;) {
    const burst = { connections: 32, deliveries: Math.min(STRIDE, deliveries - taken), seconds: 600 };
    const { answered, perSecond } = await field.burst('door', burst);
    taken += answered;
    rows.push([String(taken), field.server('door').memoryMb().toFixed(0), perSecond.toFixed(0)]);
  }
  console.log(table(rows));
}
