import { looksLikeOurFault, type Outlook } from '@nailup/domain';

export interface FreezePort {
  /** Called once when it begins, and once with null when it is over. */
  said(sentence: string | null): void;
}

/**
 * Whether media servers may be given up at all. When most of them seem gone at once it is taken for our own network's fault: nobody is moved, nothing
 * released, until at most half of those that were well before seem gone.
 */
export class Freeze {
  private sentence: string | null = null;
  private outlook: { mine: Outlook; pool: Outlook } = { mine: { overdue: 0, all: 0 }, pool: { overdue: 0, all: 0 } };

  constructor(private readonly port: FreezePort) {}

  /** Looks anew; called on a regular tick, before anybody is judged. */
  look(mine: Outlook, pool: Outlook): void {
    this.outlook = { mine, pool };
    if (this.sentence === null || looksLikeOurFault(mine, pool)) return;
    this.sentence = null;
    this.port.said(null);
  }

  /** The sentence while it holds; else null. */
  get now(): string | null {
    return this.sentence;
  }

  /** Asked by whoever would give a media server up: why that must not be, or null when it may. Begins the freeze. */
  ourFault(): string | null {
    const { mine, pool } = this.outlook;
    if (this.sentence !== null || !looksLikeOurFault(mine, pool)) return this.sentence;
    const { overdue, all } = pool.overdue > pool.all / 2 ? pool : mine;
    this.sentence = `${overdue} of ${all} media servers fell silent at once, which looks like a fault of our own network: nobody is moved until it is over.`;
    this.port.said(this.sentence);
    return this.sentence;
  }
}
