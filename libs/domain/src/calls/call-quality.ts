/** What a media server has counted of the sound of one leg. Received is what came in, sent what the other side says it got (RTCP receiver reports). */
export interface LegSound {
  readonly received: { readonly packets: number; readonly lost: number; readonly jitterMs: number };
  /** Null when the other side told nothing. */
  readonly sent: { readonly packets: number; readonly lost: number; readonly jitterMs: number } | null;
  /** Round trip; null when the other side told nothing it could be measured by. */
  readonly rttMs: number | null;
}

/** How a client leg sounded, of two directions the worse one; null for what was not measured. `mos`: 1 to 4.5, `lossPercent`: 0 to 100. */
export interface CallQuality {
  readonly mos: number | null;
  readonly jitterMs: number | null;
  readonly lossPercent: number | null;
  readonly rttMs: number | null;
}

/** Packets of 20 ms, less than half a second: nothing can be said of a leg that was hardly there. */
const fewestPackets = 20;
/** ITU-T G.113, appendix I, G.711 with concealment of loss: no impairment by itself, robustness 25.1; G.107: R of a connection without any fault. */
const equipmentImpairment = 0;
const lossRobustness = 25.1;
const bestR = 93.2;
/** A packet and what the playout buffer holds beyond the jitter. */
const ownDelayMs = 30;

/** The quality of a leg from what was counted; null when hardly anything was received. */
export function qualityOf({ received, sent, rttMs }: LegSound): CallQuality | null {
  if (received.packets < fewestPackets) return null;
  const told = sent !== null && sent.packets >= fewestPackets ? sent : null;
  const lossPercent = Math.max(lossOf(received), told === null ? 0 : lossOf(told));
  const jitterMs = Math.max(received.jitterMs, told?.jitterMs ?? 0);
  return { mos: rounded(mosOf({ lossPercent, jitterMs, rttMs }), 2), jitterMs: rounded(jitterMs, 1), lossPercent: rounded(lossPercent, 2), rttMs: rttMs === null ? null : rounded(rttMs, 1) };
}

/** Mean opinion score by the E-model (ITU-T G.107, in the short form for voice over IP: delay and loss only). */
function mosOf({ lossPercent, jitterMs, rttMs }: { lossPercent: number; jitterMs: number; rttMs: number | null }): number {
  const delayMs = (rttMs ?? 0) / 2 + 2 * jitterMs + ownDelayMs;
  const byDelay = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0);
  const byLoss = equipmentImpairment + (95 - equipmentImpairment) * (lossPercent / (lossPercent + lossRobustness));
  const r = bestR - byDelay - byLoss;
  // G.107, annex B. Its curve dips below 1 between 0 and 6.5.
  return r <= 0 ? 1 : Math.min(4.5, Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6));
}

function lossOf({ packets, lost }: { packets: number; lost: number }): number {
  // Duplicates can make the count negative (RFC 3550, 6.4.1).
  return lost <= 0 ? 0 : (100 * lost) / (packets + lost);
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
