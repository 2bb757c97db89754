import type { BrowserContext, Page } from 'playwright-core';

/** What the browser itself says of the way its audio takes. */
export interface MediaPath {
  local: { type: string; address: string; protocol: string; relayProtocol: string | null };
  remote: { type: string; address: string; port: number };
  roundTripMs: number | null;
  received: { packets: number; lost: number; jitterMs: number; concealed: number; samples: number };
}

interface Watched {
  nailupConnections?: RTCPeerConnection[];
}

/** Keeps hold of every peer connection the pages of this window make: the product shows them to nobody. */
export async function watchConnections(window: BrowserContext): Promise<void> {
  await window.addInitScript(() => {
    const made: RTCPeerConnection[] = [];
    (globalThis as Watched).nailupConnections = made;
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    };
  });
}

/** The selected candidate pair and the reception of the newest living connection; null while there is none. */
export function mediaPath(page: Page): Promise<MediaPath | null> {
  return page.evaluate(async () => {
    type Stats = Record<string, string | number | undefined>;
    const pc = (globalThis as Watched).nailupConnections?.filter((one) => one.connectionState === 'connected').at(-1);
    if (!pc) return null;
    const all = new Map<string, Stats>();
    (await pc.getStats()).forEach((one: Stats & { id: string }) => all.set(one.id, one));
    const of = (type: string) => [...all.values()].find((one) => one['type'] === type);
    const pair = all.get(String(of('transport')?.['selectedCandidatePairId']));
    const local = all.get(String(pair?.['localCandidateId']));
    const remote = all.get(String(pair?.['remoteCandidateId']));
    const inbound = of('inbound-rtp');
    if (!pair || !local || !remote) return null;
    const seconds = pair['currentRoundTripTime'];
    return {
      local: {
        type: String(local['candidateType']),
        address: String(local['address']),
        protocol: String(local['protocol']),
        relayProtocol: local['relayProtocol'] === undefined ? null : String(local['relayProtocol']),
      },
      remote: { type: String(remote['candidateType']), address: String(remote['address']), port: Number(remote['port']) },
      roundTripMs: seconds === undefined ? null : Number(seconds) * 1000,
      received: {
        packets: Number(inbound?.['packetsReceived'] ?? 0),
        lost: Number(inbound?.['packetsLost'] ?? 0),
        jitterMs: Number(inbound?.['jitter'] ?? 0) * 1000,
        concealed: Number(inbound?.['concealedSamples'] ?? 0),
        samples: Number(inbound?.['totalSamplesReceived'] ?? 0),
      },
    };
  });
}

interface Ear {
  nailupEar?: { since: number; changes: { at: number; heard: boolean }[] };
}

/** From now on the page notes when a tone comes and goes in what it plays, whichever stream that is at the moment. */
export async function listenFor(page: Page, hertz: number): Promise<void> {
  await page.evaluate(async (tone) => {
    const context = new AudioContext({ sampleRate: 48_000 });
    await context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 2048;
    analyser.smoothingTimeConstant = 0;
    const bins = new Float32Array(analyser.frequencyBinCount);
    const bin = Math.round((tone * analyser.fftSize) / context.sampleRate);
    const ear = { since: Date.now(), changes: [] as { at: number; heard: boolean }[] };
    (globalThis as Ear).nailupEar = ear;
    let playing: MediaStream | null = null;
    let source: MediaStreamAudioSourceNode | null = null;
    setInterval(() => {
      const stream = [...document.querySelectorAll('audio')].map((audio) => audio.srcObject).find((one) => one instanceof MediaStream);
      if (stream instanceof MediaStream && stream !== playing && stream.getAudioTracks().length > 0) {
        source?.disconnect();
        source = context.createMediaStreamSource(stream);
        source.connect(analyser);
        playing = stream;
      }
      analyser.getFloatFrequencyData(bins);
      const heard = (bins[bin] ?? -Infinity) > -60;
      if (ear.changes.at(-1)?.heard !== heard) ear.changes.push({ at: Date.now(), heard });
    }, 20);
  }, hertz);
}

/** When the tone came and went since `listenFor`, in wall time. */
export const heardChanges = (page: Page): Promise<{ at: number; heard: boolean }[]> =>
  page.evaluate(() => (globalThis as Ear).nailupEar?.changes ?? []);

/** The newest thing noted is that the tone is heard, and it was noted after `at`: answers when. */
export async function heardSince(page: Page, at: number): Promise<number | null> {
  const last = (await heardChanges(page)).at(-1);
  return last?.heard && last.at >= at ? last.at : null;
}
