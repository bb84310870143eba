/** What the server of a simulated world is told, and where its files live. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { RunningSettings } from '../../src/config/running-settings.js';

/** When every history begins. */
export const START_MS = Date.UTC(2026, 10, 1);

export const PUBLIC_URL = 'http://ci.example.org';
/** What is further in the future is stored and starts nothing. */
export const AHEAD_MS = 600_000;

export const SETTINGS: RunningSettings = {
  dataDir: '/nowhere',
  stateDir: '/nowhere-state',
  address: '127.0.0.1',
  port: 0,
  publicUrl: PUBLIC_URL,
  allowedHosts: ['ci.example.org'],
  slots: 3,
  drainMs: 5_000,
  hostSharesEverything: true,
  staleAfterMs: 7 * 24 * 3_600_000,
  aheadMs: AHEAD_MS,
  mirrorBytes: 16 * 1024 ** 3,
  logBytes: 1024 * 1024,
  egress: { allow: [], fileRoot: null },
  logLevel: 'info',
  metricsPublic: false,
  nodes: {},
  toolCacheMs: 90 * 86_400_000,
};

/** Where files live in memory; what is synced is shown elsewhere. */
export function memoryFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}
