/** What is wrong with the settings: gathered while reading, thrown together. */

/** `where` is `file:line`, an environment variable or an option; `message` names keys, never values. */
export interface SettingFault {
  readonly where: string;
  readonly message: string;
}

/** The program cannot start: every fault of the settings, one a line. */
export class SettingsError extends Error {
  constructor(readonly faults: readonly SettingFault[]) {
    const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    super([`${count} in the settings:`, ...faults.map((fault) => `  ${fault.where}: ${fault.message}`)].join('\n'));
    this.name = 'SettingsError';
  }
}

/** Where the readers put what they find; reading goes on after each. */
export class Faults {
  private readonly found: SettingFault[] = [];

  add(where: string, message: string): void {
    this.found.push({ where, message });
  }

  /** Throws a SettingsError when anything was added. */
  throwIfAny(): void {
    if (this.found.length > 0) throw new SettingsError(this.found);
  }
}
