/** Whose leg it is: the agent's own, for whom the conference is named, or a client's. */
export type LegRole = 'agent' | 'client';

/** One channel in one conference, as a snapshot lists it. */
export interface ListedLeg {
  readonly uniqueid: string;
  readonly conference: string;
  readonly role: LegRole;
}

/** What is learnt of the fleet, in our words. Uniqueids are those of one server since it booted. */
export type FleetFact =
  /** Everything that stood on the server at one moment: what is not listed is gone. */
  | { readonly kind: 'snapshot'; readonly mediaServerId: string; readonly legs: readonly ListedLeg[] }
  | {
      readonly kind: 'leg-joined';
      readonly mediaServerId: string;
      readonly uniqueid: string;
      readonly conference: string;
      readonly role: LegRole;
    }
  /** The leg left its conference. Without `conference` its channel ended, wherever it stood. */
  | { readonly kind: 'leg-left'; readonly mediaServerId: string; readonly uniqueid: string; readonly conference?: string }
  /** Its clients are out of it. The agent may rest outside between two of them: her leg ends with its channel. */
  | { readonly kind: 'conference-ended'; readonly mediaServerId: string; readonly conference: string }
  /** It booted: nothing from before stands. */
  | { readonly kind: 'server-restarted'; readonly mediaServerId: string }
  /** Nobody follows it any more, so nothing can be said of it. */
  | { readonly kind: 'server-forgotten'; readonly mediaServerId: string };

/** How one conference stands: the agent's legs by uniqueid, oldest first, and how many clients are with them. */
export interface ConferenceLevel {
  readonly conference: string;
  readonly legs: readonly string[];
  readonly clientLegs: number;
}
