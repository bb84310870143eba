/** The scripts of the simulated world as real ones: each leaves a line of what it is and when it began, and prints a few. */
import { SCRIPTS, SILENT, type SideEffect } from '../simulation/model-executor.js';
import type { Effect } from './scene.js';

const COMMANDS: Readonly<Record<string, string>> = {
  [SCRIPTS.quick]: 'true',
  [SCRIPTS.fails]: 'false',
  [SCRIPTS.slow]: 'sleep 0.3',
  [SCRIPTS.deploy]: 'sleep 0.3',
  [SCRIPTS.give]: 'echo "made=$(basename "$(dirname "$PWD")")" >> "$GITHUB_OUTPUT"',
  [SCRIPTS.take]: 'true',
  [SCRIPTS.see]: 'true',
  [SCRIPTS.rest]: 'sleep 0.2',
  [SCRIPTS.serve]: 'sleep 30',
  [SCRIPTS.loud]: 'for line in 1 2 3 4 5 6 7 8 9; do echo "line $line of 9"; done',
};

/** A pipeline whose steps say one of those words: the same with scripts that append to the file `effects`. */
export function markScripts(pipeline: string, effects: string): string {
  let steps = 0;
  return pipeline.replace(/^ +- run: (.+)$/gm, (step, word: string) => {
    const command = COMMANDS[word];
    if (command === undefined) return step;
    const what = `${(steps += 1)}/${encodeURIComponent(word)}\${GIVEN:+%20$GIVEN}`;
    const mark = `echo "$GITHUB_SHA $(basename "$(dirname "$PWD")") ${what}/$EPOCHREALTIME" >> '${effects}'`;
    const prints = SILENT.has(word) ? 'true' : `echo 'line 1 of 1'`;
    return `${step.slice(0, -word.length)}|\n          ${mark}\n          ${prints}\n          ${command}`;
  });
}

/** What such a script left, as the oracle knows it. */
export function sideEffect({ attempt: where, step }: Effect): SideEffect {
  const [jobId, attempt] = where.split('-').map(Number);
  const [file = '', script = '', time = ''] = step.split('/');
  return {
    jobId: jobId!,
    attempt: attempt!,
    file,
    script: decodeURIComponent(script),
    atMs: Number(time.replace(',', '.')) * 1_000,
  };
}
