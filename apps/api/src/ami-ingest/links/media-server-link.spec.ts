import { FakeAmiServer } from '@nailup/ami/testing';
import { defaultTimings } from '../timings.js';
import { InThreadLinks } from './in-thread-links.js';
import type { LinkReport, LinkTarget } from './link-report.js';

type Kind = LinkReport['kind'];

describe('a link with a media server', () => {
  let server: FakeAmiServer;
  let links: InThreadLinks;
  let reports: LinkReport[];
  let told: () => void;

  const target = (over: Partial<LinkTarget> = {}): LinkTarget => ({ mediaServerId: 's1', tls: false, webSocketUrl: 'none', ...server.address, ...over });
  const of = <K extends Kind>(kind: K): Extract<LinkReport, { kind: K }>[] => reports.filter((report): report is Extract<LinkReport, { kind: K }> => report.kind === kind);
  const kinds = (): Kind[] => reports.map(({ kind }) => kind).filter((kind) => kind !== 'alive' && kind !== 'load');

  /** Resolves when as many reports of the kind have come. */
  async function until(kind: Kind, count = 1): Promise<void> {
    while (of(kind).length < count) await new Promise<void>((resolve) => (told = resolve));
  }

  beforeEach(async () => {
    server = await new FakeAmiServer().start();
    reports = [];
    told = () => undefined;
    links = new InThreadLinks(
      { ...defaultTimings(60), pingIntervalMs: 20, pingTimeoutMs: 60, firstRetryMs: 5, longestRetryMs: 20 },
      (_, report) => {
        reports.push(report);
        told();
      },
      () => 0.5,
    );
  });

  afterEach(async () => {
    await links.stop();
    await server.stop();
  });

  it('tells the boot, everything that stands there, then what changes', async () => {
    const seat = server.join('k3x9');
    const client = server.join('k3x9', 'Local/k3x9@client-00000001;2');
    links.open(1, target());
    await until('snapshot');
    server.hangup(client.uniqueid);
    await until('facts');
    expect(kinds()).toEqual(['opened', 'snapshot', 'facts']);
    expect(of('opened')[0]).toMatchObject({ version: '22.10.1', boot: { uptimeSeconds: 60, mark: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) } });
    expect(of('snapshot')[0]?.legs).toEqual([
      { uniqueid: seat.uniqueid, conference: 'k3x9', role: 'agent' },
      { uniqueid: client.uniqueid, conference: 'k3x9', role: 'client' },
    ]);
    expect(of('facts')[0]?.facts.map(({ kind }) => kind)).toContain('leg-left');
  });

  it('what happens while everything is read is told after it', async () => {
    server.answer('ConfbridgeListRooms', (action) => {
      server.join('k3x9');
      // As Asterisk answered before that leg came.
      action.error('No active conferences.');
    });
    links.open(1, target());
    await until('facts');
    expect(kinds()).toEqual(['opened', 'snapshot', 'facts']);
    expect(of('snapshot')[0]?.legs).toEqual([]);
    expect(of('facts')[0]?.facts).toEqual([expect.objectContaining({ kind: 'leg-joined', conference: 'k3x9' })]);
  });

  it('does not read an Asterisk that has not booted yet', async () => {
    server.boot();
    links.open(1, target());
    await until('alive', 2);
    links.readSnapshot(1);
    await until('alive', 4);
    expect(kinds()).toEqual([]);
    server.booted();
    await until('snapshot');
  });

  it('begins anew when a list is not whole, and believes nothing of it', async () => {
    const { uniqueid } = server.join('k3x9');
    let broken = true;
    server.answer('ConfbridgeListRooms', (action) => {
      const ActionID = action.message.ActionID ?? '';
      action.success(['EventList', 'start']);
      if (!broken) action.session.send([['Event', 'ConfbridgeListRooms'], ['ActionID', ActionID], ['Conference', 'k3x9']]);
      action.session.send([['Event', 'ConfbridgeListRoomsComplete'], ['ActionID', ActionID], ['EventList', 'Complete'], ['ListItems', 1]]);
      broken = false;
    });
    links.open(1, target());
    await until('snapshot');
    expect(kinds()).toEqual(['opened', 'closed', 'opened', 'snapshot']);
    expect(of('snapshot')[0]?.legs.map((leg) => leg.uniqueid)).toEqual([uniqueid]);
  });

  it('one that does not answer holds the others up for a moment only', async () => {
    // Answers pings, and never a list.
    const mute = await new FakeAmiServer().start();
    const asked = new Promise<void>((resolve) => mute.answer('ConfbridgeListRooms', () => resolve()));
    try {
      for (const linkId of [11, 12, 13]) links.open(linkId, target(mute.address));
      await asked;
      links.open(1, target());
      await until('snapshot');
      expect(of('snapshot')).toHaveLength(1);
    } finally {
      for (const linkId of [11, 12, 13]) links.close(linkId);
      await mute.stop();
    }
  });

  it('comes back at once after a session that broke, and tells the refusals of a process that is gone', async () => {
    links.open(1, target());
    await until('snapshot');
    await server.restart('rst');
    await until('snapshot', 2);
    expect(of('closed')[0]?.refused).toBe(false);
    await server.stop();
    await until('closed', 4);
    expect(of('closed').slice(-2).map(({ refused }) => refused)).toEqual([true, true]);
  });

  it('a wrong secret is said in words, not taken for a refusal of the port', async () => {
    links.open(1, target({ secret: 'wrong' }));
    await until('closed');
    expect(of('closed')[0]).toMatchObject({ refused: false, why: expect.stringContaining('Authentication failed'), reason: expect.stringMatching(/^Login refused/) });
  });

  it('tells the legs of calls, and a seat that rests outside its conference, in a snapshot as by their events', async () => {
    const callId = '0192f0c1-7a3b-7cde-8f01-23456789abcd';
    const seat = server.join('k3x9');
    server.farEnd.park(seat.uniqueid);
    const uniqueid = server.farEnd.arrive({ callId, place: 'queue' });
    links.open(1, target());
    await until('snapshot');
    expect(of('snapshot')[0]).toMatchObject({
      legs: [{ uniqueid: seat.uniqueid, conference: 'k3x9', role: 'agent' }],
      calls: [{ callId, uniqueid, role: 'client', place: 'queue', conference: null }],
    });
    server.hangup(uniqueid, 17);
    await until('facts');
    expect(of('facts')[0]?.calls).toEqual([{ kind: 'call-leg-ended', callId, uniqueid, role: 'client', cause: 17 }]);
  });

  it('hangs legs up by uniqueid, and a leg that is gone already bothers nobody', async () => {
    const seat = server.join('k3x9');
    links.open(1, target());
    await until('snapshot');
    links.hangUp(1, ['no-such-leg', seat.uniqueid]);
    await server.until(() => server.members('k3x9').length === 0);
    links.readSnapshot(1);
    await until('snapshot', 2);
    expect(of('closed')).toEqual([]);
  });

  it('logs off when it is closed, and says nothing after', async () => {
    links.open(1, target());
    await until('snapshot');
    const session = server.sessions[0];
    links.close(1);
    await server.until(() => server.sessions.length === 0);
    expect(session?.received.map((action) => action.get('Action'))).toContain('Logoff');
    expect(of('closed')).toEqual([]);
  });
});
