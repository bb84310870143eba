/** Makes `docs/configuration.md` from the table of settings that the server itself reads by. */

/** The page's text; `tables` are the exports of `config/settings-table`. */
export function configurationPage({ SERVER_SETTINGS, PROJECT_KEYS }) {
  const rows = Object.values(SERVER_SETTINGS);
  return `${OPENING}
## \`server\`

Each setting may stand in the file, in an environment variable or on the command line. An option beats a variable, a variable beats the file. A list is separated by commas in a variable.

${rows.map(section).join('\n')}
${PROJECTS}
| key | meaning |
| --- | ------- |
${Object.entries(PROJECT_KEYS)
  .map(([key, text]) => `| \`${key}\` | ${text} |`)
  .join('\n')}

${CLOSING}`;
}

function section(row) {
  const title = row.key === null ? `\`${row.variable}\`` : `\`${row.key}\``;
  const names = [
    `- variable: \`${row.variable}\`${row.option === null ? '' : `; option: \`--${row.option}\``}`,
    `- must be ${row.kind.says}`,
    `- default: ${row.fallbackSays}`,
  ];
  return `### ${title}\n\n${row.description}\n\n${names.join('\n')}\n`;
}

const OPENING = `# Configuration

<!-- Made from src/config/settings-table.ts by \`npm run docs\`: change the table, not this page. -->

Everything is set in one file, \`pagure-actions.yml\`, in the folder where the server is started (another one: \`--config FILE\` or \`PAGURE_ACTIONS_CONFIG\`). Without a file every setting has its default. A wrong setting stops the start: all faults are listed, each with file and line.

\`\`\`yaml
server:
  public_url: https://ci.example.org
  slots: 4
projects:
  - instance: https://pagure.example.org
    fullname: lab
    keys:
      - env: LAB_KEY
    token:
      file: keys/lab-token
    pipelines:
      - name: nightly
        path: pipelines/nightly.yml
\`\`\`

Times are written as \`30s\`, \`10m\`, \`12h\` or \`7d\`, sizes as \`512KiB\`, \`64MiB\` or \`2GiB\`. Paths are relative to the file; in a variable or option, to the folder where the server is started. Secrets never stand in the file: it names a variable (\`{env: NAME}\`) or a file (\`{file: PATH}\`) that holds one.
`;

const PROJECTS = `## \`projects\`

A list. It is applied at each start and is then read-only in the API; a project that leaves the file is disabled, never deleted; only its web-hook keys are dropped, so that they may serve it under a corrected name.
`;

const CLOSING = `## Files that the first start makes

In \`state_dir\`, both with mode 0600: \`master.key\`, which seals keys and tokens in the database (keep a copy of it apart from the copies of \`data_dir\`), and \`first-token\`, an API token of role maintain. A master key that others may read, that lies inside \`data_dir\`, that is gone while \`data_dir\` is in use, or that is another than the one it was sealed under, stops the start.
`;
