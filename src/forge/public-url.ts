/** Will Pagure take a flag whose url begins like this? */

/**
 * What to change, or null. Pagure's form refuses a host without a dot with 400 "Invalid input."; `localhost` and addresses
 * pass (FACTS §4).
 */
export function checkPublicUrl(url: string): string | null {
  if (!URL.canParse(url)) return 'it is no URL: write it like https://ci.example.org';
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return 'it must begin with https:// or http://';
  const isWhole = hostname.replace(/\.+$/, '').includes('.') || hostname.startsWith('[');
  if (isWhole || hostname === 'localhost') return null;
  return `Pagure refuses links to ${hostname}, a host without a dot: use its full name, its address or localhost`;
}
