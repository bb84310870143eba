/** Sends signals to processes that may be gone. */

/** A negative target is a group. False when nobody is there to take it. */
export function sendSignal(target: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(target, name);
  } catch {
    return false;
  }
}
