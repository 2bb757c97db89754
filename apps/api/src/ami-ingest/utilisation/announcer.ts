import type { Utilisation } from './utilisation.repository.js';

export interface AnnouncerPort {
  of(ids: readonly string[]): Promise<Map<string, Utilisation>>;
  tell(utilisations: ReadonlyMap<string, Utilisation>): Promise<void>;
}

/** Tells the utilisation of media servers whose placements moved: at once after a quiet time, else once in `everyMs`, and only what differs. */
export class Announcer {
  private readonly dirty = new Set<string>();
  private readonly told = new Map<string, { at: number; text: string }>();
  private running = false;

  constructor(
    private readonly port: AnnouncerPort,
    private readonly everyMs: number,
    private readonly now: () => number,
  ) {}

  moved(mediaServerId: string): void {
    this.dirty.add(mediaServerId);
  }

  forget(mediaServerId: string): void {
    this.dirty.delete(mediaServerId);
    this.told.delete(mediaServerId);
  }

  /** Tells what is due; called on a regular tick. A failure leaves everything due. */
  async tick(): Promise<void> {
    const now = this.now();
    const due = [...this.dirty].filter((id) => now - (this.told.get(id)?.at ?? -Infinity) >= this.everyMs);
    if (this.running || due.length === 0) return;
    this.running = true;
    for (const id of due) this.dirty.delete(id);
    try {
      const found = await this.port.of(due);
      const news = new Map([...found].filter(([id, utilisation]) => this.told.get(id)?.text !== JSON.stringify(utilisation)));
      await this.port.tell(news);
      for (const [id, utilisation] of news) this.told.set(id, { at: now, text: JSON.stringify(utilisation) });
    } catch (error) {
      for (const id of due) this.dirty.add(id);
      throw error;
    } finally {
      this.running = false;
    }
  }
}
