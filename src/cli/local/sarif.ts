/** Problems as a SARIF 2.1.0 log, which code hosts and editors read (OASIS, "Static Analysis Results Interchange Format"). */
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Problem } from '../../kernel/errors.js';
import type { Json, JsonObject } from '../../kernel/json.js';

/** `unread`: sentences about files that could not be read. Pure. */
export function sarifLog(problems: readonly Problem[], unread: readonly string[]): JsonObject {
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
    results: problems.map((problem) => resultOf(problem, rules)),
  };
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
}

function resultOf({ file, line, column, severity, code, message }: Problem, rules: readonly string[]): Json {
  return {
    ruleId: code,
    ruleIndex: rules.indexOf(code),
    level: severity,
    message: messageOf(message),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
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

/** A path is one relative to where the log was made, unless it is absolute. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.split('/').map(encodeURIComponent).join('/');
}
