/** `pipelines diff`: a pipeline and a file, or two versions of it. */
import { diffLines, unifiedDiff } from '../kernel/line-diff.js';
import type { ApiClient } from './api/api-client.js';
import type { Desk } from './desk.js';
import { findProject } from './find-project.js';
import { type PipelineWords, readText } from './pipeline-text.js';
import { plainLines } from './screen/plain-text.js';
import type { Paint } from './screen/paint.js';
import { EXIT, UsageError } from './verb.js';

interface DiffOptions {
  readonly from?: number;
  readonly to?: number;
  readonly url?: string;
}

/** Resolves with 1 when there is a difference. */
export async function diffPipeline(desk: Desk, words: PipelineWords, options: DiffOptions): Promise<number> {
  const { call, screen } = desk;
  const { file, name } = words;
  if (file === undefined && options.to === undefined)
    throw new UsageError('name a file to compare with, or --to <version>');
  if (file !== undefined && options.to !== undefined)
    throw new UsageError('compare with a file or --to a version, not both');
  const ours = file === undefined ? null : { name: file, text: await readText(call, file) };
  const { api } = await desk.connect(options);
  const { id } = await findProject(api, words.project);
  const before = await versionOf(api, { id, name }, options.from);
  const after = ours ?? (await versionOf(api, { id, name }, options.to));
  const text = unifiedDiff({ from: before.name, to: after.name }, diffLines(before.text, after.text));
  await screen.pour(screen.isTerminal ? painted(text, screen.paint) : text);
  return text === '' ? EXIT.done : EXIT.failure;
}

async function versionOf(api: ApiClient, { id, name }: { id: number; name: string }, version: number | undefined) {
  if (version !== undefined) {
    return { name: `${name} version ${version}`, text: (await api.pipelineVersion(id, name, version)).text };
  }
  const { value } = await api.pipeline(id, name);
  return { name: `${name} version ${value.version}`, text: value.text };
}

function painted(text: string, paint: Paint): string {
  const lines = plainLines(text).split('\n');
  return lines.map((line) => paintedLine(line, paint)).join('\n');
}

function paintedLine(line: string, paint: Paint): string {
  if (/^(?:---|\+\+\+) /.test(line)) return paint.strong(line);
  if (line.startsWith('@@')) return paint.name(line);
  if (line.startsWith('+')) return paint.good(line);
  return line.startsWith('-') ? paint.bad(line) : line;
}
