import type { AmiClock, AmiMessage, AmiSession } from '@nailup/ami';

const name = 'NailupEcho';
/** Older questions are not waited for: whoever answers them says nothing about now. */
const mostAsked = 10;

/**
 * Says a nonce and times its way back as an event. A Ping is answered by the session itself; only this shows how late events are (they have come
 * minutes late from an Asterisk that answered each Ping at once).
 */
export class EchoProbe {
  private readonly asked = new Map<string, number>();

  /**
   * @param nextNonce each time another one, also among managers
   * @param heard the event of a nonce came, after so many milliseconds
   */
  constructor(
    private readonly clock: AmiClock,
    private readonly nextNonce: () => string,
    private readonly heard: (latencyMs: number) => void,
  ) {}

  ask(session: AmiSession): void {
    const nonce = this.nextNonce();
    this.asked.set(nonce, this.clock.now());
    const [oldest] = this.asked.keys();
    if (this.asked.size > mostAsked && oldest !== undefined) this.asked.delete(oldest);
    // A box that refuses it (an older account without the class `user`) never echoes, and is judged by the other signs.
    session.action({ Action: 'UserEvent', UserEvent: name, ActionID: nonce }).catch(() => this.asked.delete(nonce));
  }

  /** Whether the event is an echo, of us or of another manager: nobody else's business then. */
  take(event: AmiMessage): boolean {
    if (event.Event !== 'UserEvent' || event.get('UserEvent') !== name) return false;
    // Whatever an order of this kind says comes back in its event, the ActionID too (main/manager.c, action_userevent).
    const nonce = event.ActionID ?? '';
    const at = this.asked.get(nonce);
    this.asked.delete(nonce);
    if (at !== undefined) this.heard(this.clock.now() - at);
    return true;
  }

  /** The session ended: what was asked there is never answered. */
  forget(): void {
    this.asked.clear();
  }
}
