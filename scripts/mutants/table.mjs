/** The table of mutants as people read it: a line as soon as one is done. */

const NAME_WIDTH = 30;

export function headLine(mutants) {
  return `${mutants.length} mutants\n${row('mutant', 'seeds', 'seconds')}  found\n`;
}

export function lineOf({ name, seeds, finding, seconds, trouble }) {
  const found = finding ?? (trouble === undefined ? 'NOT FOUND' : `NOT PLAYED: ${trouble}`);
  return `${row(name, String(seeds), seconds.toFixed(0))}  ${found}\n`;
}

function row(name, seeds, seconds) {
  return `${name.padEnd(NAME_WIDTH)} ${seeds.padStart(5)} ${seconds.padStart(8)}`;
}
