/** A pipeline as a large project has one: about 300 lines, and a matrix of 100 jobs. */

const HEAD = `name: CI
run-name: \${{ github.event_name }} by \${{ github.actor }}
on:
  push:
    branches: [main, 'release/**', '!release/**-alpha']
    paths-ignore: ['docs/**', '**.md']
  pull_request:
    types: [opened, synchronize, reopened]
    branches: [main]
env:
  MODE: test
  COMMIT: \${{ github.sha }}
defaults:
  run:
    shell: bash
jobs:
  test:
    name: test \${{ matrix.os }} \${{ matrix.version }}
    runs-on: host
    strategy:
      fail-fast: false
      max-parallel: 100
      matrix:
        os: [a, b, c, d, e, f, g, h, i, j]
        version: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
        include:
          - { os: a, version: 1, coverage: true }
          - { os: b, experimental: true }
    continue-on-error: \${{ matrix.experimental == true }}
    timeout-minutes: 30
    env:
      OS: \${{ matrix.os }}
    steps:
      - uses: actions/checkout@v4
      - name: Build
        run: |
          make all
          make check
      - name: Report
        if: \${{ always() && matrix.coverage }}
        run: make report
`;

/** Its text: no more lines than these, with the end of the last one. */
export function samplePipeline(lines = 301): string {
  const jobs = [HEAD];
  for (let index = 0; jobs.join('').split('\n').length + 12 <= lines; index += 1) jobs.push(jobOf(index));
  return jobs.join('');
}

function jobOf(index: number): string {
  return `  part${index}:
    needs: [${index === 0 ? 'test' : `part${index - 1}`}]
    if: success() && github.ref == 'refs/heads/main' && !contains(github.event.head_commit.message, 'skip ${index}')
    runs-on: host
    outputs:
      version: \${{ steps.version.outputs.text }}
    steps:
      - id: version
        run: echo "text=\${{ github.ref_name }}-${index}" >> "$GITHUB_OUTPUT"
      - name: Use \${{ needs.${index === 0 ? 'test' : `part${index - 1}`}.result }}
        env:
          LABEL: \${{ format('{0}-{1}', github.ref_name, steps.version.outputs.text) }}
        run: make part${index} LABEL="$LABEL"
`;
}
