import type { CallRecord } from './call.record.js';

export interface KnownLeg {
  readonly mediaServerId: string;
  readonly uniqueid: string;
}

/** The legs of a call that have been seen, the one towards the caller first: with it the others end by themselves. */
export function legsOf({ farMediaServerId, farUniqueid, mediaServerId, legUniqueid }: CallRecord): KnownLeg[] {
  return [
    ...(farMediaServerId !== null && farUniqueid !== null ? [{ mediaServerId: farMediaServerId, uniqueid: farUniqueid }] : []),
    ...(mediaServerId !== null && legUniqueid !== null ? [{ mediaServerId, uniqueid: legUniqueid }] : []),
  ];
}
