/** `completion`: the script that lets a shell complete our verbs; it asks the hidden verb `complete`. */
import { script } from '@bomb.sh/tab';
import { Argument, type Command } from 'commander';
import { acting, type Desk, verbOf } from './desk.js';
import { EXIT_CODES } from './verb.js';

const SHELLS = ['bash', 'zsh', 'fish'];
const PROGRAM = 'pagure-actions';

export const completion = verbOf('completion', defineCompletion);

export function defineCompletion(command: Command, desk: Desk): void {
  command
    .description('Print the script that completes verbs, options, projects and ids in a shell.')
    .addArgument(new Argument('<shell>', 'the shell to print it for').choices(SHELLS))
    .addHelpText('after', `\n${HOW_TO}\n\n${EXIT_CODES}`)
    .action(acting(desk, (shell: string) => printScript(desk, shell)));
}

const HOW_TO = `To have it in every new shell:
  bash  echo 'source <(pagure-actions completion bash)' >> ~/.bashrc   (needs the package bash-completion)
  zsh   echo 'source <(pagure-actions completion zsh)' >> ~/.zshrc     (after compinit)
  fish  pagure-actions completion fish > ~/.config/fish/completions/pagure-actions.fish`;

/** The library prints by itself. */
async function printScript(_desk: Desk, shell: string): Promise<void> {
  script(shell, PROGRAM, PROGRAM);
}
