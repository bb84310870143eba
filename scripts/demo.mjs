/** `npm run demo`: one push from the web-hook to the flag, with the real server, real git and a stand-in Pagure. */
import { startHouse } from './demo/house.mjs';
import { watchEvent } from './demo/watch.mjs';
import { bold, dim, headline, line } from './demo/print.mjs';

const KEEP = process.argv.includes('--keep');

const started = Date.now();
const stopped = toldToStop();
const house = await startHouse();
try {
  process.exitCode = await Promise.race([play(house), stopped.then(refuseToGoOn)]);
  if (KEEP) await keep(house);
} catch (error) {
  line(`The demo failed: ${error.message}`);
  process.exitCode = 1;
} finally {
  await house.close();
}
process.exit();

function toldToStop() {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, resolve);
  });
}

function refuseToGoOn() {
  throw new Error('it was told to stop');
}

async function play({ pagure, server, project, push }) {
  headline('1. A Pagure with one project, and a pagure-actions server');
  line(`stand-in Pagure   ${pagure.instance}  (project ${bold(project.fullname)}, made from examples/hello)`);
  line(`pagure-actions    ${server.url}  (an empty data folder)`);
  const registered = await server.api('POST', '/api/v1/projects', {
    instance: pagure.instance,
    fullname: project.fullname,
    keys: [project.key],
    token: project.token,
  });
  line(`registered        project ${registered.id}: public ${registered.public}, one web-hook key, one API token`);

  headline('2. Somebody pushes to main; Pagure posts one signed message to the web-hook');
  const eventId = await push();

  headline('3. The server fetches, reads .pagure/pipelines/ci.yml at that commit, and runs it');
  const run = await watchEvent(server, eventId, pagure.flagged);

  headline('4. Pagure shows the result on the commit');
  const flag = await pagure.flagged(run.result);
  line(`flag              ${bold(flag.status)}: ${flag.comment}`);
  line(`it leads to       ${flag.url}`);
  headline(`Done: ${run.result}, in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  return run.result === 'success' && flag.status === 'success' ? 0 : 1;
}

async function keep({ server, sendCommand }) {
  headline('The server stays up (Ctrl-C ends it)');
  line(`look at it        ${server.url}/runs/1`);
  line(`try the API       ${server.url}/api/   with the token ${server.token}`);
  line(`the next delivery ${sendCommand}`);
  line(dim('It posts the same push once more, as a new message: a second run starts.'));
  await stopped;
}
