/** Projects, pipelines and tokens for the whole house; needs the store, the kernel and the forges to be global. */
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Projects } from '../store/projects.js';
import { ApplyDeclared } from './apply-declared.js';
import { ChangeProject } from './change-project.js';
import { FindAsker } from './find-asker.js';
import { FirstToken } from './first-token.js';
import { HostRule } from './host-rule.js';
import { IssueToken } from './issue-token.js';
import { RefreshVisibility } from './refresh-visibility.js';
import { RegisterProject } from './register-project.js';
import { SetPipeline } from './set-pipeline.js';
import { WriteDeclared } from './write-declared.js';

const VERBS = [
  ApplyDeclared,
  ChangeProject,
  FindAsker,
  FirstToken,
  IssueToken,
  RefreshVisibility,
  RegisterProject,
  SetPipeline,
];

@Global()
@Module({})
export class ProjectsModule {
  static with({ hostSharesEverything }: { readonly hostSharesEverything: boolean }): DynamicModule {
    const hostRule = {
      provide: HostRule,
      useFactory: (projects: Projects) => new HostRule(projects, hostSharesEverything),
      inject: [Projects],
    };
    return { module: ProjectsModule, providers: [hostRule, WriteDeclared, ...VERBS], exports: VERBS };
  }
}
