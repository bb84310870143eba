/** "Did you mean", as the end of a problem's sentence. */
import { nearestWord } from '../../kernel/suggest.js';

/** Pairs of letters that the hints of one file may compare: some hundred hints among the keys of a job. */
const MOST_PAIRS = 300_000;

/** The hints of one file; a hostile one has tens of thousands of words that are near to as many others. */
export class Hints {
  private left = MOST_PAIRS;

  /** `; did you mean \`x\`?`, or '' when nothing is near, or nothing is compared any more. */
  didYouMean(word: string, known: Iterable<string>): string {
    const near = this.left <= 0 ? null : nearestWord(word, this.affordable(word, known));
    return near === null ? '' : `; did you mean \`${near}\`?`;
  }

  private *affordable(word: string, known: Iterable<string>): Iterable<string> {
    for (const candidate of known) {
      this.left -= word.length * candidate.length;
      if (this.left <= 0) return;
      yield candidate;
    }
  }
}
