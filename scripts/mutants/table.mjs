/** The table of mutants as people read it: a line as soon as one is done. */

const NAME_WIDTH = 30;

export function headLine(mutants) {
  return `${mutants.length} mutants\n${row('mutant', 'seeds', 'seconds')}  found\n`;
}

export function lineOf(caught) {
  return `${row(caught.name, String(caught.seeds), caught.seconds.toFixed(0))}  ${foundBy(caught)}\n`;
}

/** `without`: what the same seed finds in the healthy project. */
function foundBy({ finding, without, trouble }) {
  if (trouble !== undefined) return `NOT PLAYED: ${trouble}`;
  if (finding === null) return 'NOT FOUND';
  return without === null ? finding : `NOT FOUND: the healthy project fails with this seed too: ${without}`;
}

function row(name, seeds, seconds) {
  return `${name.padEnd(NAME_WIDTH)} ${seeds.padStart(5)} ${seconds.padStart(8)}`;
}
