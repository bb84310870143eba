/** Puts the verbs of the command line into a few files: a command that loads four hundred of them takes twice as long to start. */
import { dirname, join, relative } from 'node:path';

/**
 * Of the compiled `program`; makes a file of its name in the folder `to`, and parts that are loaded when a verb needs them. The
 * server stays where it was compiled: it starts once, and its packages have files of their own beside them.
 */
export async function bundleProgram(program, to) {
  const { rolldown } = await import('rolldown');
  const server = relative(to, join(dirname(program), 'serve.js'));
  const bundle = await rolldown({
    input: program,
    platform: 'node',
    plugins: [{ name: 'server', resolveId: (id) => (id === './serve.js' ? { id: server, external: true } : null) }],
    logLevel: 'warn',
  });
  await bundle.write({ dir: to, format: 'esm', chunkFileNames: '[name].js' });
  await bundle.close();
}
