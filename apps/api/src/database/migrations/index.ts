import { InitialSchema1763856000000 } from './1763856000000-initial-schema.js';
import { Selection1763856100000 } from './1763856100000-selection.js';
import { Managers1763856200000 } from './1763856200000-managers.js';
import { HealthReason1763856300000 } from './1763856300000-health-reason.js';
import { Calls1764150000000 } from './1764150000000-calls.js';
import { NumbersGo1764150100000 } from './1764150100000-numbers-go.js';
import { Recordings1764150200000 } from './1764150200000-recordings.js';
import { Supervisions1764150300000 } from './1764150300000-supervisions.js';
import { Transfers1764150400000 } from './1764150400000-transfers.js';
import { WhoseWord1764151200000 } from './1764151200000-whose-word.js';
import { Drain1764160000000 } from './1764160000000-drain.js';

/** Every migration, oldest first. A migration that has been released is never edited: expand in a new one, contract in a later one. */
export const migrations = [
  InitialSchema1763856000000, Selection1763856100000, Managers1763856200000, HealthReason1763856300000, Calls1764150000000, NumbersGo1764150100000,
  Recordings1764150200000, Supervisions1764150300000, Transfers1764150400000, WhoseWord1764151200000, Drain1764160000000,
];
