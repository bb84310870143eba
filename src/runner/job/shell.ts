/** How the script of a step is started: the program and its arguments for each `shell` (LANGUAGE.md, "Shells"). Pure. */
import type { ScriptShell } from '../../pipeline/index.js';

export interface Shell {
  /** Program and arguments; `{0}` stands for the script's file. */
  readonly argv: readonly string[];
  readonly extension: string;
  /** Which quoting its scripts have. */
  readonly script: ScriptShell;
  /** What stands before and after the author's lines. */
  readonly before: string;
  readonly after: string;
}

export type ShellChoice =
  { readonly kind: 'shell'; readonly shell: Shell } | { readonly kind: 'refused'; readonly reason: string };

const FILE = '{0}';
const PWSH_BEFORE = "$ErrorActionPreference = 'stop'\n";
const PWSH_AFTER = '\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }\n';

/** @param name null when neither step nor defaults name one: then bash, or sh where there is no bash. */
export function chooseShell(name: string | null, hasBash: boolean): ShellChoice {
  if (name === null) return hasBash ? plain(['bash', '-e', FILE], 'bash') : plain(['sh', '-e', FILE], 'sh');
  switch (name.trim().toLowerCase()) {
    case 'bash':
      return plain(['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail', FILE], 'bash');
    case 'sh':
      return plain(['sh', '-e', FILE], 'sh');
    case 'python':
      return chosen({ argv: ['python', FILE], extension: '.py', script: 'other', before: '', after: '' });
    case 'pwsh':
      return chosen({
        argv: ['pwsh', '-command', `. '${FILE}'`],
        extension: '.ps1',
        script: 'other',
        before: PWSH_BEFORE,
        after: PWSH_AFTER,
      });
    case 'cmd':
    case 'powershell':
      return { kind: 'refused', reason: `the shell '${name}' exists on Windows only` };
    default:
      return custom(name);
  }
}

function custom(line: string): ShellChoice {
  const argv = splitWords(line);
  if (argv.length === 0 || !line.includes(FILE)) {
    return {
      kind: 'refused',
      reason: `the shell '${line.slice(0, 80)}' needs {0}, which stands for the script's file`,
    };
  }
  return plain(argv, quotingOf(argv[0] ?? ''));
}

function quotingOf(program: string): ScriptShell {
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (name === 'bash') return 'bash';
  return name === 'sh' || name === 'dash' ? 'sh' : 'other';
}

function plain(argv: readonly string[], script: ScriptShell): ShellChoice {
  return chosen({ argv, extension: script === 'other' ? '' : '.sh', script, before: '', after: '' });
}

function chosen(shell: Shell): ShellChoice {
  return { kind: 'shell', shell };
}

/** A command line into words: blanks separate, double quotes keep together, a backslash keeps a quote as it is. */
export function splitWords(line: string): readonly string[] {
  const words = line.match(/(?:\\["\\]|"(?:\\.|[^"\\])*"|[^\s"])+/g) ?? [];
  return words.map((word) => word.replace(/\\(["\\])|"/g, '$1'));
}

/** The command line for one script file. */
export function commandLine(shell: Shell, file: string): readonly string[] {
  return shell.argv.map((word) => word.replaceAll(FILE, () => file));
}
