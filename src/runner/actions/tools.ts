/** The programs that `actions/setup-…` is asked for: how each says its version, and how versions of it are asked for. Pure. */

export interface Tool {
  /** As people call it. */
  readonly name: string;
  /** The input that holds the wanted version, and the one that names a file with it. */
  readonly input: string;
  readonly fileInput: string;
  /** Shell lines that print the version, or several; ours alone. */
  readonly ask: string;
  /** Folder in the tool cache, as a pattern of the shell. */
  readonly cached: string;
  /** The version in a file of that name; null when it holds none. */
  readonly versionIn: (file: string, text: string) => string | null;
  /** Words for a version, as a range; null for any other word. */
  readonly words: (word: string) => string | null;
}

const NODE_LTS: Readonly<Record<string, string>> = { hydrogen: '18', iron: '20', jod: '22', krypton: '24' };

export const TOOLS: Readonly<Record<string, Tool>> = {
  'actions/setup-node': {
    name: 'node',
    input: 'node-version',
    fileInput: 'node-version-file',
    ask: 'node --version 2>&1',
    cached: 'node',
    versionIn: (file, text) => (file.endsWith('.json') ? nodeInPackage(text) : lineOf(file, text, 'nodejs')),
    words: nodeWord,
  },
  'actions/setup-python': {
    name: 'python',
    input: 'python-version',
    fileInput: 'python-version-file',
    ask: 'python --version 2>&1 || python3 --version 2>&1',
    cached: 'Python',
    versionIn: (file, text) =>
      file.endsWith('.toml')
        ? firstGroup(/^\s*requires-python\s*=\s*["']([^"']+)/m, text)
        : lineOf(file, text, 'python'),
    words: (word) => firstGroup(/^(\d+\.\d+)-dev$/, word),
  },
  'actions/setup-go': {
    name: 'go',
    input: 'go-version',
    fileInput: 'go-version-file',
    ask: 'go version 2>&1',
    cached: 'go',
    versionIn: (file, text) =>
      /go\.(mod|work)$/.test(file) ? firstGroup(/^go\s+(\d[\d.]*)/m, text) : lineOf(file, text, 'golang'),
    words: (word) => (/^(stable|oldstable)$/.test(word) ? '*' : null),
  },
  'actions/setup-java': {
    name: 'java',
    input: 'java-version',
    fileInput: 'java-version-file',
    ask: 'java -version 2>&1 | sed "s/\\"1\\.8\\./\\"8./"',
    cached: 'Java_*',
    versionIn: (file, text) => lineOf(file, text, 'java')?.replace(/^[a-z-]+/i, '') ?? null,
    words: (word) => (word === 'latest' ? '*' : firstGroup(/^(\d+)-ea$/, word)),
  },
  'actions/setup-dotnet': {
    name: 'dotnet',
    input: 'dotnet-version',
    fileInput: 'global-json-file',
    ask: 'dotnet --list-sdks 2>&1',
    cached: 'dotnet',
    versionIn: (_file, text) => firstGroup(/"version"\s*:\s*"([^"]+)"/, text),
    words: (word) => (/^(latest|lts|sts)$/i.test(word) ? '*' : null),
  },
};

/** Long-term releases have even numbers. */
function nodeWord(word: string): string | null {
  if (/^(latest|current|node)$/.test(word)) return '*';
  if (/^lts(\/\*|\/-\d+)?$/.test(word)) return [18, 20, 22, 24, 26, 28, 30].join(' || ');
  return NODE_LTS[firstGroup(/^lts\/([a-z]+)$/, word) ?? ''] ?? null;
}

function nodeInPackage(text: string): string | null {
  const engines = firstGroup(/"engines"\s*:\s*\{([^}]*)\}/, text) ?? '';
  return (
    firstGroup(/"volta"\s*:\s*\{[^}]*"node"\s*:\s*"([^"]+)"/, text) ?? firstGroup(/"node"\s*:\s*"([^"]+)"/, engines)
  );
}

/** `.tool-versions` has a line per program; all other files have the version alone. */
function lineOf(file: string, text: string, program: string): string | null {
  if (file.endsWith('.tool-versions')) return firstGroup(new RegExp(`^\\s*(?:${program}|node)\\s+v?(\\S+)`, 'm'), text);
  return firstGroup(/^\s*(\S+)/, text);
}

function firstGroup(pattern: RegExp, text: string): string | null {
  return pattern.exec(text)?.[1] ?? null;
}
