/**
 * simple-git CVE-2026-28292: its check for dangerous options and protocols could be passed by another case of letters. Here
 * our own allow-list refuses before any git is started, so nothing depends on that check.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Egress } from '../../src/egress/egress.js';
import { systemLookup } from '../../src/egress/system-lookup.js';
import { MirrorGit } from '../../src/git/mirror-git.js';
import { realPath } from '../../src/git/real-path.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { Refusal } from '../../src/kernel/errors.js';
import type { Command } from '../../src/process/running-process.js';
import { commitFiles, GitWorld, sourceOf } from '../git/git-world.js';

const MAIN = 'refs/heads/main';
const world = new GitWorld();
const canary = join(world.folder, 'canary');
const argumentLog = join(world.folder, 'arguments');
const started: Command[] = [];

/** A `git` on PATH that notes each of its arguments on a line of its own, then is git. */
function notingGit(): string {
  const folder = join(world.folder, 'bin');
  mkdirSync(folder);
  const real = process.env['PATH'] ?? '';
  const script = `#!/bin/sh\nprintf '%s\\n' "$@" >>'${argumentLog}'\nPATH='${real}' exec git "$@"\n`;
  writeFileSync(join(folder, 'git'), script);
  chmodSync(join(folder, 'git'), 0o755);
  return `${folder}:${real}`;
}

const git = new MirrorGit({
  root: world.mirrors,
  baseEnv: { PATH: notingGit() },
  egress: new Egress({ allow: ['127.0.0.1'], fileRoot: world.forge }, { lookup: systemLookup, realPath }),
  start: (command, output) => (started.push(command), world.start(command, output)),
  clock: new SystemClock(),
  fetchTimeoutMs: 60_000,
  mostBytes: 1024 ** 3,
});

let commit = '';
beforeAll(async () => {
  const forge = world.repository('lab');
  commit = commitFiles(forge, MAIN, { a: 'a' });
  await git.fetch(sourceOf(forge));
});
beforeEach(() => {
  started.length = 0;
  writeFileSync(argumentLog, '');
});
afterAll(() => world.close());

function notedArguments(): string[] {
  return readFileSync(argumentLog, 'utf8').split('\n');
}

/** Every text in its own spelling, in lower, in upper and in alternating case. */
function inAllCases(texts: readonly string[]): string[] {
  const alternating = (text: string) => [...text].map((c, i) => (i % 2 ? c.toUpperCase() : c.toLowerCase())).join('');
  return [...new Set(texts.flatMap((text) => [text, text.toLowerCase(), text.toUpperCase(), alternating(text)]))];
}

const RUN = `touch ${canary}`;

const URLS = inAllCases([
  `ext::sh -c ${RUN.replaceAll(' ', '% ')}`,
  `ext::${RUN}`,
  'fd::17/x',
  'testgit::/x',
  `--upload-pack=${RUN}`,
  `--upload-pack ${RUN}`,
  `-u${RUN}`,
  `--config=core.sshCommand=${RUN}`,
  `-c protocol.ext.allow=always`,
  `--receive-pack=${RUN}`,
  `--exec=${RUN}`,
  `--template=${world.folder}`,
  `ssh://-oProxyCommand=${RUN.replace(' ', '%20')}/x`,
  'ssh://git@127.0.0.1/x.git',
  'git@127.0.0.1:x.git',
  'git://127.0.0.1/x.git',
  'git+ssh://127.0.0.1/x.git',
  'ftp://127.0.0.1/x.git',
  'http://user:secret@127.0.0.1/x.git',
  'file:///etc/passwd',
  `file://${world.folder}/mirrors/1/1.git`,
  `${world.folder}/mirrors/1/1.git`,
  `http://127.0.0.1/x.git --upload-pack=${RUN}`,
  `http://127.0.0.1/x.git\next::sh`,
]);

const NAMES = [
  `--upload-pack=${RUN}`,
  `--output=${canary}`,
  `-o${canary}`,
  `--exec=${RUN}`,
  `--ext-diff`,
  `-c core.pager=${RUN}`,
  '--all',
  '--help',
  '--batch',
  '--textconv',
  `--format=%(trailers:key=x)`,
  `HEAD --output=${canary}`,
  `main\n--output=${canary}`,
  `refs/heads/main --output=${canary}`,
  `refs/heads/main\0--output=${canary}`,
  'refs/heads/main:a',
  'refs/heads/main^{/x}',
  'refs/heads/main@{1}',
  ':/a',
  '^main',
  'main..',
];

describe('a URL in any case of letters', () => {
  it.each(URLS)('%j is refused before a process is started', async (url) => {
    await expect(git.fetch({ projectId: 1, url, authorization: null })).rejects.toBeInstanceOf(Refusal);
    expect(started).toEqual([]);
    expect(existsSync(canary)).toBe(false);
  });
});

describe('a name in any case of letters', () => {
  it.each(inAllCases(NAMES))('%j is missing, and is given to no git', async (name) => {
    expect(await git.commitOf(1, name)).toBeNull();
    expect(await git.isReachable(1, name, MAIN)).toBe(false);
    expect(await git.isReachable(1, commit, name)).toBe(false);
    expect(await git.commitFacts(1, name)).toBeNull();
    expect(await git.readBlob(1, name, 1_000)).toBeNull();
    expect(await git.listFolder(1, name, '')).toEqual([]);
    expect(await git.changedPaths(1, name, commit, 'two')).toEqual([]);
    expect(await git.changedPaths(1, commit, name, 'three')).toEqual([]);
    expect(await git.newBranchBase(1, name, MAIN)).toBeNull();
    expect(await git.newBranchBase(1, commit, name)).toBeNull();
    expect(notedArguments().filter(Boolean)).toEqual([]);
    expect(existsSync(canary)).toBe(false);
  });

  it.each(NAMES)('%j as a folder or below refs/heads/ is only ever part of an argument', async (name) => {
    expect(await git.listFolder(1, commit, name)).toEqual([]);
    expect(await git.commitOf(1, `refs/heads/${name}`)).toBeNull();
    await git.newBranchBase(1, commit, `refs/heads/${name}`);
    const own = ['--batch-check'];
    const noted = notedArguments().filter((argument) => !own.includes(argument));
    expect(noted.filter((argument) => argument.startsWith(name))).toEqual([]);
    expect(existsSync(canary)).toBe(false);
  });
});

it('the git that notes its arguments is the one that runs', async () => {
  await git.commitOf(1, 'refs/heads/nowhere');
  expect(notedArguments()).toContain('refs/heads/nowhere');
});
