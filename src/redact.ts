/** Takes secrets out of text that is about to be logged: nothing should bring one there, and this holds when something does. */

/** What looks like a secret, and what stands for it. A commit is 40 hex digits in lower case, and stays. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\bpa_[A-Za-z0-9_-]{8,}/g, 'pa_…'],
  [/\b(bearer|basic|token)\s+[^\s"\\]{20,}/gi, '$1 …'],
  [/((?:authorization|x-pagure-signature(?:-256)?|cookie)\\?"?\s*[:=]\s*\\?"?)[^"\\,}\n]+/gi, '$1…'],
  [/\b[0-9a-f]{64}\b/g, '…'],
  [/\b[A-Z0-9]{40,}\b/g, '…'],
  [/(\w:\/\/)[^/\s"\\@]+@/g, '$1…@'],
];

/** Pure. */
export function redact(text: string): string {
  return SECRETS.reduce((so, [pattern, instead]) => so.replace(pattern, instead), text);
}
