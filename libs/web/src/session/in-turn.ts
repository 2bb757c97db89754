/** Lets one piece of work at a time run, across all tabs of this browser where it can. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Two tabs of one console share the refresh cookie, and each cookie is good once: they take turns by a Web Lock.
 * Where the page has no locks (plain http on a name other than localhost) each tab only minds itself.
 */
export function inTurn(name: string, locks: LockManager | undefined = globalThis.navigator?.locks): Turn {
  return (work) => (locks ? (locks.request(name, work) as ReturnType<typeof work>) : work());
}
