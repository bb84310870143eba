/** The program that hashes files for `hashFiles`: it runs as the job, since the workspace belongs to the stranger (TRUST.md §4). */

/**
 * Takes the workspace and, as JSON, the argument lists of the calls; prints the hashes as JSON. For each call: sha256 over the
 * sha256 of each file in the order of their paths, '' without a file. Patterns as in GitHub's `@actions/glob`: relative to the
 * workspace, `*`, `?`, `[…]`, `**`, `!` takes out again, a folder stands for all that is in it. No link leads out of the
 * workspace, and links to folders are entered only when asked for.
 */
export const HASH_SCRIPT = String.raw`
'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const [, given, calls] = process.argv;
const workspace = fs.realpathSync(given);
process.stdout.write(JSON.stringify(JSON.parse(calls).map(hashOf)));

function hashOf(args) {
  const follows = args[0] === '--follow-symbolic-links';
  const lines = args.slice(follows ? 1 : 0).join('\n').split('\n').map((line) => line.trim());
  const patterns = lines.filter((line) => line !== '' && !line.startsWith('#')).map(patternOf);
  const files = [];
  const top = { path: Buffer.from(workspace), states: patterns.map(({ parts }) => closed(parts, [0])), above: [workspace] };
  walk(top, patterns, follows, files);
  files.sort(Buffer.compare);
  const sum = createHash('sha256');
  for (const file of files) sum.update(digestOf(file));
  return files.length === 0 ? '' : sum.digest('hex');
}

function patternOf(line) {
  const marks = /^!*/.exec(line)[0].length;
  const text = line.slice(marks);
  const folderOnly = text.endsWith('/');
  const inside = path.posix.relative(workspace, path.posix.resolve(workspace, text));
  const leadsOut = inside === '..' || inside.startsWith('../');
  const parts = inside.split('/').filter((part) => part !== '').map(partOf);
  if (parts.at(-1) === '**') parts.push(/^[^]*$/);
  return { negates: marks % 2 === 1, folderOnly, parts: leadsOut ? null : parts };
}

function partOf(part) {
  if (part === '**') return part;
  let source = '';
  for (let at = 0; at < part.length; at++) {
    const char = part[at];
    const end = char === '[' ? part.indexOf(']', at + 2) : -1;
    if (char === '*') source += '[^]*';
    else if (char === '?') source += '[^]';
    else if (char === '\\' && at + 1 < part.length) source += literal(part[++at]);
    else if (end > 0) {
      source += '[' + part.slice(at + 1, end).replace(/^!/, '^').replace(/[\\\[\]]/g, '\\$&') + ']';
      at = end;
    } else source += literal(char);
  }
  return new RegExp('^' + source.replace(/(\[\^\]\*)+/g, '[^]*') + '$', 'u');
}

function literal(char) {
  return char.replace(/[\\^$.*+?()[\]{}|\/]/g, '\\$&');
}

/* The positions in a pattern that a path has come to; its length = it matches. */
function closed(parts, positions) {
  const found = new Set(positions);
  for (const at of found) if (parts !== null && parts[at] === '**') found.add(at + 1);
  return found;
}

function step(parts, positions, name) {
  const next = [];
  if (parts === null) return new Set();
  for (const at of positions) {
    if (parts[at] === '**') next.push(at);
    else if (at < parts.length && parts[at].test(name)) next.push(at + 1);
  }
  return closed(parts, next);
}

/* A folder that matches stands for all that is in it: it goes on as 'all'. */
function walk(folder, patterns, follows, files) {
  for (const entry of fs.readdirSync(folder.path, { withFileTypes: true, encoding: 'buffer' })) {
    const full = Buffer.concat([folder.path, Buffer.from('/'), entry.name]);
    const name = entry.name.toString('utf8');
    const states = patterns.map(({ parts }, index) => {
      const state = folder.states[index];
      return state === 'all' || isWhole(parts, state) ? 'all' : step(parts, state, name);
    });
    const target = entry.isSymbolicLink() ? targetOf(full) : { isFile: entry.isFile(), isFolder: entry.isDirectory() };
    if (target.isFile && matches(patterns, states)) files.push(full);
    if (!target.isFolder || (entry.isSymbolicLink() && (!follows || folder.above.includes(target.real)))) continue;
    const wanted = patterns.some(({ negates }, index) => !negates && (states[index] === 'all' || states[index].size > 0));
    if (!wanted) continue;
    const above = [...folder.above, fs.realpathSync(full)];
    walk({ path: full, states, above }, patterns, follows, files);
  }
}

function isWhole(parts, state) {
  return parts !== null && state.has(parts.length);
}

function matches(patterns, states) {
  let matched = false;
  patterns.forEach(({ negates, folderOnly, parts }, index) => {
    if (states[index] === 'all' || (!folderOnly && isWhole(parts, states[index]))) matched = !negates;
  });
  return matched;
}

function targetOf(full) {
  try {
    const real = fs.realpathSync(full);
    const stat = fs.statSync(full);
    const inside = real === workspace || real.startsWith(workspace + '/');
    return { real, isFile: inside && stat.isFile(), isFolder: inside && stat.isDirectory() };
  } catch {
    return { real: '', isFile: false, isFolder: false };
  }
}

function digestOf(file) {
  const sum = createHash('sha256');
  const chunk = Buffer.allocUnsafe(1 << 20);
  const fd = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  for (let read = fs.readSync(fd, chunk); read > 0; read = fs.readSync(fd, chunk)) sum.update(chunk.subarray(0, read));
  fs.closeSync(fd);
  return sum.digest();
}
`;
