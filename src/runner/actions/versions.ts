/** Versions of programs, and the ranges in which setup actions ask for them: those of npm, without pre-releases. Pure. */

/** Up to three numbers. */
export type Version = readonly number[];

interface Comparator {
  readonly operator: '<' | '<=' | '>' | '>=' | '=';
  readonly version: Version;
}

/** The first version in a text: `v20.11.1`, `go1.22`, `openjdk version "17.0.9"`. Null when it has none. */
export function versionIn(text: string): Version | null {
  const found = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text);
  return (
    found &&
    found
      .slice(1)
      .filter((part) => part !== undefined)
      .map(Number)
  );
}

export function versionText(version: Version): string {
  return version.join('.');
}

export function compareVersions(a: Version, b: Version): number {
  for (const at of [0, 1, 2]) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Null when the range cannot be read. */
export function satisfies(version: Version, range: string): boolean | null {
  const sets = range.split('||').map(comparatorsOf);
  if (sets.some((set) => set === null)) return null;
  return sets.some((set) => set?.every((comparator) => holds(version, comparator)));
}

function holds(version: Version, { operator, version: bound }: Comparator): boolean {
  const order = compareVersions(version, bound);
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '=':
      return order === 0;
  }
}

function comparatorsOf(text: string): readonly Comparator[] | null {
  const hyphen = /^\s*(\S+)\s+-\s+(\S+)\s*$/.exec(text);
  const words = hyphen ? [`>=${hyphen[1]}`, `<=${hyphen[2]}`] : text.replace(/([<>=~^])\s+/g, '$1').split(/\s+/);
  const found = words.filter((word) => word !== '').map(bounds);
  return found.some((one) => one === null) ? null : found.flatMap((one) => one ?? []);
}

/** A number that is left out, or `x`, stands for any. */
function bounds(word: string): readonly Comparator[] | null {
  const found = /^(\^|~>?|[<>]=?|=)?v?(\d+|[x*])(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?(?:[-+].*)?$/i.exec(word);
  if (!found) return null;
  const numbers = found.slice(2).map((part) => (part === undefined || /[x*]/i.test(part) ? null : Number(part)));
  const given = numbers.includes(null) ? numbers.slice(0, numbers.indexOf(null)) : numbers;
  const version = given.map((part) => part ?? 0);
  if (version.length === 0) return [];
  switch (found[1]) {
    case '^':
      return between(version, next(version, Math.min(leading(version), version.length - 1)));
    case '~':
    case '~>':
      return between(version, next(version, Math.min(1, version.length - 1)));
    case '>':
      return [{ operator: '>=', version: next(version, version.length - 1) }];
    case '<=':
      return [{ operator: '<', version: next(version, version.length - 1) }];
    case '<':
    case '>=':
      return [{ operator: found[1], version }];
    default:
      return between(version, next(version, version.length - 1));
  }
}

/** Where the first number stands that is not 0. */
function leading(version: Version): number {
  const at = version.findIndex((part) => part > 0);
  return at < 0 ? version.length - 1 : at;
}

function next(version: Version, at: number): Version {
  return [...version.slice(0, at), (version[at] ?? 0) + 1];
}

function between(from: Version, below: Version): readonly Comparator[] {
  return [
    { operator: '>=', version: from },
    { operator: '<', version: below },
  ];
}
