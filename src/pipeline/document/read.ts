/** Pipeline text to Pipeline: reads, checks everything, and reports all problems at once. */
import { messageOf, type Problem } from '../../kernel/errors.js';
import { buildPipeline } from './build.js';
import type { Pipeline } from './pipeline.js';
import { ROOT } from './root-table.js';
import { checkSemantics } from './semantics.js';
import { walk } from './walker.js';
import { readYaml } from './yaml.js';
import { ProblemList } from './problem-list.js';
import { Reading } from './reading.js';
import { LimitReached } from './limits.js';
import type { Node } from './node.js';

export interface ReadPipeline {
  /** Null if and only if a problem is an error. */
  readonly pipeline: Pipeline | null;
  /** By line and column, errors and warnings. */
  readonly problems: readonly Problem[];
}

export interface ReadOptions {
  /** The name in problems, and the pipeline's name if it gives none. */
  readonly file: string;
  /** `language`: also what the house cannot execute yet (NOT_YET). Default: only what runs here. */
  readonly scope?: 'what-runs-here' | 'language';
}

/** Never throws, whatever the text is. */
export function readPipeline(text: string | Uint8Array, options: ReadOptions): ReadPipeline {
  const problems = new ProblemList(options.file, options.scope === 'language' ? ['not-yet'] : []);
  try {
    const pipeline = read(text, options.file, problems);
    return { pipeline, problems: problems.sorted() };
  } catch (thrown) {
    problems.error({ line: 1, column: 1 }, 'unreadable', `the file cannot be read: ${messageOf(thrown)}`);
    return { pipeline: null, problems: problems.sorted() };
  }
}

function read(text: string | Uint8Array, file: string, problems: ProblemList): Pipeline | null {
  try {
    const root = readYaml(text, problems);
    return root === null ? null : check(root, file, new Reading(problems));
  } catch (thrown) {
    if (thrown instanceof LimitReached) return null;
    throw thrown;
  }
}

function check(root: Node, file: string, reading: Reading): Pipeline | null {
  walk(root, ROOT, reading);
  checkSemantics(root, reading);
  return reading.problems.hasErrors() ? null : buildPipeline(root, file);
}
