import { Core, Inviter, SessionState, UserAgent, type Bye, type Message, type Web } from 'sip.js';
import { LineFault, type Line, type LineEvents, type LineFactory, type SeatOffer } from '../ports.js';
import type { Clock } from '../time/clock.js';
import { startPulse, type Pulse } from '../time/pulse.js';
import { within } from '../time/within.js';
import { earlyOffers } from './early-offer.js';
import { Sending } from './sending.js';
import { isBroken, mediaUp, watchMedia } from './media-path.js';
import { lineHost, registerLine } from './register.js';
import { relayHolds } from './relay-time.js';

/** How long each step may take. Milliseconds. */
export const lineTimes = {
  /** The WebSocket; a refused one answers at once, this is for silence. */
  connectMs: 2_500,
  /**
   * Gathering stops here, or with the first candidate that leads outside: an unreachable STUN server must not cost seconds, and a relay so far
   * away that its candidate comes later is used all the same (docs/adr/0014-nat.md).
   */
  gatheringMs: 500,
  /** From INVITE to its final answer; Asterisk asks a manager for the credentials meanwhile. */
  answerMs: 8_000,
  /** From the answer to encrypted media. */
  mediaMs: 6_000,
  /** An ICE restart, from re-INVITE to media. */
  restartMs: 5_000,
} as const;

/** Q.850 cause 26, "non-selected user clearing": the media server's word for "another leg of this seat took over". */
const replacedCause = /cause\s*=\s*26\b/;

/** One leg with SIP.js: `sip.target` is INVITEd as `sip.uri`. */
class SipLine implements Line {
  readonly #agent: UserAgent;
  readonly #failed: Promise<never>;
  #fail!: (why: LineFault) => void;
  #open: Promise<void> = Promise.resolve();
  #answer: Promise<void> | null = null;
  #session: Inviter | null = null;
  #sent: MediaStreamTrack | null = null;
  #pulse: Pulse | null = null;
  #unwatch: (() => void) | null = null;
  readonly #sending = new Sending(() => this.#media?.peerConnection?.getSenders()[0]);
  #muted = false;
  #joined = false;
  #over = false;

  constructor(
    private readonly clock: Clock,
    private readonly offer: SeatOffer,
    private readonly events: LineEvents,
  ) {
    const { sip, mediaServer, iceServers } = offer;
    this.#failed = new Promise((_resolve, reject) => (this.#fail = reject));
    this.#failed.catch(() => undefined);
    this.#agent = new UserAgent({
      uri: UserAgent.makeURI(sip.uri),
      authorizationUsername: sip.username,
      authorizationPassword: sip.password,
      userAgentString: 'Nailup',
      contactName: sip.username,
      viaHost: lineHost,
      // SIP.js would write the Authorization header to the console.
      logBuiltinEnabled: false,
      logConfiguration: false,
      logLevel: 'error',
      gracefulShutdown: false,
      transportOptions: { server: mediaServer.webSocketUrl, connectionTimeout: lineTimes.connectMs / 1000 + 1, traceSip: false },
      delegate: { onDisconnect: () => queueMicrotask(() => this.#socketLost()) },
      sessionDescriptionHandlerFactory: earlyOffers(
        () => this.#open,
        () => new MediaStream(this.#sent ? [this.#sent] : []),
        { iceGatheringTimeout: lineTimes.gatheringMs, peerConnectionConfiguration: { iceServers: [...iceServers], bundlePolicy: 'max-bundle' } },
      ),
    });
    const read = this.#agent.transport.onMessage;
    this.#agent.transport.onMessage = (message) => {
      this.#pulse?.heard();
      read?.(message);
    };
  }

  get remoteStream(): MediaStream | null {
    return this.#media?.remoteMediaStream ?? null;
  }

