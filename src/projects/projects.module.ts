/** Projects, pipelines and API tokens; needs the kernel, the store, the forges and the running settings to be global. */
import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { RUNNING_SETTINGS, type RunningSettings } from '../config/running-settings.js';
import { Projects } from '../store/projects.js';
import { ApplyDeclared } from './apply-declared.js';
import { ChangeKeys } from './change-keys.js';
import { ChangeProject } from './change-project.js';
import { FindAsker } from './find-asker.js';
import { FirstToken } from './first-token.js';
import { HostRule } from './host-rule.js';
import { IssueToken } from './issue-token.js';
import { RefreshVisibility } from './refresh-visibility.js';
import { RegisterProject } from './register-project.js';
import { RevokeToken } from './revoke-token.js';
import { SetPipeline } from './set-pipeline.js';
import { SetSecret } from './set-secret.js';
import { WriteDeclared } from './write-declared.js';

const VERBS = [
  ApplyDeclared,
  ChangeKeys,
  ChangeProject,
  FindAsker,
  FirstToken,
  IssueToken,
  RefreshVisibility,
  RegisterProject,
  RevokeToken,
  SetPipeline,
  SetSecret,
];

@Module({
  providers: [
    {
      provide: HostRule,
      inject: [Projects, RUNNING_SETTINGS],
      useFactory: (projects: Projects, settings: RunningSettings) =>
        new HostRule(projects, settings.hostSharesEverything),
    },
    WriteDeclared,
    ...VERBS,
  ],
  exports: VERBS,
})
export class ProjectsModule implements OnApplicationBootstrap {
  constructor(@Inject(RefreshVisibility) private readonly visibility: RefreshVisibility) {}

  /** Declared projects were never asked about; a slow forge keeps nobody waiting. */
  onApplicationBootstrap(): void {
    void this.visibility.refreshAll();
  }
}
