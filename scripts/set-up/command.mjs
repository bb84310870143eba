/** Runs a command quietly: its output is shown only when it fails. */
import { spawn } from 'node:child_process';
import { SetUpError, say } from './say.mjs';

const STILL_AT_IT_MS = 20_000;
const KEPT_OUTPUT = 16_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Resolves when it has ended well, else throws a SetUpError with the end of its output. Ends it when this process is told to end. */
export async function runQuietly({ what, argv, cwd, env = process.env }) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const reminder = setInterval(() => say(`  still at it after ${seconds()} s`), STILL_AT_IT_MS);
  say(what);
  const { code, output } = await outcomeOf({ argv, cwd, env }).finally(() => clearInterval(reminder));
  if (code !== 0) throw new SetUpError(`${output.trimEnd()}\n\`${argv.join(' ')}\` failed (exit code ${code}).`);
  say(`  done in ${seconds()} s`);
}

/** Exit code (1 for a signal) and the end of what it printed. */
export function outcomeOf({ argv, cwd, env = process.env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(argv[0], argv.slice(1), { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const stop = (signal) => endGroup(child.pid, signal);
    for (const signal of SIGNALS) process.once(signal, stop);
    let output = '';
    const take = (bytes) => (output = (output + bytes).slice(-KEPT_OUTPUT));
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (cause) => reject(new SetUpError(`${argv[0]} could not be started: ${cause.message}`)));
    child.on('close', (code) => {
      for (const signal of SIGNALS) process.off(signal, stop);
      resolve({ code: code ?? 1, output });
    });
  });
}

function endGroup(pid, signal) {
  process.kill(-pid, signal);
  process.exit(1);
}
