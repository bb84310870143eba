/** Text from outside in `run`: it is a variable or a refusal, never code. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderScript } from '../../src/pipeline/index.js';
import { scopeOf, scopeWithEvent } from './samples.js';

const T = '${{ github.event.title }}';
const HOSTILE = [
  '"; touch pwned; "',
  "'; touch pwned; '",
  '$(touch pwned)',
  '`touch pwned`',
  'x\ntouch pwned\n',
  'a[$(touch pwned)]',
  '\\"; touch pwned; #',
  '\'"; touch pwned #',
  '${x:-$(touch pwned)}',
  '&& touch pwned',
  '| touch pwned',
  "$'\\n'touch pwned",
  '-e touch pwned;',
];

/** Each is a script with the hole in one place. */
const PLACES: readonly string[] = [
  `echo ${T}`,
  `echo "${T}"`,
  `echo '${T}'`,
  `echo x${T}y "a ${T} b" 'c ${T}'`,
  `TITLE=${T}\necho "$TITLE"`,
  `TITLE="${T}" env`,
  `export TITLE="${T}"`,
  `export ${T}`,
  `cat <<EOF\n${T} and $(echo "${T}")\nEOF`,
  `cat <<'EOF'\n${T}\nEOF`,
  `cat <<-EOF\n\t${T}\n\tEOF\necho ${T}`,
  `echo $(echo "${T}")`,
  `echo "$(echo ${T} '${T}')"`,
  `echo \`echo ${T}\``,
  `echo "\${x:-${T}}"`,
  `# ${T}\nls`,
  `if [ "${T}" = x ]; then echo ${T}; fi`,
  `[[ "${T}" == a* ]] && ls`,
  `[[ "${T}" -eq 1 ]] && ls`,
  `[[ -v ${T} ]]`,
  `test -v "${T}"`,
  `${T}`,
  `$(${T})`,
  `echo $((1 + ${T}))`,
  `(( x = ${T} ))`,
  `a[${T}]=1`,
  `echo $'${T}'`,
  `echo \\${T}`,
  `echo $${T}`,
  `bash -c "echo ${T}"`,
  `eval echo "${T}"`,
  `echo "${T}" | bash`,
  `{ echo "${T}"; } | sh`,
  `for i in 1; do echo "${T}"; done | /bin/sh`,
  `cat <<EOF | sh\n${T}\nEOF`,
  `bash <(echo "${T}")`,
  `printf -v x "${T}"`,
  `case "${T}" in a) ls;; *) echo "${T}";; esac`,
  `for x in ${T}; do echo "$x"; done`,
  `f() { echo "${T}"; }; f`,
  `declare -i n="${T}"`,
  `let "n=${T}"`,
  `read "${T}" <<< x`,
  `PATH="${T}" ls`,
  `echo x > "/dev/null"; echo ${T} 2>&1`,
  `sed "s/x/${T}/" <<< x`,
  `(echo ${T}) && echo ok`,
  `(echo ${T}) | bash`,
];

describe('renderScript', () => {
  it('pastes harmless text from outside and everything of ours', () => {
    expect(renderScript(`echo ${T} \${{ github.sha }}`, 'bash', scopeWithEvent({ title: 'v1.0 fix' }))).toMatchObject({
      script: `echo v1.0 fix ${'a'.repeat(40)}`,
      env: {},
    });
    const scope = scopeOf({ env: { CMD: 'npm test && npm run x' } });
    expect(renderScript('${{ env.CMD }}', 'bash', scope)).toMatchObject({ script: 'npm test && npm run x' });
  });

  it('turns outside text into a variable with the quotes of its place', () => {
    const script = renderScript(`echo ${T} "${T}" '${T}'`, 'bash', scopeWithEvent({ title: 'a "b"' }));
    expect(script).toEqual({
      kind: 'script',
      script: `echo "\${UNTRUSTED_TEXT_1}" "\${UNTRUSTED_TEXT_2}" ''"\${UNTRUSTED_TEXT_3}"''`,
      env: { UNTRUSTED_TEXT_1: 'a "b"', UNTRUSTED_TEXT_2: 'a "b"', UNTRUSTED_TEXT_3: 'a "b"' },
    });
  });

  it('follows outside text through variables and outputs', () => {
    const title = '"; touch pwned; "';
    const scope = scopeWithEvent({ title }, { env: { T: `x ${title}` }, steps: { a: { outputs: { t: title } } } });
    expect(renderScript('echo "${{ env.T }}" "${{ steps.a.outputs.t }}"', 'bash', scope)).toMatchObject({
      env: { UNTRUSTED_TEXT_1: `x ${title}`, UNTRUSTED_TEXT_2: title },
    });
  });

  it('refuses outside text in the script of another program and says how to write it', () => {
    const answer = renderScript(`print("${T}")`, 'other', scopeWithEvent({ title: 'a"b' }));
    expect(answer).toMatchObject({ kind: 'refused', reason: expect.stringContaining('env: {TEXT:') as string });
  });

  it('refuses several lines on their way into a command file', () => {
    const run = `echo "A=${T}" >> "$GITHUB_ENV"`;
    expect(renderScript(run, 'bash', scopeWithEvent({ title: 'a\nBASH_ENV=x' })).kind).toBe('refused');
    expect(renderScript(run, 'bash', scopeWithEvent({ title: 'a "b"' })).kind).toBe('script');
  });

  it('TRUST 7.5: no hostile text in any place runs anything', () => {
    const folder = mkdtempSync(join(tmpdir(), 'script-'));
    let rendered = 0;
    for (const place of PLACES) {
      for (const title of HOSTILE) {
        const answer = renderScript(place, 'bash', scopeWithEvent({ title }));
        if (answer.kind === 'refused') continue;
        rendered += 1;
        runQuietly(answer.script, answer.env, folder);
      }
    }
    expect(readdirSync(folder)).toEqual([]);
    expect(rendered).toBeGreaterThan(200);
  });

  it('shows the text unchanged where it is quoted', () => {
    const title = 'a "b" $(c) `d` \'e\' \\f\n*g';
    for (const place of [`printf %s ${T}`, `printf %s "${T}"`, `printf %s '${T}'`, `printf %s "$(printf %s ${T})"`]) {
      const answer = renderScript(place, 'sh', scopeWithEvent({ title }));
      if (answer.kind !== 'script') throw new Error(answer.reason);
      expect(execFileSync('sh', ['-c', answer.script], { env: answer.env }).toString()).toBe(title);
    }
  });
});

function runQuietly(script: string, env: Readonly<Record<string, string>>, cwd: string): void {
  try {
    execFileSync('bash', ['-c', script], {
      cwd,
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: 'ignore',
      timeout: 5000,
    });
  } catch {
    // A script that fails is as good as one that passes: only what it leaves behind counts.
  }
}
