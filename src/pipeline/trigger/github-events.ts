/** The events of GitHub's language: their activity types, their filters, and whether the forge has anything like them. */

export type FilterKey = 'branches' | 'branches-ignore' | 'tags' | 'tags-ignore' | 'paths' | 'paths-ignore';

export interface GithubEvent {
  readonly types: readonly string[];
  /** Those that the forge tells of; null = all. */
  readonly told: readonly string[] | null;
  /** Types that count when the file gives none; null = all. */
  readonly defaultTypes: readonly string[] | null;
  readonly filters: readonly FilterKey[];
  /** `never`: nothing of the forge can start it. */
  readonly starts: 'here' | 'never';
  /** One sentence for people; '' of what never starts. */
  readonly when: string;
}

const BRANCHES: readonly FilterKey[] = ['branches', 'branches-ignore'];
const TAGS: readonly FilterKey[] = ['tags', 'tags-ignore'];
const PATHS: readonly FilterKey[] = ['paths', 'paths-ignore'];

const PULL_REQUEST_TYPES = words(
  `assigned unassigned labeled unlabeled opened edited closed reopened synchronize converted_to_draft locked unlocked enqueued
   dequeued milestoned demilestoned ready_for_review review_requested review_request_removed auto_merge_enabled auto_merge_disabled stacked`,
);
const ISSUE_TYPES = words(
  `opened edited deleted transferred pinned unpinned closed reopened assigned unassigned labeled unlabeled locked unlocked
   milestoned demilestoned field_added field_removed typed untyped`,
);
const DISCUSSION_TYPES = words(
  'created edited deleted transferred pinned unpinned labeled unlabeled locked unlocked category_changed answered unanswered',
);
const PULL_REQUEST_DEFAULTS = ['opened', 'synchronize', 'reopened'];
const COMMENT_TYPES = words('created edited deleted');
const TOLD_OF_ISSUES = words('opened edited closed reopened labeled unlabeled assigned unassigned');
const TOLD_OF_COMMENTS = words('created edited');

export const GITHUB_EVENTS: ReadonlyMap<string, GithubEvent> = new Map<string, GithubEvent>([
  ['push', here('A branch or a tag got commits.', [], [...BRANCHES, ...TAGS, ...PATHS])],
  ['create', here('A branch or a tag was made.')],
  ['delete', here('A branch or a tag was deleted.')],
  ['pull_request', pullRequest('A pull-request was opened or changed.')],
  ['pull_request_target', pullRequest("As `pull_request`, with the default branch's text of the pipeline.")],
  ['issue_comment', here('A comment on an issue or a pull-request.', COMMENT_TYPES, [], TOLD_OF_COMMENTS)],
  ['issues', here('An issue was opened or changed.', ISSUE_TYPES, [], TOLD_OF_ISSUES)],
  ['workflow_dispatch', here('Somebody starts it by hand, with inputs.')],
  ['repository_dispatch', here('A program asks for it by the API, with a type and a payload.')],
  ['schedule', here('The clock: five fields of cron, in UTC or a time zone.')],
  ['workflow_call', here('Another pipeline calls it.')],
  ['workflow_run', here('Another pipeline ran.', words('requested completed in_progress'), BRANCHES)],
  ['branch_protection_rule', never('created edited deleted')],
  ['check_run', never('completed created rerequested requested_action')],
  ['check_suite', never('completed')],
  ['deployment', never()],
  ['deployment_status', never()],
  ['discussion', never(DISCUSSION_TYPES.join(' '))],
  ['discussion_comment', never('created edited deleted')],
  ['fork', never()],
  ['gollum', never()],
  ['image_version', never('created ready deleted')],
  ['label', never('created edited deleted')],
  ['merge_group', never('checks_requested', BRANCHES)],
  ['milestone', never('created closed opened edited deleted')],
  ['page_build', never()],
  ['project', never('created closed reopened edited deleted')],
  ['project_card', never('created moved converted edited deleted')],
  ['project_column', never('created updated moved deleted')],
  ['public', never()],
  ['pull_request_comment', never(COMMENT_TYPES.join(' '))],
  ['pull_request_review', never('submitted edited dismissed')],
  ['pull_request_review_comment', never('created edited deleted')],
  ['registry_package', never('published updated')],
  ['release', never('published unpublished created edited deleted prereleased released')],
  ['status', never()],
  ['watch', never('started')],
]);

/** A name with a dot or a glob is a topic, as the forge spells it; every other name is GitHub's. */
export const TOPIC_NAME = /[.*?[\]+!\\]/;

export function isTopicName(name: string): boolean {
  return TOPIC_NAME.test(name);
}

function here(
  when: string,
  types: readonly string[] = [],
  filters: readonly FilterKey[] = [],
  told: readonly string[] | null = null,
): GithubEvent {
  return { types, filters, told, defaultTypes: null, starts: 'here', when };
}

function pullRequest(when: string): GithubEvent {
  const filters = [...BRANCHES, ...PATHS];
  const told = [...TOLD_OF_ISSUES, 'synchronize'];
  return { ...here(when, PULL_REQUEST_TYPES, filters, told), defaultTypes: PULL_REQUEST_DEFAULTS };
}

function never(types = '', filters: readonly FilterKey[] = []): GithubEvent {
  return { types: words(types), filters, told: null, defaultTypes: null, starts: 'never', when: '' };
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
