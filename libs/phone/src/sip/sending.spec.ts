import { settled } from '../testing/fake-clock.js';
import { Sending } from './sending.js';

/** A sender as the standard has it: it takes only the parameters it gave last, and takes its time. */
class FakeSender {
  active = true;
  changes = 0;
  toneBuffer = '';
  canInsertDTMF = true;
  #given: object | null = null;
  readonly waiting: (() => void)[] = [];

  getParameters() {
    const given = { encodings: [{ active: this.active }] };
    this.#given = given;
    return given;
  }

  async setParameters(parameters: { encodings: { active: boolean }[] }): Promise<void> {
    if (parameters !== this.#given) throw new Error('InvalidModificationError');
    await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.active = parameters.encodings[0]?.active ?? true;
    this.changes += 1;
  }

  get dtmf() {
    return this;
  }

  insertDTMF(tones: string): void {
    this.toneBuffer = tones;
  }

  async answer(): Promise<void> {
    await settled();
    while (this.waiting.length > 0) {
      this.waiting.shift()?.();
      await settled();
    }
  }
}

describe('What a leg sends', () => {
  let sender: FakeSender;
  let sending: Sending;
  beforeEach(() => {
    sender = new FakeSender();
    sending = new Sending(() => sender as unknown as RTCRtpSender);
  });

  it('is left alone until the leg is up, and then follows what was wanted meanwhile', async () => {
    sending.rest(true);
    await sender.answer();
    expect(sender.changes).toBe(0);
    sending.begin();
    await sender.answer();
    expect(sender.active).toBe(false);
  });

  it('ends as it was wanted last, however fast a caller comes and goes', async () => {
    sending.begin();
    for (const resting of [true, false, true, false]) sending.rest(resting);
    await sender.answer();
    expect(sender.active).toBe(true);
    sending.rest(true);
    sending.rest(false);
    sending.rest(true);
    await sender.answer();
    expect(sender.active).toBe(false);
  });

  it('wakes with the first order: nothing stands before it', async () => {
    sending.begin();
    sending.rest(true);
    await sender.answer();
    sending.rest(false);
    expect(sender.waiting).toHaveLength(1);
    await sender.answer();
    expect(sender.active).toBe(true);
  });

  it('goes on when a browser cannot rest, or the leg is gone', async () => {
    sender.setParameters = () => Promise.reject(new Error('InvalidStateError'));
    sending.begin();
    sending.rest(true);
    await sender.answer();
    expect(sender.active).toBe(true);
  });

  it('puts digits behind those that are still to be sent', () => {
    expect(sending.dtmf('12')).toBe(true);
    expect(sending.dtmf('3')).toBe(true);
    expect(sender.toneBuffer).toBe('123');
    sender.canInsertDTMF = false;
    expect(sending.dtmf('4')).toBe(false);
  });
});
