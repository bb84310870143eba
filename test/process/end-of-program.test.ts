/** What becomes of processes when this program dies, and when it is not root. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileRooms } from './compiled.js';
import { eventually, isRunning, markOf, scratchFolder, startersUnderTest } from './starters.js';

const [[kind] = ['group']] = await startersUnderTest();

const SERVER = `
import { SystemClock } from './kernel/clock.js';
import { ProcessStarter } from './process/process-starter.js';
const [folder, mark] = process.argv.slice(2);
const starter = await ProcessStarter.detect(folder, new SystemClock());
const text = "env -i setsid bash -c '(setsid sleep " + mark + " < /dev/null > /dev/null 2>&1 &) &'; echo started; sleep " + mark;
const command = { argv: ['bash', '-c', text], cwd: '/tmp', env: { PATH: '/usr/bin:/bin' } };
await starter.start(command, (chunk) => void process.stdout.write(starter.ending.kind + ' ' + chunk));
`;

const ORDINARY_USER = `
import { SystemClock } from './kernel/clock.js';
import { ProcessStarter } from './process/process-starter.js';
import { runToEnd } from './process/run-to-end.js';
const clock = new SystemClock();
const starter = await ProcessStarter.detect(process.argv[2], clock);
const text = "id -u; env -i setsid bash -c '(setsid sleep ${markOf(5302)} < /dev/null > /dev/null 2>&1 &) &'; ls -d /proc/1 | wc -l; exit 7";
const command = { argv: ['bash', '-c', text], cwd: '/tmp', env: { PATH: '/usr/bin:/bin' } };
const limits = { limitBytes: 1000, timeoutMs: 10_000 };
const result = await runToEnd((output) => starter.start(command, output), limits, clock);
console.log(JSON.stringify([starter.ending.kind, result.code, String(result.stdout) + String(result.stderr)]));
starter.close();
`;

const [folder, open] = [scratchFolder(), scratchFolder()];

describe.skipIf(kind === 'group')('where trees are namespaces', () => {
  it('all processes die with this program when it is killed', async () => {
    const mark = markOf(5301);
    const program = compileRooms(folder, ['kernel', 'process'], SERVER);
    const server = spawn(process.execPath, [program, `${folder}/pipes`, mark], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(server.stdout, 'data');
    await eventually(() => isRunning(`sleep\0${mark}`));
    server.kill('SIGKILL');
    await once(server, 'exit');
    await eventually(() => !isRunning(`sleep\0${mark}`));
  });

  it.skipIf(process.getuid?.() !== 0)('a user who is not root gets the same, under the own user id', async () => {
    const program = compileRooms(open, ['kernel', 'process'], ORDINARY_USER);
    chmodSync(open, 0o777);
    const ids = { uid: 65534, gid: 65534 };
    const user = spawn(process.execPath, [program, `${open}/pipes`], {
      ...ids,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(user.stdout, 'data')) as [Buffer];
    expect(JSON.parse(line.toString())).toEqual(['namespace', 7, '65534\n1\n']);
    await eventually(() => !isRunning(markOf(5302)));
  });
});
