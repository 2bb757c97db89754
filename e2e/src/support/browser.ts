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

interface Heard {
  /** The strongest frequency in Hz, with its level in dB. */
  readonly loudest: { hertz: number; decibel: number };
  /** How loud each tone that was asked for is, in dB: the middle of many looks, so that a click counts for nothing. */
  readonly levels: number[];
}

/**
 * Listens for `seconds` to what the page's first audio element plays. Reads the received track itself, so it tells what arrives, not what a state
 * says. @param tones in Hz
 */
function listen(page: Page, seconds: number, tones: readonly number[] = []): Promise<Heard> {
  return page.evaluate(
    async ({ duration, wanted }) => {
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
      let loudest = { hertz: 0, decibel: -Infinity };
      // The window of one look is a third of a second: before that it is not full, and shows every tone weaker than it is.
      const full = performance.now() + 400;
      const end = performance.now() + duration * 1000;
      while (performance.now() < end) {
        await new Promise((resolve) => requestAnimationFrame(() => resolve(null)));
        analyser.getFloatFrequencyData(bins);
        bins.forEach((decibel, index) => {
          if (decibel > loudest.decibel) loudest = { hertz: (index * context.sampleRate) / analyser.fftSize, decibel };
        });
        if (performance.now() < full) continue;
        wanted.forEach((hertz, index) => {
          const middle = Math.round((hertz * analyser.fftSize) / context.sampleRate);
          looks[index]?.push(Math.max(...bins.subarray(middle - 3, middle + 4)));
        });
      }
      await context.close();
      return { loudest, levels: looks.map((seen) => seen.sort((a, b) => a - b)[Math.floor(seen.length / 2)] ?? -Infinity) };
    },
    { duration: seconds, wanted: tones },
  );
}

/** The strongest frequency (Hz) in `seconds` of what the page plays, and its level in dB. */
export const hear = async (page: Page, seconds = 2): Promise<Heard['loudest']> => (await listen(page, seconds)).loudest;

/** How loud each of these tones (Hz) is in what the page plays, in dB. */
export const levels = async (page: Page, tones: readonly number[]): Promise<number[]> => (await listen(page, 1.4, tones)).levels;

/** Waits until the page plays a tone of `hertz` (give or take `width`), louder than -60 dB. */
export function hears(page: Page, hertz: number, width = 6): Promise<Heard['loudest']> {
  return until(`the agent hears ${hertz} Hz`, 10_000, async () => {
    const heard = await hear(page, 1);
    if (Math.abs(heard.hertz - hertz) < width && heard.decibel > -60) return heard;
    throw new Error(`${heard.hertz.toFixed(1)} Hz at ${heard.decibel.toFixed(0)} dB`);
  });
}
