/** The stand-in's git behaves as Pagure's own http server does (FACTS §5). */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../store/open-store.js';
import { gitIn, restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { StillClock } from '../kernel/still-clock.js';
import { gitHttpHandler } from './git-http.js';
import { PullRefs } from './pull-refs.js';

const TIP = '561b351ee85cad936499e97d2e293c0a4fd62034';
const run = promisify(execFile);

let server: Server;
let lab: string;
let fork: string;
let folder: string;

beforeEach(async () => {
  folder = temporaryFolder();
  [lab, fork] = [restoreRepository('lab', folder), restoreRepository('forks/bob/lab', folder)];
  const authorize = (path: string, authorization: string | null) => path === '/lab.git' || authorization !== null;
  const handle = gitHttpHandler(folder, { authorize });
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

async function git(...argv: readonly string[]): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
  };
  return run('git', argv, { cwd: folder, env }).then(
    ({ stdout }) => stdout,
    (error: { stderr: string }) => error.stderr,
  );
}

const url = (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}.git`;

it('a commit that is no tip is refused', async () => {
  gitIn(folder, 'init', '--bare', '--quiet', 'clone');
  for (const ref of gitIn(lab, 'for-each-ref', '--format=%(refname)').split('\n')) setRef(lab, ref, null);
  setRef(lab, 'refs/heads/main', TIP);
  const parent = gitIn(lab, 'rev-parse', `${TIP}^`);
  const fetch = (commit: string) => git('--git-dir=clone', 'fetch', '--quiet', url('lab'), commit);
  expect(await fetch(parent)).toContain('does not allow request for unadvertised object');
  expect(await fetch(TIP)).toBe('');
});

it('a private repository is not found, and opens with a header', async () => {
  expect(await git('ls-remote', url('forks/bob/lab'))).toContain('not found');
  const header = 'http.extraHeader=Authorization: Basic eDp5';
  expect(await git('-c', header, 'ls-remote', url('forks/bob/lab'))).toContain('refs/heads/');
});

it('the ref of a pull-request comes when its delay is over, and moves when it is over again', async () => {
  const clock = new StillClock(0);
  const refs = new PullRefs(clock);
  const heads = gitIn(fork, 'for-each-ref', '--format=%(objectname)', 'refs/recorded').split('\n');
  const shown = async () => (await git('ls-remote', url('lab'), 'refs/pull/77/head')).slice(0, 40);
  for (const [at, commit] of heads.slice(0, 2).entries()) {
    const before = await shown();
    const done = refs.showLater({ repository: lab, source: fork, number: 77, commit }, 5_000);
    clock.advance(4_999);
    expect(await shown()).toBe(at === 0 ? '' : before);
    clock.advance(1);
    await done;
    expect(await shown()).toBe(commit);
  }
});
