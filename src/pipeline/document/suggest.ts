/** "Did you mean", as the end of a problem's sentence. */
import { nearestWord } from '../../kernel/suggest.js';

/** `; did you mean \`x\`?`, or '' when nothing is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const near = nearestWord(word, known);
  return near === null ? '' : `; did you mean \`${near}\`?`;
}
