import { Injectable } from '@nestjs/common';
import { adviseCapacity, type CapacityAdvice } from '@nailup/domain';
import { invalid, problem } from '../problem/problem.js';
import { defaultStep, grainFor, grains } from './grain.js';
import { resample, type Sample, type StoredSample } from './resample.js';
import { StatisticsRepository } from './statistics.repository.js';

const defaultSpanMs = 3_600_000;
const mostPoints = 5_000;

export interface StatisticsRange {
  readonly from?: Date;
  readonly to?: Date;
  readonly stepSeconds?: number;
}

const whyNoAdvice = {
  'no-cores': 'It has not told how many cores its machine has: that comes with its next enrolment.',
  'too-few-samples': 'It has not been watched for an hour yet.',
  'seats-hardly-changed': 'The number of its agents hardly changed in the last week.',
  'load-does-not-follow-seats': 'Its load does not follow the number of its agents: something else runs on the machine.',
} as const satisfies Record<Extract<CapacityAdvice, { known: false }>['because'], string>;

@Injectable()
export class StatisticsService {
  constructor(private readonly repository: StatisticsRepository) {}

  /**
   * How full a media server was from `from` to `to`, by default the last hour in a few hundred steps.
   * @throws Problem MEDIA_SERVER.NOT_FOUND, or REQUEST.INVALID for a range that is turned round or holds too many steps
   */
  async read(mediaServerId: string, range: StatisticsRange): Promise<Sample[]> {
    const { exists, now } = await this.repository.lookUp(mediaServerId);
    if (!exists) throw problem('MEDIA_SERVER.NOT_FOUND');
    const to = range.to ?? now;
    const asked = range.from ?? new Date(to.getTime() - defaultSpanMs);
    if (!(asked < to)) throw invalid([{ parameter: 'from', message: 'must be a moment before to' }]);
    // Nothing is kept from before that.
    const from = new Date(Math.max(asked.getTime(), now.getTime() - grains[2].keepHours * 3_600_000));
    const spanSeconds = (to.getTime() - from.getTime()) / 1_000;
    const wanted = range.stepSeconds ?? defaultStep(spanSeconds);
    const grain = grainFor(wanted, (now.getTime() - from.getTime()) / 1_000);
    const step = Math.max(wanted, grain.stepSeconds);
    if (spanSeconds / step > mostPoints) throw invalid([{ parameter: 'stepSeconds', message: `must be larger: the range holds more than ${mostPoints} steps of it` }]);
    return resample(await this.#samples(mediaServerId, grain.stepSeconds, from, to), step);
  }

  /**
   * How many agents the media server can hold, learnt from the last week, minute by minute.
   * @throws Problem MEDIA_SERVER.NOT_FOUND
   */
  async adviseCapacity(mediaServerId: string): Promise<{ capacity: number | null; reason: string; samples: number; loadPerSeat: number | null }> {
    const { exists, now, cores } = await this.repository.lookUp(mediaServerId);
    if (!exists) throw problem('MEDIA_SERVER.NOT_FOUND');
    const minutes = await this.repository.samples(mediaServerId, grains[1].stepSeconds, new Date(now.getTime() - grains[1].keepHours * 3_600_000), now);
    const samples = minutes.flatMap(({ agentsInCall, loadAverage }) => (loadAverage === null ? [] : [{ seats: agentsInCall, load: loadAverage }]));
    const advice = adviseCapacity(samples, cores);
    if (!advice.known) return { capacity: null, reason: whyNoAdvice[advice.because], samples: advice.samples, loadPerSeat: null };
    const loadPerSeat = Number(advice.loadPerSeat.toPrecision(3));
    const reason = `At ${advice.capacity} agents its load would reach 0.7 for each of ${cores} cores: ${loadPerSeat} for each agent, ${advice.restLoad.toFixed(2)} without any.`;
    return { capacity: advice.capacity, reason, samples: advice.samples, loadPerSeat };
  }

  /** Samples of the grain, and what it does not reach yet, which is the present, from the finer ones. */
  async #samples(mediaServerId: string, stepSeconds: number, from: Date, to: Date): Promise<StoredSample[]> {
    const found: StoredSample[] = [];
    for (const grain of grains.filter((one) => one.stepSeconds <= stepSeconds).reverse()) {
      const last = found.at(-1);
      const since = last === undefined ? from : new Date(last.at.getTime() + last.stepSeconds * 1_000);
      found.push(...(await this.repository.samples(mediaServerId, grain.stepSeconds, since, to)));
    }
    return found;
  }
}
