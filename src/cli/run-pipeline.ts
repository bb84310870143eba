/** `pipelines run`: starts a pipeline by hand, with inputs. */
import type { AskOptions, Desk } from './desk.js';
import { findProject } from './find-project.js';
import { readPairs } from './local-run/pairs.js';
import { jsonLine, plainText } from './screen/plain-text.js';

export interface RunPipelineOptions extends AskOptions {
  readonly ref?: string;
  readonly input?: readonly string[];
}

export async function runPipeline(
  desk: Desk,
  place: { readonly project: string; readonly name: string },
  options: RunPipelineOptions,
): Promise<void> {
  const { screen } = desk;
  const inputs = readPairs('input', options.input);
  const { api } = await desk.connect(options);
  const project = await findProject(api, place.project);
  const asked = { pipeline: place.name, inputs, ...(options.ref === undefined ? {} : { ref: options.ref }) };
  const made = await api.dispatch(project.id, asked);
  const says = `${plainText(place.name)} is started: pagure-actions events show ${made.eventId} tells what came of it.`;
  screen.line(options.json ? jsonLine(made) : says);
}
