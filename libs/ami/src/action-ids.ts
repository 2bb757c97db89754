/**
 * Unique ActionIDs. Unique over sessions too, because `OriginateResponse` is told to every session with the ActionID
 * of whoever ordered the call.
 */
export class ActionIds {
  private count = 0;

  /** @param owner what sets this session apart from all others (a random or boot id of the caller), at most 40 characters */
  constructor(private readonly owner = 'nailup') {}

  next(kind = 'action'): string {
    this.count += 1;
    return `${this.owner}-${kind}-${this.count}`;
  }
}
