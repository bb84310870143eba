/** Keeps a value among the newest ones of a map, whose oldest are forgotten. */

/** What is kept again counts as new: a map that is kept by reading too forgets what was read longest ago. */
export function keepNewest<Key, Value>(values: Map<Key, Value>, key: Key, value: Value, most: number): void {
  values.delete(key);
  values.set(key, value);
  if (values.size <= most) return;
  for (const oldest of values.keys()) {
    values.delete(oldest);
    return;
  }
}
