/** Answers that can never change, since they are about objects: kept, so that git is not started for them again. */

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
    this.kept.set(`${mirror} ${name}`, answer);
    const [oldest] = this.kept.keys();
    if (this.kept.size > this.most && oldest !== undefined) this.kept.delete(oldest);
  }
}
