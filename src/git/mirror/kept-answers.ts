/** Answers that can never change, since they are about objects: kept, so that git is not started for them again. */
import { keepNewest } from '../../kernel/keep-newest.js';

/** By mirror and name. Only what was found is kept: what is missing may come with the next fetch. */
export class KeptAnswers<T> {
  private readonly kept = new Map<string, T>();

  /** Of more than `most` the oldest are forgotten. */
  constructor(private readonly most: number) {}

  async of(mirror: string, name: string, ask: () => Promise<T | null>): Promise<T | null> {
    const known = this.known(mirror, name);
    if (known !== undefined) return known;
    const answer = await ask();
    if (answer !== null) this.keep(mirror, name, answer);
    return answer;
  }

  known(mirror: string, name: string): T | undefined {
    return this.kept.get(`${mirror} ${name}`);
  }

  keep(mirror: string, name: string, answer: T): void {
    keepNewest(this.kept, `${mirror} ${name}`, answer, this.most);
  }
}
