/** `pipelines get` and `put`: a text comes, is changed, and goes back only where nobody else changed it meanwhile. */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageOf, type Problem } from '../kernel/errors.js';
import type { ApiClient, Expected } from './api/api-client.js';
import { ApiRefusal } from './api/api-errors.js';
import type { ChangedPipelineAnswer } from './api/answers.js';
import type { Versioned } from './api/http-client.js';
import type { AskOptions, Desk } from './desk.js';
import { findProject } from './find-project.js';
import { readPiped } from './logins/ask.js';
import { GotPipelines, type GotPlace } from './logins/got-pipelines.js';
import { jsonLine, plainLines, plainText } from './screen/plain-text.js';
import { problemLine } from './screen/problem-line.js';
import { isTerminal } from './screen/screen.js';
import { UsageError, type VerbCall } from './verb.js';

export interface PipelineWords {
  readonly project: string;
  readonly name: string;
  readonly file?: string;
}

interface GetOptions extends AskOptions {
  readonly output?: string;
}

interface PutOptions extends AskOptions {
  readonly force?: true;
}

export async function getPipeline(
  desk: Desk,
  { project: word, name }: PipelineWords,
  options: GetOptions,
): Promise<void> {
  const { call, screen } = desk;
  const { api, url } = await desk.connect(options);
  const project = await findProject(api, word);
  const { value, etag } = await api.pipeline(project.id, name);
  if (options.output !== undefined) await write(call, options.output, value.text);
  if (etag !== null) await new GotPipelines(call.env).remember({ url, projectId: project.id, name }, etag);
  if (options.json) return screen.line(jsonLine(value));
  if (options.output !== undefined) return screen.line(`Version ${value.version} of ${name} is in ${options.output}.`);
  await screen.pour(screen.isTerminal ? plainLines(value.text) : value.text);
}

export async function putPipeline(desk: Desk, words: PipelineWords, options: PutOptions): Promise<void> {
  const { call, screen } = desk;
  const text = await readText(call, words.file);
  const { api, url } = await desk.connect(options);
  const project = await findProject(api, words.project);
  const place = { url, projectId: project.id, name: words.name };
  const expected = options.force ? 'anything' : await expectedOf(call, api, place);
  const { value } = await put(api, { place, text, expected, words });
  await rememberPut(call, api, { place, text });
  for (const problem of calledByFile(value.problems, words)) screen.aside(plainText(problemLine(problem)));
  if (options.json) return screen.line(jsonLine(value));
  screen.line(`Pipeline ${words.name} of ${plainText(project.fullname)} is version ${value.version} now.`);
}

/** A file, or what is piped in for `-` and for nothing. */
export async function readText(call: VerbCall, file: string | undefined): Promise<string> {
  if (file === undefined && isTerminal(call.streams.stdin))
    throw new UsageError('name the file with the text, or - and pipe it in');
  if (file === undefined || file === '-') return readPiped(call);
  try {
    return await readFile(resolve(call.cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

async function write({ cwd }: VerbCall, file: string, text: string): Promise<void> {
  try {
    await writeFile(resolve(cwd, file), text);
  } catch (error) {
    throw new UsageError(`--output: ${file} cannot be written: ${messageOf(error)}`);
  }
}

/** The version that was got last; of what was never got, that there is nothing. */
async function expectedOf({ env }: VerbCall, api: ApiClient, place: GotPlace): Promise<Expected> {
  const etag = await new GotPipelines(env).etagOf(place);
  if (etag !== null) return { etag };
  try {
    await api.pipeline(place.projectId, place.name);
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return 'absent';
    throw error;
  }
  throw new UsageError(
    `there is a pipeline ${place.name}, and you have not got it yet: pagure-actions pipelines get first, or put --force`,
  );
}

interface Put {
  readonly place: GotPlace;
  readonly text: string;
  readonly expected: Expected;
  readonly words: PipelineWords;
}

async function put(api: ApiClient, { place, text, expected, words }: Put): Promise<Versioned<ChangedPipelineAnswer>> {
  try {
    return await api.putPipeline(place, text, expected);
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    const { status, code, message, details, problems } = error;
    if (status === 422) throw new ApiRefusal(status, code, message, details, calledByFile(problems, words));
    if (status !== 412) throw error;
    const { project, name, file = '-' } = words;
    const hint =
      `pagure-actions pipelines diff ${project} ${name} ${file} shows the difference; ` +
      'get it again, or put --force to replace it';
    throw new ApiRefusal(status, code, `somebody changed ${name} since you got it: ${hint}`);
  }
}

/** The server knows the name of the pipeline; whoever mends it wants that of the file. */
function calledByFile(problems: readonly Problem[], { name, file = '-' }: PipelineWords): readonly Problem[] {
  return file === '-' ? problems : problems.map((one) => (one.file === name ? { ...one, file } : one));
}

/** So that the next `put` needs no `get`; unless somebody has changed it again already. */
async function rememberPut({ env }: VerbCall, api: ApiClient, { place, text }: { place: GotPlace; text: string }) {
  const { value, etag } = await api.pipeline(place.projectId, place.name);
  if (etag !== null && value.text === text) await new GotPipelines(env).remember(place, etag);
}
