/** The built-in checks in place of `actions/setup-…`: the program that is there, or one in the tool cache. */
import { describe, expect, it } from 'vitest';
import { byNumber, outcomes, runSteps } from './one-job.js';

/** Puts programs that say these lines before all others. */
const programs = (said: Readonly<Record<string, string>>) => {
  const made = Object.entries(said).map(
    ([name, text]) => `printf '#!/bin/sh\\ncat <<END\\n${text}\\nEND\\n' > bin/${name}`,
  );
  return `- run: mkdir bin; ${made.join('; ')}; chmod +x bin/*; echo "$PWD/bin" >> "$GITHUB_PATH"`;
};

const FAKE = programs({
  node: 'v20.11.1',
  python: 'Python 3.11.4',
  go: 'go version go1.22.3 linux/amd64',
  java: 'openjdk version "17.0.9" 2023-10-17\\nOpenJDK Runtime Environment',
  dotnet: '6.0.400 [/usr/share/dotnet/sdk]\\n8.0.100 [/usr/share/dotnet/sdk]',
});

const FILES = {
  '.nvmrc': 'v20\n',
  'package.json': '{"engines": {"node": ">=18"}}',
  'go.mod': 'module x\n\ngo 1.22\n',
  '.python-version': '3.11\n',
  '.tool-versions': 'nodejs 18.1.0\njava temurin-17.0.9\n',
  'global.json': '{"sdk": {"version": "8.0.100"}}',
};

describe('actions/setup-…', () => {
  it.each([
    ['node', 'node-version: 20'],
    ['node', 'node-version: lts/*'],
    ['node', 'node-version: lts/iron'],
    ['node', 'node-version-file: .nvmrc'],
    ['node', 'node-version-file: package.json'],
    ['python', "python-version: '3.11'"],
    ['python', "python-version: '3.x'"],
    ['python', 'python-version-file: .python-version'],
    ['go', "go-version: '>=1.21'"],
    ['go', 'go-version: stable'],
    ['go', 'go-version-file: go.mod'],
    ['java', "java-version: '17', distribution: temurin"],
    ['java', 'java-version-file: .tool-versions, distribution: temurin'],
    ['dotnet', 'dotnet-version: 8.0.x'],
    ['dotnet', 'dotnet-version: "6.x\\n8.x"'],
    ['dotnet', 'global-json-file: global.json'],
  ])('%s passes with { %s }', async (name, inputs) => {
    const told = await runSteps(`${FAKE}\n- { uses: actions/setup-${name}@v4, with: { ${inputs} } }`, { files: FILES });
    expect([byNumber(told)[1]?.reason, told.result.result]).toEqual([null, 'success']);
  });

  it.each([
    ['node', 'node-version: 22', 'node 22 is wanted, and there is 20.11.1 on PATH'],
    ['node', 'node-version-file: .tool-versions', 'node 18.1.0 is wanted'],
    ['node', 'node-version-file: missing', "node-version-file 'missing' does not name a version"],
    ['python', 'python-version: pypy3.9', 'python pypy3.9 is wanted'],
    ['go', "go-version: '1.23'", 'go 1.23 is wanted, and there is 1.22.3 on PATH'],
    ['java', "java-version: '21'", 'java 21 is wanted, and there is 17.0.9 on PATH'],
    ['dotnet', 'dotnet-version: 9.x', '6.0.400 on PATH, 8.0.100 on PATH'],
  ])('%s fails with { %s }, naming both', async (name, inputs, reason) => {
    const told = await runSteps(`${FAKE}\n- { uses: actions/setup-${name}@v5, with: { ${inputs} } }`, { files: FILES });
    expect(byNumber(told)[1]).toMatchObject({ outcome: 'failure', reason: expect.stringContaining(reason) });
  });

  it('fails where there is no such program', async () => {
    const told = await runSteps('- run: echo PATH=/nowhere >> "$GITHUB_ENV"\n- { uses: actions/setup-go@v5 }');
    expect(outcomes(told)).toEqual(['success', 'failure']);
  });

  it('takes one of the tool cache, which lasts over jobs, and puts it on PATH', async () => {
    const told = await runSteps(`
- run: |
    at="$RUNNER_TOOL_CACHE/node/99.1.2/x64"; mkdir -p "$at/bin"; touch "$at.complete"
    printf '#!/bin/sh\\necho from the cache\\n' > "$at/bin/node"; chmod +x "$at/bin/node"
    case "$RUNNER_TOOL_CACHE" in "$RUNNER_TEMP"*) exit 1;; esac
- { id: node, uses: actions/setup-node@v4, with: { node-version: 99 } }
- run: node; echo "\${{ steps.node.outputs.node-version }}"`);
    expect(told.log).toMatch(/^from the cache\n99\.1\.2$/m);
  });
});
