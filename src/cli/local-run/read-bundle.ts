/** A run that a server ran, as `GET /api/v1/runs/:id/bundle` tells it. */
import { resolve } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import { BUNDLE_VERSION, type RunBundle } from '../../model/run-bundle.js';
import { LARGEST, readBytes } from '../local/source-file.js';
import { UsageError, type VerbCall } from '../verb.js';

/** Throws a UsageError for what is no bundle, or Unreadable. Deep in the plan nothing is looked at. */
export async function readBundle(call: VerbCall, file: string): Promise<RunBundle> {
  const text = (await readBytes(resolve(call.cwd, file), file, LARGEST.event)).toString('utf8');
  const value = parsed(file, text);
  if (value['version'] !== BUNDLE_VERSION)
    throw new UsageError(`--bundle: ${file} is no bundle of version ${BUNDLE_VERSION}, which this program reads`);
  const parts = ['run', 'plan', 'contexts'].map((name) => value[name] ?? null);
  const [run, plan, contexts] = parts;
  const isWhole = parts.every((part) => isJsonObject(part)) && Array.isArray((plan as JsonObject)['jobs']);
  const { commit, ref } = (run ?? {}) as JsonObject;
  const isNamed = /^[0-9a-f]{40}$/.test(String(commit)) && typeof ref === 'string';
  if (!isWhole || !isNamed || !isJsonObject((contexts as JsonObject)['github'] ?? null))
    throw new UsageError(`--bundle: ${file} is no bundle of a run: it lacks its run, plan or contexts`);
  return value as unknown as RunBundle;
}

function parsed(file: string, text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    if (isJsonObject(value)) return value;
  } catch {
    throw new UsageError(`--bundle: ${file} is no JSON`);
  }
  throw new UsageError(`--bundle: ${file} holds no object`);
}
