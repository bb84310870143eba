import { drawHistory } from './history.js';
import { simulate, withTemplate } from './simulate.js';
const [from = '1', many = '1', trace] = process.argv.slice(2);
await withTemplate(async (t) => {
  const s = performance.now();
  for (let seed = Number(from); seed < Number(from) + Number(many); seed += 1) {
    const v = await simulate(drawHistory(seed, { moves: Number(process.env['MOVES'] ?? 30), blows: Number(process.env['BLOWS'] ?? 5) }), t);
    console.log(seed, v.runs, (v.virtualMs / 60000).toFixed(1), JSON.stringify(v.faults), v.findings.slice(0, 6));
    if (trace) console.log(v.trace.join('\n'));
  }
  console.log(((performance.now() - s) / Number(many)).toFixed(0), 'ms per seed');
});
