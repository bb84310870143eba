/** What the server says when it is there: where it listens, what it is known by, where its data are. */
import type { RunningSettings } from './config/running-settings.js';

type Greeted = Pick<RunningSettings, 'address' | 'port' | 'publicUrl' | 'dataDir' | 'slots'>;

/** Pure: one line each. What the world knows it by may be a proxy's address: both are said then. */
export function greeting(settings: Greeted, executors: readonly string[]): readonly string[] {
  const { publicUrl, dataDir, slots } = settings;
  const own = ownUrl(settings);
  return [
    `pagure-actions listens at ${own}`,
    ...(publicUrl === own ? [] : [`  public     ${publicUrl}`]),
    `  web-hook   ${publicUrl}/hooks/pagure`,
    `  data       ${dataDir}`,
    `  jobs       ${slots} at once`,
    ...executors.map((line) => `  executor   ${line}`),
  ];
}

/** For somebody at this machine. */
export function ownUrl({ address, port }: Pick<RunningSettings, 'address' | 'port'>): string {
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
