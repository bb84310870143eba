/** What Pagure's form for a flag takes and refuses (FACTS §4). */

export interface FlagFields {
  readonly username: string;
  readonly comment: string;
  readonly url: string;
  readonly status: string;
  readonly percent: number | null;
  readonly uid: string | null;
}

/** Field by field what is wrong, in Pagure's words. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

const STATUSES = ['success', 'failure', 'error', 'pending', 'canceled'];

/** The fields, or why they are refused. */
export function readFlagFields(sent: ReadonlyMap<string, string>): FlagFields | { readonly errors: FieldErrors } {
  const errors: Record<string, string[]> = {};
  const refuse = (field: string, message: string) => void (errors[field] ??= []).push(message);
  for (const field of ['username', 'comment', 'url', 'status'])
    if (!sent.get(field)) refuse(field, 'This field is required.');
  const url = sent.get('url') ?? '';
  const status = sent.get('status') ?? '';
  if (url && !isTakenUrl(url)) refuse('url', 'Invalid input.');
  if (status && !STATUSES.includes(status)) refuse('status', 'Not a valid choice');
  if ((sent.get('uid') ?? '').length > 32) refuse('uid', 'Field cannot be longer than 32 characters.');
  const percent = sent.get('percent') ?? null;
  if (percent !== null && !/^\d{1,3}$/.test(percent)) refuse('percent', 'Not a valid integer value');
  if (Object.keys(errors).length > 0) return { errors };
  return {
    username: sent.get('username') ?? '',
    comment: sent.get('comment') ?? '',
    url,
    status,
    percent: percent === null ? null : Number(percent),
    uid: sent.get('uid') ?? null,
  };
}

/** A host without a dot is refused; `localhost` and addresses pass. */
function isTakenUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return /^https?:$/.test(protocol) && (hostname === 'localhost' || hostname.includes('.'));
}
