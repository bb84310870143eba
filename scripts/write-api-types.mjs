/** Writes the types of the API's clients from the description that the compiled server gives of itself. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { API_TYPES, apiTypes } from './api-types.mjs';

const PROJECT = resolve(import.meta.dirname, '..');
const MAIN = join(PROJECT, 'dist/bin/main.js');

const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-types-'));
try {
  writeFileSync(join(PROJECT, API_TYPES), await apiTypes(await describedByServer()));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function describedByServer() {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    PAGURE_ACTIONS_DATA_DIR: join(folder, 'data'),
    PAGURE_ACTIONS_STATE_DIR: join(folder, 'state'),
    PAGURE_ACTIONS_PORT: '0',
  };
  const server = spawn(process.execPath, [MAIN, 'serve'], { env, cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => server.once('exit', done));
  try {
    const answer = await fetch(`${await addressOf(server)}/api/openapi.json`);
    return await answer.json();
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

/** The server says where it listens when it does. */
async function addressOf(server) {
  for await (const text of createInterface({ input: server.stdout })) {
    const [, url] = /listens at (\S+)/.exec(text) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('the server did not start');
}
