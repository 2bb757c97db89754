import { LineFault } from '../ports.js';
import type { Clock } from '../time/clock.js';
import { watchWay } from './way-change.js';

/** An ICE path that comes back by itself within this time (a Wi-Fi hiccup) is not worth a restart. Milliseconds. */
const hiccupMs = 1_000;

const up = (pc: RTCPeerConnection): boolean =>
  pc.connectionState === 'connected' && (pc.iceConnectionState === 'connected' || pc.iceConnectionState === 'completed');

function fault(pc: RTCPeerConnection): LineFault {
  const found = pc.iceConnectionState === 'connected' || pc.iceConnectionState === 'completed';
  const states = `ICE ${pc.iceConnectionState}, connection ${pc.connectionState}`;
  // A path without DTLS on it is another fault than no path: one blames certificates, the other the network.
  return found ? new LineFault('media', 'media-failed', states) : new LineFault('ice', 'ice-failed', states);
}

/** Resolves when ICE found a path and DTLS is up on it. Rejects with a `LineFault` when that fails or takes longer than `ms`. */
export function mediaUp(clock: Clock, pc: RTCPeerConnection, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      clock.clearTimeout(timer);
      pc.removeEventListener('connectionstatechange', look);
      pc.removeEventListener('iceconnectionstatechange', look);
      end();
    };
    const look = (): void => {
      if (up(pc)) settle(resolve);
      else if (pc.connectionState === 'failed' || pc.connectionState === 'closed') settle(() => reject(fault(pc)));
    };
    const timer = clock.setTimeout(() => settle(() => reject(fault(pc))), ms);
    pc.addEventListener('connectionstatechange', look);
    pc.addEventListener('iceconnectionstatechange', look);
    // A restart begins from `failed`, which must not count against it: only what comes from now on does.
    if (up(pc)) settle(resolve);
  });
}

/** Tells, each time anew, that the path of a joined leg broke. Returns the end of watching. */
export function watchMedia(clock: Clock, pc: RTCPeerConnection, lost: () => void): () => void {
  let timer: number | null = null;
  const calm = (): void => {
    if (timer !== null) clock.clearTimeout(timer);
    timer = null;
  };
  const look = (): void => {
    if (pc.iceConnectionState === 'failed' || pc.connectionState === 'failed') {
      calm();
      lost();
    } else if (pc.iceConnectionState === 'disconnected') {
      timer ??= clock.setTimeout(() => {
        timer = null;
        if (!up(pc)) lost();
      }, hiccupMs);
    } else calm();
  };
  pc.addEventListener('connectionstatechange', look);
  pc.addEventListener('iceconnectionstatechange', look);
  const endOfWay = watchWay(clock, pc, lost);
  return () => {
    calm();
    endOfWay();
    pc.removeEventListener('connectionstatechange', look);
    pc.removeEventListener('iceconnectionstatechange', look);
  };
}

/** Is there no path right now? */
export const isBroken = (pc: RTCPeerConnection): boolean => !up(pc);
