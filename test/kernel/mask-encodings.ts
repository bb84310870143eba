/** The ways in which a program may print a value that it must not, each a text that holds it. */

export const ENCODINGS: Readonly<Record<string, (value: string) => string>> = {
  plain: (value) => value,
  'base64, alone': (value) => base64(value),
  'base64, behind one byte': (value) => base64(`x${value}`),
  'base64, behind two bytes': (value) => base64(`xy${value}`),
  'base64, with more behind': (value) => base64(`${value}tail`),
  'base64 of base64': (value) => base64(base64(value)),
  'base64 of base64, both shifted': (value) => base64(`ab${base64(`c${value}zz`)}`),
  'on a command line': (value) => value.replaceAll('"', '\\"'),
  'in single quotes of a shell': (value) => value.replaceAll("'", "'\\''"),
  'in an expression': (value) => value.replaceAll("'", "''"),
  'in JSON': (value) => JSON.stringify(value).slice(1, -1),
  'in a URI': (value) => encodeURIComponent(value),
  'in XML': (value) =>
    value
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;'),
  'without its double quotes': (value) => value.replace(/^"(.*)"$/s, '$1'),
};

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** Twelve characters in a row of what a text would show of a value; what is left beside a mask is less. */
export function showsAPartOf(form: string, text: string): boolean {
  for (let at = 0; at + 12 <= form.length; at++) if (text.includes(form.slice(at, at + 12))) return true;
  return false;
}
