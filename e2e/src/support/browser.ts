import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { until } from './wait.js';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenedBrowser {
  /** A window of its own: cookies and storage shared by its tabs only. */
  window(): Promise<BrowserContext>;
  /** Stops or kills every process of this browser, as a frozen or crashed machine would. */
  signal(signal: NodeJS.Signals): void;
  close(): Promise<void>;
}

/**
 * Starts Debian's Chromium. `microphone` is a WAV file that plays as the microphone (looped); without it Chromium's own beep plays;
 * `refuseMicrophone` leaves the permission unanswered as a person who says no. `executable` is a program that becomes Chromium.
 */
export async function openBrowser(options: { microphone?: string; refuseMicrophone?: boolean; executable?: string; flags?: string[] } = {}): Promise<OpenedBrowser> {
  const args = [...flags, ...(options.flags ?? [])];
  if (!options.refuseMicrophone) args.push('--use-fake-ui-for-media-stream');
  args.push('--use-fake-device-for-media-stream');
  if (options.microphone) args.push(`--use-file-for-fake-audio-capture=${options.microphone}`);
  const server = await chromium.launchServer({ executablePath: options.executable ?? '/usr/bin/chromium', args, handleSIGINT: false });
  const browser: Browser = await chromium.connect(server.wsEndpoint());
  const pid = server.process().pid;
  if (pid === undefined) throw new Error('Chromium did not start: is the package chromium installed?');
  return {
    window: () => browser.newContext({ viewport: { width: 1280, height: 860 } }),
    signal: (signal) => process.kill(-pid, signal),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * Listens for `seconds` to what the page's first audio element plays and answers the strongest frequency in Hz with its level in dB.
 * Reads the received track itself, so it tells what arrives, not what a state says.
 */
export function hear(page: Page, seconds = 2): Promise<{ hertz: number; decibel: number }> {
  return page.evaluate(async (duration) => {
    const source = [...document.querySelectorAll('audio')].map((audio) => audio.srcObject).find((stream) => stream instanceof MediaStream);
    if (!(source instanceof MediaStream)) throw new Error('no audio element of this page plays a stream');
    const context = new AudioContext({ sampleRate: 48_000 });
    await context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 16_384;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(source).connect(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    let best = { hertz: 0, decibel: -Infinity };
    const until = performance.now() + duration * 1000;
    while (performance.now() < until) {
      await new Promise((resolve) => requestAnimationFrame(() => resolve(null)));
      analyser.getFloatFrequencyData(bins);
      bins.forEach((decibel, index) => {
        if (decibel > best.decibel) best = { hertz: (index * context.sampleRate) / analyser.fftSize, decibel };
      });
    }
    await context.close();
    return best;
  }, seconds);
}

/** Waits until the page plays a tone of `hertz` (give or take `width`), louder than -60 dB. */
export function hears(page: Page, hertz: number, width = 6): Promise<{ hertz: number; decibel: number }> {
  return until(`the agent hears ${hertz} Hz`, 10_000, async () => {
    const heard = await hear(page, 1);
    if (Math.abs(heard.hertz - hertz) < width && heard.decibel > -60) return heard;
    throw new Error(`${heard.hertz.toFixed(1)} Hz at ${heard.decibel.toFixed(0)} dB`);
  });
}

/** How loud each of these tones (Hz) is in a second of what the page plays, in dB: the middle of many looks, so that a click counts for nothing. */
export function levels(page: Page, tones: readonly number[]): Promise<number[]> {
  return page.evaluate(async (wanted) => {
    const source = [...document.querySelectorAll('audio')].map((audio) => audio.srcObject).find((stream) => stream instanceof MediaStream);
    if (!(source instanceof MediaStream)) throw new Error('no audio element of this page plays a stream');
    const context = new AudioContext({ sampleRate: 48_000 });
    await context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 16_384;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(source).connect(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    const looks: number[][] = wanted.map(() => []);
    // The window of one look is a third of a second: before that it is not full.
    const begin = performance.now() + 400;
    while (performance.now() < begin + 1_000) {
      await new Promise((resolve) => requestAnimationFrame(() => resolve(null)));
      if (performance.now() < begin) continue;
      analyser.getFloatFrequencyData(bins);
      wanted.forEach((hertz, index) => {
        const middle = Math.round((hertz * analyser.fftSize) / context.sampleRate);
        looks[index]?.push(Math.max(...bins.subarray(middle - 3, middle + 4)));
      });
    }
    await context.close();
    return looks.map((seen) => seen.sort((a, b) => a - b)[Math.floor(seen.length / 2)] ?? -Infinity);
  }, tones);
}
