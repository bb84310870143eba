/** A folder with a configuration file, key files and pipelines, and the settings read from it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SettingsError } from '../../src/config/faults.js';
import { readSettings, type Settings } from '../../src/config/settings.js';

export class Scene {
  readonly folder = mkdtempSync(join(tmpdir(), 'config-'));
  readonly env: Record<string, string> = { HOME: join(this.folder, 'home') };

  write(file: string, text: string, mode = 0o600): string {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode });
    return path;
  }

  read(text: string | null, args: readonly string[] = []): Settings {
    if (text !== null) this.write('pagure-actions.yml', text);
    return readSettings({ env: this.env, cwd: this.folder, args });
  }

  /** One line per fault, or [] when the settings are good. */
  faults(text: string | null, args: readonly string[] = []): readonly string[] {
    try {
      this.read(text, args);
      return [];
    } catch (thrown) {
      if (!(thrown instanceof SettingsError)) throw thrown;
      return thrown.faults.map((fault) => `${fault.where}: ${fault.message}`);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
