/** How scripts are started. */
import { describe, expect, it } from 'vitest';
import { chooseShell, commandLine, splitWords } from '../../src/runner/job/shell.js';

const lineOf = (name: string | null, hasBash = true) => {
  const choice = chooseShell(name, hasBash);
  return choice.kind === 'shell' ? commandLine(choice.shell, '/t/s 1.sh').join(' | ') : choice.reason;
};

describe('the shell of a step', () => {
  it.each([
    [null, 'bash | -e | /t/s 1.sh'],
    ['bash', 'bash | --noprofile | --norc | -e | -o | pipefail | /t/s 1.sh'],
    ['sh', 'sh | -e | /t/s 1.sh'],
    ['python', 'python | /t/s 1.sh'],
    ['pwsh', "pwsh | -command | . '/t/s 1.sh'"],
    ['perl -w "{0}" --', 'perl | -w | /t/s 1.sh | --'],
    ['/opt/my\\ shell {0}', '/opt/my\\ | shell | /t/s 1.sh'],
  ])('%s starts its script as %s', (name, expected) => {
    expect(lineOf(name)).toBe(expected);
  });

  it('is sh where there is no bash and none is named', () => {
    expect(lineOf(null, false)).toBe('sh | -e | /t/s 1.sh');
  });

  it.each(['cmd', 'powershell', 'fish', ''])('cannot be %j', (name) => {
    expect(chooseShell(name, true).kind).toBe('refused');
  });

  it('keeps a path with a dollar sign in it as it is', () => {
    const choice = chooseShell('bash', true);
    expect(choice.kind === 'shell' && commandLine(choice.shell, "/t/$&$'.sh").at(-1)).toBe("/t/$&$'.sh");
  });

  it('knows how scripts of its kind are quoted', () => {
    const kinds = [null, 'bash -x {0}', '/bin/sh {0}', 'python', 'node {0}'].map((name) => chooseShell(name, true));
    expect(kinds.map((choice) => choice.kind === 'shell' && choice.shell.script)).toEqual([
      'bash',
      'bash',
      'sh',
      'other',
      'other',
    ]);
  });

  it('has the words that quotes and blanks give', () => {
    expect(splitWords('a  "b c"d \\"e "f\\"g" ""')).toEqual(['a', 'b cd', '"e', 'f"g', '']);
  });
});
