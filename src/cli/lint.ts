/** `lint`: says what is wrong with pipelines before anybody commits them; asks no server. */
import { type Command, Option } from 'commander';
import { acting, type Desk, helpTail, jsonOption, verbOf } from './desk.js';
import type { LintFormat } from './local/lint-files.js';

interface LintOptions {
  readonly json?: true;
  readonly format: LintFormat;
}

export const lint = verbOf('lint', defineLint);

export function defineLint(command: Command, desk: Desk): void {
  command
    .description('Say what is wrong with pipelines, by file, line and column; asks no server.')
    .argument('[file...]', 'files to read, - for stdin; nothing: every pipeline of the repository')
    .addOption(
      new Option('--format <format>', 'how to say it').choices(['text', 'json', 'sarif']).default('text' as const),
    )
    .addOption(jsonOption().conflicts('format'))
    .addHelpText('after', helpTail(['lint', 'lint .pagure/pipelines/ci.yml', 'lint --format sarif > lint.sarif']))
    .action(
      acting(desk, async (files: readonly string[], { json, format }: LintOptions) => {
        const { lintFiles } = await import('./local/lint-files.js');
        return lintFiles(desk, files, json ? 'json' : format);
      }),
    );
}
