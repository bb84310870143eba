/** What is kept of a delivery's headers; none of them is signed, and a signature is never kept. */

export type ReceivedHeaders = Readonly<Record<string, string | string[] | undefined>>;

const KEPT_HEADERS = ['user-agent', 'content-type', 'x-pagure', 'x-pagure-project', 'x-pagure-topic'];
const LONGEST_HEADER = 500;

/** Pure. */
export function keptHeaders(headers: ReceivedHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value.slice(0, LONGEST_HEADER);
  }
  return kept;
}
