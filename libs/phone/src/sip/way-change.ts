import type { Clock } from '../time/clock.js';

/** So long may nothing arrive on a new way before the media server is asked to follow. Milliseconds. */
const deafMs = 1_500;

/** Packets of audio that arrived so far. */
async function received(pc: RTCPeerConnection): Promise<number> {
  let packets = 0;
  (await pc.getStats()).forEach((one: { type: string; packetsReceived?: number }) => {
    if (one.type === 'inbound-rtp') packets += one.packetsReceived ?? 0;
  });
  return packets;
}

/**
 * A browser whose way breaks changes by itself to another one it knows, say from UDP to the relay, and calls itself connected: its checks
 * are answered there. But Asterisk goes on sending to the pair that was nominated first, which only an ICE restart changes (RFC 8445
 * §8.1.1), so the agent hears nothing and nobody notices. Whether something arrives is what tells this from a harmless change.
 * @param deaf told when nothing arrived on a new way
 * @returns the end of watching
 */
export function watchWay(clock: Clock, pc: RTCPeerConnection, deaf: () => void): () => void {
  const ice = pc.getReceivers()[0]?.transport?.iceTransport;
  let timer: number | null = null;
  let watching = true;
  const listen = async (): Promise<void> => {
    const before = await received(pc);
    if (!watching) return;
    if (timer !== null) clock.clearTimeout(timer);
    timer = clock.setTimeout(() => {
      timer = null;
      void received(pc).then((after) => {
        if (watching && after === before) deaf();
      });
    }, deafMs);
  };
  const changed = (): void => void listen();
  ice?.addEventListener('selectedcandidatepairchange', changed);
  return () => {
    watching = false;
    if (timer !== null) clock.clearTimeout(timer);
    ice?.removeEventListener('selectedcandidatepairchange', changed);
  };
}
