/** The kinds of row that can be due: what the queue carries ids of. */
export type DueKind = 'event' | 'job' | 'flag' | 'turn' | 'hold' | 'command' | 'comment' | 'quarantine';
