/** Where the files of a log stand. Names are numbers: nothing outside ever becomes a path. */
import { Fault } from '../../kernel/errors.js';
import type { LogName } from '../blobs.js';

export interface LogPaths {
  readonly folder: string;
  readonly log: string;
  readonly index: string;
  /** Takes the place of both once it is whole. */
  readonly sealed: string;
  /** While it is not. */
  readonly sealing: string;
  /** An empty file that stands for a log that is not sealed, so that nobody has to look for them among all logs. */
  readonly mark: string;
}

export function logPaths(root: string, { jobId, attempt }: LogName): LogPaths {
  if (!Number.isSafeInteger(jobId) || !Number.isSafeInteger(attempt)) {
    throw new Fault('a log is named by two whole numbers', { retryable: false });
  }
  const folder = `${root}/${jobId}`;
  const stem = `${folder}/${attempt}`;
  return {
    folder,
    log: `${stem}.log`,
    index: `${stem}.idx`,
    sealed: `${stem}.sealed`,
    sealing: `${stem}.sealing`,
    mark: `${marksFolder(root)}/${jobId}.${attempt}`,
  };
}

export function marksFolder(root: string): string {
  return `${root}/unsealed`;
}

/** Null for a file that marks no log. */
export function nameOfMark(file: string): LogName | null {
  const [, jobId, attempt] = /^(\d{1,15})\.(\d{1,15})$/.exec(file) ?? [];
  return jobId === undefined || attempt === undefined ? null : { jobId: Number(jobId), attempt: Number(attempt) };
}
