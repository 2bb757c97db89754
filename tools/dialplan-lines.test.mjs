// @ts-check
// A seat's line is its WebSocket. Asterisk ends no channel with it; its registrar notices the end, and a manager is told.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually, openMediaWorld } from './testing/media-world.mjs';
import { Phone } from './testing/sip-phone.mjs';
import { SocketPhone } from './testing/socket-phone.mjs';

/** @type {import('./testing/media-world.mjs').MediaWorld} */
let world;
/** @type {SocketPhone[]} */
const phones = [];
let seats = 0;

before(async () => { world = await openMediaWorld({ octet: 99 }); });
after(async () => {
  for (const phone of phones) phone.close();
  await world.close();
});

/** A WebSocket for a seat; its account is made when there is none. @param {{ name?: string, parking?: string, password?: string }} [options] */
async function line({ name = `lineseat${(seats += 1)}`, parking = 'conference', password = 'secret' } = {}) {
  world.manager.seat(name, 'secret', { parking });
  const phone = await SocketPhone.open({ host: `127.0.${world.octet}.1`, user: name, password });
  phones.push(phone);
  return phone;
}
/** What a manager was told of the Contacts of a seat. @param {SocketPhone} phone */
const told = (phone) => world.manager.contacts.filter(({ id }) => id.startsWith(`${phone.account.user};@`)).map(({ operation }) => operation).join(' ');
/** @param {SocketPhone} phone */
const channels = async (phone) => (await world.ami.channels()).filter((one) => (one.get('Channel') ?? '').startsWith(`PJSIP/${phone.account.user}-`));
/** @param {SocketPhone} phone */
const lastContact = (phone) => world.manager.contacts.findLast(({ id }) => id.startsWith(`${phone.account.user};@`))?.id;

for (const parking of ['conference', 'holding']) {
  test(`the end of the WebSocket of a seat with ${parking} parking is told at once, and which leg came over it can be asked`, async (t) => {
    const phone = await line({ parking });
    assert.equal((await phone.sit()).status, 200);
    assert.equal((await phone.register()).status, 200);
    assert.equal(told(phone), 'store');
    const since = performance.now();
    phone.cut();
    await eventually('it is told', () => told(phone) === 'store destroy');
    t.diagnostic(`${parking}: told after ${(performance.now() - since).toFixed(0)} ms`);
    assert.equal(lastContact(phone), phone.contactId);
    const [channel] = await channels(phone);
    const answer = await world.ami.do({ Action: 'Getvar', Channel: channel.get('Uniqueid') ?? '', Variable: 'CHANNEL(pjsip,remote_addr)' });
    assert.equal(answer.get('Value'), phone.address);
    await world.ami.do({ Action: 'Hangup', Channel: channel.get('Uniqueid') ?? '' });
    await eventually('her leg has ended', async () => (await channels(phone)).length === 0);
  });
}

test('the Contact of a newer WebSocket takes the place of the older one, whose end is told once and not again', async () => {
  const older = await line();
  await older.register();
  const newer = await line({ name: older.account.user });
  await newer.register();
  await eventually('the older one gave way', () => told(older) === 'store store destroy');
  assert.equal(lastContact(older), older.contactId);
  older.cut();
  newer.cut();
  await eventually('the end of the newer one is told', () => told(older) === 'store store destroy destroy');
  assert.equal(lastContact(newer), newer.contactId);
});

test('a Contact whose seat is over ends with its WebSocket all the same: none is kept', async () => {
  const phone = await line();
  await phone.register();
  world.manager.unseat(phone.account.user, { keepAor: true });
  phone.cut();
  await eventually('it is gone', () => told(phone) === 'store destroy');
  assert.doesNotMatch(await world.media[0].cli('pjsip show contacts'), new RegExp(phone.account.user));
});

test('a seat registers nobody but itself, and once', async () => {
  const phone = await line();
  const other = await line();
  assert.equal((await phone.register({ aor: other.account.user })).status, 404);
  assert.equal((await phone.register({ aor: 'proxy' })).status, 404);
  assert.equal((await phone.register({ contacts: [`<${phone.contact}>`, '<sip:second@line.invalid;transport=ws>'] })).status, 403);
  assert.equal(told(phone) + told(other), '');
});

test('a REGISTER that is refused does not touch the seat', async () => {
  const phone = await line();
  assert.equal((await phone.sit()).status, 200);
  phone.account.password = 'wrong';
  assert.equal((await phone.register()).status, 401);
  assert.equal(told(phone), '');
  assert.equal((await channels(phone)).length, 1);
});

test('nothing is ever sent to a Contact that is not the WebSocket it came over', async () => {
  const stranger = await Phone.open(`127.0.${world.octet}.91`);
  let packets = 0;
  stranger.socket.on('message', () => { packets += 1; });
  const outside = `<sip:stranger@${stranger.host}:${stranger.port}>`;
  const phone = await line({ parking: 'holding' });
  assert.equal((await phone.sit()).status, 200);
  // A first Contact is rewritten to the address the WebSocket has; a second one is not, and gets past the count when the first one goes.
  assert.equal((await phone.register({ contacts: [outside] })).status, 200);
  assert.match(await world.media[0].cli('pjsip show contacts'), new RegExp(`stranger@${phone.address}`));
  assert.equal((await phone.register({ contacts: [`${outside};expires=0`, outside] })).status, 200);
  const caller = await world.arrive({ kind: 'agent', conference: phone.account.user }, { tone: 1004 });
  await eventually('the caller is with her', async () => (await world.ami.members(phone.account.user)).length === 2);
  caller.leg.hangup();
  await eventually('she rests', async () => (await channels(phone)).some((one) => one.get('Application') === 'BridgeWait'));
  phone.cut();
  await eventually('she is told of as gone, or was never', async () => !(await world.media[0].cli('pjsip show contacts')).includes(`stranger@${phone.address}`));
  assert.equal(packets, 0);
  stranger.close();
});

test('who sends from the address of the proxy cannot turn outbound calls elsewhere by registering', async () => {
  const leg = await world.proxy.call(world.sip('proxy'), { method: 'REGISTER', from: world.sip('proxy'), headers: [['Expires', '60']] });
  await eventually('it is refused', () => [403, 404].includes(leg.responses.at(-1) ?? 0));
  const contacts = (await world.media[0].cli('pjsip show contacts')).split('\n').filter((one) => one.includes('proxy/'));
  assert.equal(contacts.length, 1);
  assert.match(contacts[0], new RegExp(`sip:127\\.0\\.${world.octet}\\.110:5060 `));
});
