/** `npm run simulate:mutants`: plants each bug in a copy of the project, and says after how many seeds the simulation finds it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { applyPatch, listMutants } from './mutants/patches.mjs';
import { headLine, lineOf } from './mutants/table.mjs';
import { build, copyTree, huntIn, makeHealthyTree } from './mutants/tree.mjs';

const PROJECT = resolve(import.meta.dirname, '..');
const SIDE_BY_SIDE = 2;

/** Names of mutants, or none for all; `--seeds N`: at most so many seeds for each. */
const { values, positionals: wanted } = parseArgs({
  options: { seeds: { type: 'string', default: '1000' } },
  allowPositionals: true,
});
const waiting = listMutants(PROJECT).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const home = mkdtempSync(join(tmpdir(), 'pagure-actions-mutants-'));
process.exitCode = await main().finally(() => rmSync(home, { recursive: true, force: true }));

async function main() {
  const healthy = join(home, 'healthy');
  await makeHealthyTree(PROJECT, healthy);
  process.stdout.write(headLine(waiting));
  const lanes = Array.from({ length: SIDE_BY_SIDE }, () => huntAll(healthy));
  const missed = (await Promise.all(lanes)).reduce((sum, one) => sum + one, 0);
  return missed === 0 ? 0 : 1;
}

/** Takes mutants while there are any; resolves with how many of its own were not found. */
async function huntAll(healthy) {
  let missed = 0;
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const caught = await hunt(healthy, mutant);
    process.stdout.write(lineOf(caught));
    if (caught.finding === null || caught.without !== null) missed += 1;
  }
  return missed;
}

/**
 * A mutant that cannot be planted, or whose program breaks before its first seed, was not found; neither was one whose seed
 * finds something without it too.
 */
async function hunt(healthy, { name, file, theme }) {
  const tree = join(home, name);
  const start = Date.now();
  try {
    copyTree(healthy, tree);
    await applyPatch(tree, file);
    await build(tree);
    const { seed, finding } = await huntIn(tree, 1, Number(values.seeds), theme);
    const without = finding === null ? null : (await huntIn(healthy, seed, seed, null)).finding;
    return { name, seeds: seed, finding, without, seconds: (Date.now() - start) / 1_000 };
  } catch (error) {
    return { name, seeds: 0, finding: null, without: null, trouble: String(error?.stderr || error), seconds: 0 };
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}
