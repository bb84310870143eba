/** Problems as a SARIF 2.1.0 log, which code hosts and editors read (OASIS, "Static Analysis Results Interchange Format"). */
import { isAbsolute, posix, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Problem } from '../../kernel/errors.js';
import type { Json, JsonObject } from '../../kernel/json.js';

/** `unread`: sentences about files that could not be read; `cwd` is what the names of files are relative to. Pure. */
export function sarifLog(problems: readonly Problem[], unread: readonly string[], cwd: string): JsonObject {
  const rules = [...new Set(problems.map(({ code }) => code))].sort();
  const run: JsonObject = {
    tool: { driver: { name: 'pagure-actions', rules: rules.map((id) => ({ id })) } },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: unread.length === 0,
        toolExecutionNotifications: unread.map((text) => ({ level: 'error', message: messageOf(text) })),
      },
    ],
    results: problems.map((problem) => resultOf(problem, rules, cwd)),
  };
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
}

function resultOf(problem: Problem, rules: readonly string[], cwd: string): Json {
  const { file, line, column, severity, code, message } = problem;
  return {
    ruleId: code,
    ruleIndex: rules.indexOf(code),
    level: severity,
    message: messageOf(message),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file, cwd) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  };
}

/** Braces stand for placeholders there (§3.11.5): our own are doubled. */
function messageOf(text: string): JsonObject {
  return { text: text.replace(/[{}]/g, '$&$&') };
}

/** Relative to where the log was made, without dot segments; what lies outside of it is absolute. */
function uriOf(file: string, cwd: string): string {
  const path = posix.normalize(file);
  if (isAbsolute(path) || path.startsWith('../')) return pathToFileURL(resolve(cwd, path)).href;
  return path.split('/').map(encodeURIComponent).join('/');
}
