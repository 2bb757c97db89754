import { ProblemError } from '@nailup/web';
import type { Api } from '../../shared/api.js';
import type { Settings, SettingsChange } from '../../shared/contract.js';

// Somebody who saves another part is done in a moment; who is overtaken more often than that is told.
const attempts = 3;

/**
 * Replaces a part of the settings, going by what holds at this moment: read, changed and written as one step, begun again when somebody else has
 * written in between.
 * @param changeOf what to write over those settings; may throw to write nothing
 * @throws ProblemError as the manager refuses it
 */
export async function changeSettings(api: Pick<Api, 'settings'>, changeOf: (now: Settings) => SettingsChange): Promise<Settings> {
  for (let left = attempts; ; left -= 1) {
    const now = await api.settings.read();
    try {
      return await api.settings.change(changeOf(now), now.etag);
    } catch (error) {
      if (left === 1 || !(error instanceof ProblemError && error.code === 'SETTINGS.CHANGED')) throw error;
    }
  }
}
