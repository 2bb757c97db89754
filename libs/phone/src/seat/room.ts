import { othersAfter, readConferenceEvent, readsParked, type Participant } from '../conference/conference.js';
import type { SeatOffer } from '../ports.js';
import type { Clock } from '../time/clock.js';

/** What a console shows of her room. */
export interface RoomView {
  /** Everyone else in the room. */
  readonly others: readonly Participant[];
  /** Since when somebody else is in the room; null while she is alone. */
  readonly withOthersSince: number | null;
  /** The microphone rests: she waits outside of her room and nobody would hear her. */
  readonly resting: boolean;
}

export const emptyRoom: RoomView = { others: [], withOthersSince: null, resting: false };

/**
 * Her room as the media server tells of it inside the dialog, with every manager stopped. An agent whose parking is `holding` waits outside of it,
 * in a holding bridge, until a client leg fetches her.
 */
export class Room {
  #view = emptyRoom;
  #offer: SeatOffer | null = null;
  /** Whom she was told of: a new leg of the same call must not chime again. */
  readonly #greeted = new Set<string>();

  constructor(private readonly clock: Clock) {}

  /** A leg to this seat is on its way: nobody knows yet who is there. */
  enter(offer: SeatOffer): RoomView {
    this.#offer = offer;
    this.#view = { ...emptyRoom, resting: offer.parking === 'holding' };
    return this.#view;
  }

  /**
   * Hears one message of the dialog.
   * @returns null for a message that is not about the room. `arrived`: a client has just joined
   */
  hear(contentType: string, body: string): { readonly view: RoomView; readonly arrived: boolean } | null {
    if (!this.#offer) return null;
    const { parking, sip } = this.#offer;
    if (readsParked(contentType, body)) return this.#now([], parking === 'holding');
    const event = readConferenceEvent(contentType, body);
    if (!event) return null;
    const others = othersAfter(this.#view.others, event, sip.username);
    // A welcome or a join, also of nobody but herself, means that she stands in the room: a client comes right after, and must hear her first word.
    const inside = event.kind === 'welcome' || event.kind === 'join' || others.length > 0;
    const left = event.kind === 'leave' && others.length === 0;
    return this.#now(others, parking === 'holding' && (left || (!inside && this.#view.resting)));
  }

  #now(others: readonly Participant[], resting: boolean): { readonly view: RoomView; readonly arrived: boolean } {
    const arrived = others.some(({ id }) => !this.#greeted.has(id));
    this.#greeted.clear();
    for (const { id } of others) this.#greeted.add(id);
    const withOthersSince = others.length === 0 ? null : (this.#view.withOthersSince ?? this.clock.now());
    this.#view = { others, withOthersSince, resting };
    return { view: this.#view, arrived };
  }
}
