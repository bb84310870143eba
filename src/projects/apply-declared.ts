/** Applies what `pagure-actions.yml` declares, at each start: the file is the truth for what it names. */
import { Injectable, Logger } from '@nestjs/common';
import { type SettingFault, SettingsError } from '../config/faults.js';
import type { ProjectDeclaration } from '../config/project-declarations.js';
import { formatProblem, Refusal } from '../kernel/errors.js';
import { Projects } from '../store/projects.js';
import { checkDeclared, checkHostRule, isDeclared } from './check-declared.js';
import type { DeclaredProjectInput } from './declared-input.js';
import { HostRule } from './host-rule.js';
import { WriteDeclared } from './write-declared.js';

@Injectable()
export class ApplyDeclared {
  private readonly logger = new Logger(ApplyDeclared.name);

  constructor(
    private readonly projects: Projects,
    private readonly hostRule: HostRule,
    private readonly writing: WriteDeclared,
  ) {}

  /**
   * Nothing is written when a SettingsError is thrown for what the file says; each project is one commit, and all of it may
   * be called again. Projects that an earlier file declared and this one does not are disabled.
   */
  async apply(file: string, declarations: readonly ProjectDeclaration[]): Promise<void> {
    const { projects: declared, warnings } = checkDeclared(declarations);
    const standing = await this.projects.list();
    if (!this.hostRule.hostSharesEverything) checkHostRule(file, declared, standing);
    for (const warning of warnings) this.logger.warn(formatProblem(warning));
    for (const project of standing)
      if (project.declaredBy !== null && !isDeclared(project, declared)) await this.writing.leave(project);
    await this.writeAll(file, declared);
  }

  private async writeAll(file: string, declared: readonly DeclaredProjectInput[]): Promise<void> {
    const faults: SettingFault[] = [];
    for (const project of declared) {
      await this.writing.write(file, project).catch((thrown: unknown) => {
        if (!(thrown instanceof Refusal)) throw thrown;
        faults.push({ where: project.where, message: thrown.message });
      });
    }
    if (faults.length > 0) throw new SettingsError(faults);
  }
}
