/** Secrets over surfaces (TRUST §7 number 14): a secret in every form, on everything that a job says, and in the files of its log. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FileBlobs } from '../../src/blobs/file-blobs.js';
import type { LogPart } from '../../src/model/log.js';
import { ENCODINGS, showsAPartOf } from '../kernel/mask-encodings.js';
import { runYaml } from '../runner/run-yaml.js';

const SECRET = `s3cret'value "with" & <all>/of them`;
const forms = Object.values(ENCODINGS).map((encode) => encode(SECRET));

/** Prints each form on each way out: in two writes on both streams, by commands and files, as name, output, summary, reason. */
const STEPS = `
      - name: \${{ secrets.KEY }}
        id: all
        run: |
          while IFS= read -r form; do
            printf '%s' "\${form:0:9}"; sleep 0.01; printf '%s\\n' "\${form:9}"
            printf '%s' "\${form:0:20}" >&2; sleep 0.01; printf '%s\\n' "\${form:20}" >&2
            echo "::error title=$form,file=$form::$form"
            echo "##[group]$form"
            echo "::set-output name=old::$form"
            echo "$form" >> "$GITHUB_STEP_SUMMARY"
            echo "o$((n++))=$form" >> "$GITHUB_OUTPUT"
          done < forms
          echo "no sign $KEY" >> "$GITHUB_ENV"
        env: { KEY: '\${{ secrets.KEY }}' }
      - if: always()
        shell: \${{ secrets.KEY }}
        run: echo never
`;

describe('a secret of a job', () => {
  it('is on nothing that leaves the runner, whatever its form, and not in the files of the log', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-surfaces-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const writer = await new FileBlobs(folder).openLog(1, 1);
    const told = await runYaml(`on: push\njobs:\n  one:\n    runs-on: host\n    steps:\n${STEPS}`, {
      files: { forms: forms.map((form) => `${form}\n`).join('') },
      prepare: (order, recording) => {
        const record = recording.log.bind(recording);
        recording.log = async (parts: readonly LogPart[]) => {
          await writer.append(parts, 1);
          await record(parts);
        };
        return { ...order, secrets: { KEY: SECRET } };
      },
    });
    await writer.close();
    const { outputs } = told.steps.find(({ id }) => id === 'all') ?? {};
    expect(Object.keys(outputs ?? {}).length).toBeGreaterThan(forms.length);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const onDisk = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    const said = [
      told.log,
      JSON.stringify(told.started),
      JSON.stringify(told.steps),
      JSON.stringify(told.result),
      ...onDisk,
    ];
    expect(said.filter((text) => text.includes('***')).length).toBeGreaterThan(3);
    for (const form of forms) {
      const shown = said.filter((text) => text.includes(form) || showsAPartOf(form, text));
      expect(shown).toEqual([]);
    }
  });

  it('in the outputs of the job goes on as it is, together with its masks', async () => {
    const text = `on: push
jobs:
  one:
    runs-on: host
    outputs: { plain: '\${{ steps.a.outputs.k }}', coded: '\${{ steps.a.outputs.c }}', other: no }
    steps:
      - id: a
        run: |
          echo "::add-mask::made-up-by-the-step"
          echo "::add-mask::that-stays-inside"
          echo "k=made-up-by-the-step" >> "$GITHUB_OUTPUT"
          echo "c=$(printf %s "$KEY" | base64 -w0)" >> "$GITHUB_OUTPUT"
        env: { KEY: '\${{ secrets.KEY }}' }
`;
    const told = await runYaml(text, {
      prepare: (order) => ({ ...order, secrets: { KEY: SECRET, UNUSED: 'quite-another-secret' } }),
    });
    const coded = Buffer.from(SECRET).toString('base64');
    expect(told.result.outputs).toEqual({ plain: 'made-up-by-the-step', coded, other: 'no' });
    expect(told.result.masks).toEqual([SECRET, 'made-up-by-the-step']);
    expect(told.steps.find(({ id }) => id === 'a')?.outputs).toEqual({ k: '***', c: expect.stringContaining('***') });
  });

  it('that is too short to be masked is named at the begin of the log', async () => {
    const told = await runYaml('on: push\njobs:\n  one:\n    runs-on: host\n    steps:\n      - run: echo banana\n', {
      prepare: (order) => ({ ...order, secrets: { PIN: 'a' } }),
    });
    expect(told.log).toMatch(/^##\[warning\]The secret PIN is not masked/);
    expect(told.log).toContain('banana');
  });
});
