/** How a text looks when a program has quoted or escaped it: for a shell, in JSON, in a URI, in XML. Pure. */

/** The text itself comes first; forms may repeat. */
export function plainForms(text: string): readonly string[] {
  return [
    text,
    ...withoutQuotes(text),
    ...onCommandLines(text),
    text.replaceAll("'", "''"),
    ...inJson(text),
    ...inUris(text),
    ...inXml(text),
  ];
}

/** A value that was stored together with its quotes is printed without them. */
function withoutQuotes(text: string): readonly string[] {
  return /^".+"$/s.test(text) ? [text.slice(1, -1)] : [];
}

/** As Windows does it, as `set -x` of a shell does it, and as `printf %q` does it. */
function onCommandLines(text: string): readonly string[] {
  return [
    text.replaceAll('"', '\\"'),
    text.replace(/["\\$`]/g, '\\$&'),
    text.replaceAll("'", "'\\''"),
    text.replace(/[^\w@%+=:,./\u0080-\u{10ffff}-]/gu, '\\$&'),
  ];
}

/** As JavaScript writes it, as Python does (nothing but ASCII), as PHP does, and as Go does. */
function inJson(text: string): readonly string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const ascii = plain.replace(/[\u007f-\uffff]/g, unicodeEscape);
  return [plain, ascii, plain.replaceAll('/', '\\/'), plain.replace(/[<>&]/g, unicodeEscape)];
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** As data, by the stricter rule of RFC 3986 too, as a form sends it, and with small hexadecimal digits. */
function inUris(text: string): readonly string[] {
  const plain = encodeURIComponent(text);
  const strict = plain.replace(/[!'()*]/g, percentEscape);
  const forms = [plain, strict, strict.replaceAll('%20', '+'), encodeURI(text)];
  return [...forms, ...forms.map((form) => form.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()))];
}

function percentEscape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** In the text of an element, and in an attribute with the usual names of an apostrophe. */
function inXml(text: string): readonly string[] {
  const element = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = element.replaceAll('"', '&quot;');
  return [element, quoted, ...['&apos;', '&#39;', '&#x27;'].map((name) => quoted.replaceAll("'", name))];
}
