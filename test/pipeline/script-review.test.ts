/** Ways around the quoting of outside text that a review found: each is refused (TRUST.md §7, number 5). */
import { describe, expect, it } from 'vitest';
import { renderScript, type StepScope } from '../../src/pipeline/index.js';

const scopeOf = (body: string): StepScope => ({
  contexts: { github: { event: { comment: { body } } }, event: {}, pagure: {}, vars: {}, inputs: {} },
  needs: {},
  matrix: {},
  strategy: {},
  env: {},
  steps: {},
  job: {},
  runner: {},
  secrets: {},
  status: 'success',
});

const TEXT = '${{ github.event.comment.body }}';
const render = (script: string, body: string) => renderScript(script, 'bash', scopeOf(body)).kind;

describe('outside text of several lines', () => {
  it.each([
    `{ echo "A=${TEXT}"; } >> "$GITHUB_ENV"`,
    `( echo "A=${TEXT}" ) >> $GITHUB_ENV`,
    `for i in 1; do echo "${TEXT}"; done >> $GITHUB_OUTPUT`,
    `exec >> $GITHUB_ENV\necho "${TEXT}"`,
    `F=$GITHUB_ENV\necho "${TEXT}" >> "$F"`,
  ])('is refused in a script that names a command file: %s', (script) => {
    expect(render(script, 'x\nBASH_ENV=$(id)')).toBe('refused');
  });
});

describe('outside text that some program may take as code', () => {
  it.each([
    `$SHELL -c "echo ${TEXT}"`,
    `"$BASH" -c 'echo ${TEXT}'`,
    `$PY -c "print('${TEXT}')"`,
    `git -c "alias.x=!${TEXT}" x`,
    `tar --checkpoint-action="exec=${TEXT}" -cf x y`,
    `rsync -e "${TEXT}" a b`,
    `n="${TEXT}"\n[[ $n -gt 0 ]]`,
    `declare -i n\nn=${TEXT}`,
    `x=${TEXT}\necho $((x+1))`,
  ])('is refused: %s', (script) => {
    expect(render(script, 'a[$(id)]')).toBe('refused');
  });

  it.each([`echo -e "${TEXT}"`, `git commit -m "${TEXT}"`, `x="${TEXT}"\nprintf '%s' "$x"`, `grep -e "${TEXT}" file`])(
    'still goes through a variable where nothing takes it as code: %s',
    (script) => {
      expect(render(script, '"; id; "')).toBe('script');
    },
  );
});
