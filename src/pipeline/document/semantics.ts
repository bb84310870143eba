/** What a table cannot say: names that must exist, graphs without circles, filters that make sense. */
import { checkConcurrency } from './check-concurrency.js';
import { checkJobs } from './check-jobs.js';
import { checkInputsAndSchedules } from './check-inputs.js';
import { checkReferences } from './check-references.js';
import { checkTriggers } from './check-triggers.js';
import { entryOf, type Node } from './node.js';
import type { Reading } from './reading.js';

/** Works on any document, also one that the walker found wrong: whatever has the wrong form is passed over. */
export function checkSemantics(root: Node, reading: Reading): void {
  const { problems } = reading;
  const on = entryOf(root, 'on');
  checkTriggers(on, problems);
  checkConcurrency(root, problems);
  if (on) checkInputsAndSchedules(on, problems);
  checkJobs(entryOf(root, 'jobs'), problems);
  checkReferences(root, reading);
}
