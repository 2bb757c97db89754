import type { CallFact, CallLeg, FleetFact, LifeSignal, ListedLeg } from '@nailup/domain';

/** Which media server, and how to log in there. Plain data: it crosses to the worker. */
export interface LinkTarget {
  readonly mediaServerId: string;
  readonly host: string;
  readonly port: number;
  readonly tls: false | { readonly ca?: string };
  readonly username: string;
  readonly secret: string;
  /** Where its agents reach its SIP side. */
  readonly webSocketUrl: string;
}

/** A change to one leg or conference; what a link tells besides whole snapshots. */
export type LegFact = Extract<FleetFact, { kind: 'leg-joined' | 'leg-left' | 'conference-ended' }>;

/** What a link says of its media server, in the order it happened. Plain data. */
export type LinkReport =
  /** Logged in, and Asterisk has booted. `uptimeSeconds` is as of the log-in. */
  | { readonly kind: 'opened'; readonly uptimeSeconds: number; readonly version: string | null }
  /** Everything that stood there; facts that follow are newer or the same. */
  | { readonly kind: 'snapshot'; readonly legs: readonly ListedLeg[]; readonly calls: readonly CallLeg[] }
  | { readonly kind: 'facts'; readonly facts: readonly LegFact[]; readonly calls: readonly CallFact[] }
  /** It answered a question for a sign of life, after so many milliseconds. */
  | { readonly kind: 'alive'; readonly signal: LifeSignal; readonly latencyMs: number }
  /** Load average of the last minute. */
  | { readonly kind: 'load'; readonly loadAverage: number }
  /** No session (any more): `refused` when nothing listened at its port; `why` for the log, `reason` for who operates the pool. */
  | { readonly kind: 'closed'; readonly refused: boolean; readonly why: string; readonly reason: string };

/** @param linkId as given to `open` */
export type ReportLink = (linkId: number, report: LinkReport) => void;

/** The sessions with media servers, wherever they run. Commands to a link that is gone do nothing. */
export interface Links {
  /** How often facts came faster than they were taken, and a fresh snapshot took their place. */
  readonly overflows: number;
  open(linkId: number, target: LinkTarget): void;
  close(linkId: number): void;
  /** Reads the whole server now instead of at the next slow beat. */
  readSnapshot(linkId: number): void;
  /** Ends channels by uniqueid; those that are gone already are none of anybody's business. */
  hangUp(linkId: number, uniqueids: readonly string[]): void;
  /** Logs off everywhere. */
  stop(): Promise<void>;
}

/** Makes the links. The worker in production; in-thread where a test wants to see inside. */
export type MakeLinks = (report: ReportLink) => Links;