  async connect(track: MediaStreamTrack): Promise<void> {
    // A copy, because SIP.js stops what it sent when a leg ends, and the microphone outlives its legs.
    this.#sent = this.#copyOf(track);
    const refused = (detail: string): LineFault => new LineFault('websocket', 'websocket-refused', detail);
    const opened = this.#agent.start().catch((error: unknown) => {
      throw refused(error instanceof Error ? error.message : 'WebSocket not opened');
    });
    this.#open = this.#orFailed(within(this.clock, lineTimes.connectMs, opened, () => refused('No answer to the WebSocket handshake')));
    this.#answer = this.#answered();
    this.#answer.catch(() => undefined);
    await this.#open;
  }

  async join(): Promise<void> {
    const answered = this.#answer ?? Promise.reject(new LineFault('sip', 'sip-rejected', 'Not connected'));
    await this.#orFailed(within(this.clock, lineTimes.answerMs, answered, () => new LineFault('sip', 'sip-rejected', 'No answer to the INVITE')));
    const pc = this.#connection;
    await this.#orFailed(mediaUp(this.clock, pc, lineTimes.mediaMs));
    this.#joined = true;
    this.#sending.begin();
    this.#unwatch = watchMedia(this.clock, pc, () => this.#mediaLost());
    this.#pulse = startPulse(this.clock, () => this.#ask(), () => this.#socketLost());
    registerLine(this.#agent, this.offer);
  }

  async restartIce(): Promise<void> {
    const session = this.#session;
    if (!session || this.#over) throw new LineFault('ice', 'ice-failed', 'No leg to restart');
    const restarted = new Promise<void>((resolve, reject) => {
      const sip = (detail: string): LineFault => new LineFault('ice', 'ice-failed', detail);
      session
        .invite({
          sessionDescriptionHandlerOptions: { offerOptions: { iceRestart: true } } as Web.SessionDescriptionHandlerOptions,
          requestDelegate: {
            onAccept: () => resolve(),
            onReject: ({ message }) => reject(sip(`re-INVITE: ${message.statusCode} ${message.reasonPhrase}`)),
          },
        })
        .catch((error: unknown) => reject(sip(error instanceof Error ? error.message : 're-INVITE not sent')));
    });
    const until = this.clock.now() + lineTimes.restartMs;
    await this.#orFailed(within(this.clock, lineTimes.restartMs, restarted, () => new LineFault('ice', 'ice-failed', 'No answer to the ICE restart')));
    await this.#orFailed(mediaUp(this.clock, this.#connection, Math.max(0, until - this.clock.now())));
  }

  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    const copy = this.#copyOf(track);
    const sender = this.#media?.peerConnection?.getSenders()[0];
    this.#sent?.stop();
    this.#sent = copy;
    await sender?.replaceTrack(copy);
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    if (this.#sent) this.#sent.enabled = !muted;
  }

  setResting(resting: boolean): void {
    this.#sending.rest(resting);
  }

  dtmf(digits: string): boolean {
    return this.#joined && !this.#over && this.#sending.dtmf(digits);
  }

  networkChanged(): void {
    if (!this.#joined || this.#over) return;
    this.#pulse?.hurry();
    if (isBroken(this.#connection)) this.#mediaLost();
  }

  hangUp(): void {
    if (this.#over) return;
    this.#over = true;
    this.#pulse?.stop();
    this.#unwatch?.();
    this.#fail(new LineFault('websocket', 'socket-lost', 'Hung up'));
    const session = this.#session;
    // Sent within this call, so that it still leaves when the page is going away.
    if (session?.state === SessionState.Established) session.bye().catch(() => undefined);
    if (session?.state === SessionState.Establishing || session?.state === SessionState.Initial) session.cancel().catch(() => undefined);
    this.#media?.close();
    this.#sent?.stop();
    void this.#agent.stop();
  }

  get #media(): Web.SessionDescriptionHandler | undefined {
    return this.#session?.sessionDescriptionHandler as Web.SessionDescriptionHandler | undefined;
  }

  get #connection(): RTCPeerConnection {
    const pc = this.#media?.peerConnection;
    if (!pc) throw new LineFault('media', 'media-failed', 'The peer connection is closed');
    return pc;
  }

  #orFailed<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#failed]);
  }

  #copyOf(track: MediaStreamTrack): MediaStreamTrack {
    const copy = track.clone();
    copy.enabled = !this.#muted;
    return copy;
  }

  /** INVITE and its final answer. The INVITE leaves once the WebSocket is open. */
  async #answered(): Promise<void> {
    const target = UserAgent.makeURI(this.offer.sip.target);
    if (!target) throw new LineFault('sip', 'sip-rejected', `Not a SIP URI: ${this.offer.sip.target}`);
    const session = new Inviter(this.#agent, target, { delegate: { onBye: (bye) => this.#bye(bye), onMessage: (message) => this.#message(message) } });
    this.#session = session;
    let answer = 'The leg ended before it was answered';
    const rejected = (detail: string): LineFault => new LineFault('sip', 'sip-rejected', detail);
    return new Promise<void>((resolve, reject) => {
      session.stateChange.addListener((state) => {
        if (state === SessionState.Established) resolve();
        if (state === SessionState.Terminated) {
          reject(rejected(answer));
          this.#terminated();
        }
      });
      session
        .invite({ requestDelegate: { onReject: ({ message }) => (answer = `${message.statusCode} ${message.reasonPhrase}`) } })
        .catch((error: unknown) => reject(rejected(error instanceof Error ? error.message : 'INVITE not sent')));
    });
  }

  /**
   * An UPDATE without a body (RFC 3311, the way RFC 4028 keeps sessions alive): Asterisk's SIP stack answers it by itself,
   * without looking up credentials. It answers neither CRLF over WebSocket nor OPTIONS inside a dialog.
   */
  #ask(): void {
    const dialog = this.#session?.dialog;
    const contact = this.#session?.request.getHeader('contact');
    if (!(dialog instanceof Core.SessionDialog) || contact === undefined) return;
    const update = dialog.createOutgoingRequestMessage('UPDATE', { extraHeaders: [`Contact: ${contact}`] });
    // 481 (RFC 3261 §12.2.1.2): the server lives but our leg is gone there, and its BYE never reached us.
    this.#agent.userAgentCore.request(update, { onReject: ({ message }) => void (message.statusCode === 481 && this.#ended(false)) });
  }

  #bye(bye: Bye): void {
    bye.accept().catch(() => undefined);
    const replaced = replacedCause.test(bye.request.getHeader('reason') ?? '');
    // Once SIP.js has finished ending its session: hanging up in the middle of that would end it twice.
    queueMicrotask(() => this.#ended(replaced));
  }

  #message(message: Message): void {
    message.accept().catch(() => undefined);
    if (!this.#over) this.events.message(message.request.getHeader('content-type') ?? '', message.request.body);
  }

  /** SIP.js ended the leg without a BYE from the other side, for example after a re-INVITE that met no dialog (481). */
  #terminated(): void {
    queueMicrotask(() => this.#ended(false));
  }

  #ended(replaced: boolean): void {
    if (this.#over || !this.#joined) return this.#fail(new LineFault('sip', 'sip-rejected', 'The media server hung up while joining'));
    this.#joined = false;
    this.#pulse?.stop();
    this.#unwatch?.();
    this.events.ended({ replaced });
  }

  /** With credentials that ended, a restart would lose the relay: a new leg to the same seat brings fresh ones, as after a lost socket. */
  #mediaLost(): void {
    if (relayHolds(this.offer.iceServers, this.clock.now())) this.events.mediaLost();
    else this.#socketLost();
  }

  #socketLost(): void {
    if (this.#over) return;
    this.#pulse?.stop();
    this.#fail(new LineFault('websocket', 'socket-lost', 'The WebSocket closed'));
    this.events.socketLost();
  }
}

/** Lines over SIP.js. */
export function sipLines(clock: Clock): LineFactory {
  return (offer, events) => new SipLine(clock, offer, events);
}
