import { FakeClock } from '../testing/fake-clock.js';
import { mediaUp, watchMedia } from './media-path.js';

/** A peer connection that is only its states, its way and a count of packets. */
class FakeConnection extends EventTarget {
  iceConnectionState: RTCIceConnectionState = 'new';
  connectionState: RTCPeerConnectionState = 'new';
  packets = 0;
  readonly iceTransport = new EventTarget();

  getReceivers(): unknown[] {
    return [{ transport: { iceTransport: this.iceTransport } }];
  }

  async getStats(): Promise<Map<string, unknown>> {
    return new Map<string, unknown>([['in', { type: 'inbound-rtp', packetsReceived: this.packets }], ['out', { type: 'outbound-rtp' }]]);
  }

  /** The browser changes to another candidate pair, and `packets` arrive on it. */
  async takeAnotherWay(clock: FakeClock, packets: number, ms: number): Promise<void> {
    this.iceTransport.dispatchEvent(new Event('selectedcandidatepairchange'));
    await clock.pass(0);
    this.packets += packets;
    await clock.pass(ms);
  }

  become(ice: RTCIceConnectionState, connection: RTCPeerConnectionState): void {
    this.iceConnectionState = ice;
    this.connectionState = connection;
    this.dispatchEvent(new Event('iceconnectionstatechange'));
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  get asBrowser(): RTCPeerConnection {
    return this as unknown as RTCPeerConnection;
  }
}

describe('The audio path of a leg', () => {
  let clock: FakeClock;
  let pc: FakeConnection;
  beforeEach(() => {
    clock = new FakeClock();
    pc = new FakeConnection();
  });
  const why = async (ms: number) => {
    const outcome = mediaUp(clock, pc.asBrowser, ms).then(() => null, (error: unknown) => error);
    return { outcome };
  };

  it('is up once ICE found a way and the media on it is encrypted', async () => {
    const { outcome } = await why(1_000);
    pc.become('connected', 'connecting');
    pc.become('connected', 'connected');
    expect(await outcome).toBeNull();
    expect(clock.pending).toBe(0);
  });

  it('is called a fault of ICE when no way is found in time', async () => {
    const { outcome } = await why(1_000);
    pc.become('checking', 'connecting');
    await clock.pass(1_000);
    expect(await outcome).toMatchObject({ stage: 'ice', reason: 'ice-failed' });
  });

  it('is called a fault of the media when the way is there but nothing comes up on it', async () => {
    const { outcome } = await why(1_000);
    pc.become('connected', 'failed');
    expect(await outcome).toMatchObject({ stage: 'media', reason: 'media-failed' });
  });

  it('is not given up for a hiccup', async () => {
    let lost = 0;
    watchMedia(clock, pc.asBrowser, () => (lost += 1));
    pc.become('disconnected', 'disconnected');
    await clock.pass(900);
    pc.become('connected', 'connected');
    await clock.pass(60_000);
    expect(lost).toBe(0);
  });

  it('is mended when it stays away for a second, each time anew, until nobody watches', async () => {
    let lost = 0;
    const stop = watchMedia(clock, pc.asBrowser, () => (lost += 1));
    pc.become('disconnected', 'disconnected');
    await clock.pass(1_000);
    expect(lost).toBe(1);
    pc.become('connected', 'connected');
    pc.become('failed', 'failed');
    expect(lost).toBeGreaterThan(1);
    stop();
    const told = lost;
    pc.become('failed', 'failed');
    expect(lost).toBe(told);
  });

  it('is mended when the browser changes its way and nothing arrives on the new one', async () => {
    let lost = 0;
    watchMedia(clock, pc.asBrowser, () => (lost += 1));
    await pc.takeAnotherWay(clock, 0, 1_400);
    expect(lost).toBe(0);
    await clock.pass(200);
    expect(lost).toBe(1);
  });

  it('is left alone when the browser changes its way and goes on hearing', async () => {
    let lost = 0;
    watchMedia(clock, pc.asBrowser, () => (lost += 1));
    await pc.takeAnotherWay(clock, 50, 60_000);
    expect(lost).toBe(0);
  });

  it('is judged by the newest way only, and by none when nobody watches', async () => {
    let lost = 0;
    const stop = watchMedia(clock, pc.asBrowser, () => (lost += 1));
    await pc.takeAnotherWay(clock, 0, 1_000);
    await pc.takeAnotherWay(clock, 50, 60_000);
    expect(lost).toBe(0);
    await pc.takeAnotherWay(clock, 0, 1_000);
    stop();
    await clock.pass(60_000);
    expect(lost).toBe(0);
    expect(clock.pending).toBe(0);
  });
});
