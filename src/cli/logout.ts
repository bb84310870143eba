/** `logout`: forgets the token of a server. */
import type { Command } from 'commander';
import { acting, type Desk, helpTail, NotSignedIn, verbOf } from './desk.js';
import { serverUrl } from './logins/logins.js';

export const logout = verbOf('logout', defineLogout);

export function defineLogout(command: Command, desk: Desk): void {
  command
    .description('Forget the token of a server. It stays good until it is revoked there.')
    .option('--url <url>', 'server to forget (default: that of the last login)')
    .addHelpText('after', helpTail(['logout', 'logout --url https://ci.example.org']))
    .action(acting(desk, (options: { url?: string }) => forget(desk, options.url)));
}

async function forget({ logins, screen }: Desk, named: string | undefined): Promise<void> {
  const url = named === undefined ? await logins.current() : serverUrl(named, '--url');
  if (url === null || !(await logins.forget(url))) throw new NotSignedIn(named);
  screen.line(`Signed out of ${url}. The token stays good until it is revoked there.`);
}
