/** What a hostile repository cannot do: keep git busy for ever, or fill the memory with what it says. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ReadGit } from '../../src/git/mirror/read-git.js';
import { Fault } from '../../src/kernel/errors.js';
import { StillClock } from '../kernel/still-clock.js';

/** A git that does what the script says. */
function gitThat(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'slow-git-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'git'), 0o755);
  return `${folder}:${process.env['PATH']}`;
}

async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  const thrown = await promise.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Fault);
  return thrown as Fault;
}

it('a git that takes longer than a minute is ended, and is not asked the same for ever', async () => {
  const clock = new StillClock(0);
  const git = new ReadGit({ PATH: gitThat('exec sleep 1000') }, clock);
  const fault = faultOf(git.text('/nowhere', ['diff-tree', '--numstat', 'a', 'b']));
  clock.advance(60_000);
  expect(await fault).toMatchObject({
    message: 'git diff-tree took longer than 60 s in a mirror and was ended',
    retryable: false,
  });
});

it('a git that says more than 64 MiB is ended', async () => {
  const git = new ReadGit({ PATH: gitThat('exec cat /dev/zero') }, new StillClock(0));
  const fault = await faultOf(git.text('/nowhere', ['diff-tree', '--numstat', 'a', 'b']));
  expect(fault).toMatchObject({
    message: 'git diff-tree said more than 64 MiB in a mirror and was ended',
    retryable: false,
  });
});

it('one that answers in time leaves no timer behind', async () => {
  const clock = new StillClock(0);
  const git = new ReadGit({ PATH: gitThat('echo answer') }, clock);
  expect(await git.text('/nowhere', ['show-ref'])).toBe('answer\n');
  expect(clock.pending).toBe(0);
});
