/** The headers of our answers, as the description of the API shows them. */

export interface DescribedHeader {
  readonly description: string;
  readonly schema: { readonly type: 'string' | 'integer'; readonly example: string | number };
}

export type KnownHeader =
  | 'Accept-Ranges'
  | 'Content-Disposition'
  | 'Content-Encoding'
  | 'Content-Range'
  | 'Content-Security-Policy'
  | 'ETag'
  | 'Link'
  | 'Location'
  | 'Retry-After'
  | 'WWW-Authenticate'
  | 'X-Log-Attempt'
  | 'X-Log-From-Byte';

export const HEADERS: Readonly<Record<KnownHeader, DescribedHeader>> = {
  'Accept-Ranges': text('Parts may be asked for by byte.', 'bytes'),
  'Content-Disposition': text('The name of the file, where it is saved as one.', 'attachment; filename="log.txt"'),
  'Content-Encoding': text('How the answer is packed.', 'gzip'),
  'Content-Range': text('Which part of the whole this is.', 'bytes 0-99/1234'),
  'Content-Security-Policy': text('What a browser may do with the page.', "default-src 'none'"),
  ETag: text(
    'The state that this answer shows: send it back as If-None-Match or If-Match.',
    '"f1kPXzJbZ5cXn0TqcTqU1mhLP9k"',
  ),
  Link: text('Where the next page is; left out on the last one.', '</api/v1/events?cursor=MTIz>; rel="next"'),
  Location: text('Where that which was made is found.', '/api/v1/projects/1'),
  'Retry-After': number('After how many seconds to try again.', 5),
  'WWW-Authenticate': text('How to show a token.', 'Bearer realm="pagure-actions"'),
  'X-Log-Attempt': number('The attempt whose log this is.', 1),
  'X-Log-From-Byte': number('Where in the log the first byte of the answer stands.', 0),
};

function text(description: string, example: string): DescribedHeader {
  return { description, schema: { type: 'string', example } };
}

function number(description: string, example: number): DescribedHeader {
  return { description, schema: { type: 'integer', example } };
}
