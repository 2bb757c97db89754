import { readFileSync, writeFileSync } from 'node:fs';

/** Writes a mono 16-bit WAV of a sine at `hertz`, `seconds` long, 48 kHz, at half of full scale. Chromium loops it as its microphone. */
export function writeTone(path: string, hertz: number, seconds: number): void {
  const rate = 48_000;
  const samples = rate * seconds;
  const data = Buffer.alloc(44 + samples * 2);
  data.write('RIFF', 0);
  data.writeUInt32LE(36 + samples * 2, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(rate * 2, 28);
  data.writeUInt16LE(2, 32);
  data.writeUInt16LE(16, 34);
  data.write('data', 36);
  data.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i++) data.writeInt16LE(Math.round(16_000 * Math.sin((2 * Math.PI * hertz * i) / rate)), 44 + i * 2);
  writeFileSync(path, data);
}

/** The samples of a mono 16-bit WAV file as Asterisk records it, and its rate in Hz. */
export function readWave(path: string): { rate: number; samples: Float64Array } {
  const file = readFileSync(path);
  const data = file.subarray(44, 44 + Math.floor((file.length - 44) / 2) * 2);
  const samples = new Float64Array(data.length / 2);
  for (let i = 0; i < samples.length; i++) samples[i] = data.readInt16LE(i * 2) / 32_768;
  return { rate: file.readUInt32LE(24), samples };
}

/**
 * The share of a signal's power that lies within a band of +-`width` Hz around `hertz` (0..1), by correlation in half-second
 * windows (Goertzel's sum, taken directly). A pure tone gives nearly 1, speech or silence nearly 0.
 */
export function toneShare(samples: Float64Array, rate: number, hertz: number): number {
  const window = Math.floor(rate / 2);
  let best = 0;
  for (let start = 0; start + window <= samples.length; start += window) {
    let real = 0;
    let imaginary = 0;
    let power = 0;
    for (let i = 0; i < window; i++) {
      const sample = samples[start + i] ?? 0;
      const phase = (2 * Math.PI * hertz * i) / rate;
      real += sample * Math.cos(phase);
      imaginary += sample * Math.sin(phase);
      power += sample * sample;
    }
    // Below -60 dB of full scale there is nothing to judge.
    if (power / window > 1e-6) best = Math.max(best, (2 * (real * real + imaginary * imaginary)) / (window * power));
  }
  return best;
}
