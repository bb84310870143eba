/** One set-up at a time in one folder: a file that names the process at work. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './say.mjs';

const LOOK_AGAIN_MS = 200;

/** Waits for its turn, runs `work`, gives the turn back. A lock whose process is gone counts as free. */
export async function withLock(project, work) {
  const path = join(project, '.cache', 'set-up.lock');
  mkdirSync(join(project, '.cache'), { recursive: true });
  await takeTurn(path);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

async function takeTurn(path) {
  let told = false;
  while (!tryTake(path)) {
    const owner = ownerOf(path);
    if (owner !== null && !isAlive(owner)) dropDeadLock(path, owner);
    else {
      if (!told) say(`another set-up is at work here (process ${owner ?? 'unknown'}), waiting for it`);
      told = true;
      await sleep(LOOK_AGAIN_MS);
    }
  }
}

/** The lock appears with its content in one step: a file is written aside, then linked. */
function tryTake(path) {
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, String(process.pid));
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Null when it is gone by now. */
function ownerOf(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Moves the lock aside first: if somebody took it over between the look and the move, it is put back. */
function dropDeadLock(path, deadOwner) {
  const aside = `${path}.dead.${process.pid}`;
  try {
    renameSync(path, aside);
    if (ownerOf(aside) !== deadOwner) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
