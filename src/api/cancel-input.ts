/** What somebody who cancels a run may say. */
import { lineOfText } from '../projects/checks.js';
import { MayBeMissing, Must } from '../projects/must.js';

export class CancelInput {
  /** Shown on the run. */
  @MayBeMissing()
  @Must(lineOfText)
  readonly reason?: string;
}
