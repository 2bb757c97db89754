import type { AudioPort, LineFactory, PlacementsPort, RivalsPort } from '../ports.js';
import type { Clock, Random } from '../time/clock.js';

/** What a phone is made of; time, chance and everything that touches the world are handed in. */
export interface PhoneParts {
  readonly placements: PlacementsPort;
  readonly audio: AudioPort;
  readonly openLine: LineFactory;
  readonly rivals: RivalsPort;
  readonly clock: Clock;
  readonly random: Random;
  /** Told of a mistake in the phone itself; a fault of the network never comes here. */
  readonly onBug: (error: unknown) => void;
}
