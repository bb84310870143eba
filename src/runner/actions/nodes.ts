/** Which Node runs a JavaScript action. Pure. */

export interface Nodes {
  /** Path of the Node that is there anyway. */
  readonly own: string;
  /** Paths by the word of `using`: `{ node20: '/opt/node20/bin/node' }`. */
  readonly configured: Readonly<Record<string, string>>;
}

/** The configured one whose version is nearest, of two the newer; without any, the own. */
export function nodeFor(using: string, { own, configured }: Nodes): string {
  const wanted = versionOf(using);
  const choices = Object.entries(configured).map(([word, path]) => ({ path, version: versionOf(word) }));
  const distance = ({ version }: { readonly version: number }) => Math.abs(version - wanted);
  const [nearest] = choices.sort((a, b) => distance(a) - distance(b) || b.version - a.version);
  return nearest?.path ?? own;
}

function versionOf(word: string): number {
  return Number(word.replace(/\D/g, ''));
}
