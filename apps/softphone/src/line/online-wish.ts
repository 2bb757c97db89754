import { meansToBeOnline, type Phone } from '@nailup/phone';

/** The part of `sessionStorage` the wish needs: it lives as long as the tab, and a reload keeps it. */
export type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const key = 'nailup-online';

/**
 * Remembers that this agent is online in this tab, so that a reload brings her back to her seat.
 * Only her id is stored; the secret of the seat never is.
 */
export class OnlineWish {
  constructor(private readonly storage: TabStorage) {}

  /** Was this agent online here before the page was loaded? */
  holds(agentId: string): boolean {
    return this.storage.getItem(key) === agentId;
  }

  /** Keeps the wish equal to what the phone does for this agent. Returns the end of keeping. */
  follow(phone: Pick<Phone, 'picture' | 'subscribe'>, agentId: string): () => void {
    const keep = (): void => {
      if (meansToBeOnline(phone.picture().state)) this.storage.setItem(key, agentId);
      else this.storage.removeItem(key);
    };
    return phone.subscribe(keep);
  }
}
