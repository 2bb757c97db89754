import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { hear, openBrowser, type OpenedBrowser } from './browser.js';
import { joinClient } from './clients.js';
import { mediaPath, watchConnections, type MediaPath } from './media-path.js';
import { layMasquerade, layOneToOne, layPublicNet, publicNet, type PrivateNet } from './netns.js';
import { goOnline, openSoftphone } from './people.js';
import { root, type Lodging, type MediaServer, type Turn } from './sandbox.js';
import { until } from './wait.js';
import { readWave, toneShare, writeTone } from './wave.js';
import { conferences, startWorld, type World } from './world.js';

export interface Placement {
  id: string;
  state: string;
  conference: string;
  mediaServer: { id: string; name: string };
  iceServers: { urls: string[]; username?: string; credential?: string }[];
}

/** What the microphones play; far from the 1004 Hz of the test tone. */
const microphoneHertz = 620;

/** Nailup on a public network, with an agent's home behind a router and a media server behind a 1:1 NAT. */
export interface NatWorld extends World {
  home: PrivateNet;
  relay: Turn;
  /** Starts the relay again, after it was stopped. */
  relayAgain(): Promise<Turn>;
  secret: string;
  /** Opens a browser, in the agent's home or, without a place, on the public network itself. */
  browser(place?: PrivateNet): Promise<OpenedBrowser>;
  close(): Promise<void>;
}

/** Its loopback addresses are 127.0.84.x. */
export const octet = 84;

const open: Lodging = { env: { NAILUP_HOST: publicNet.mediaServer, NAILUP_BIND: publicNet.mediaServer } };
const behindNat = ({ host, hostAddress }: PrivateNet): Lodging => ({
  netns: host.name,
  env: {
    NAILUP_HOST: publicNet.mapped,
    NAILUP_BIND: hostAddress,
    NAILUP_PUBLIC_ADDRESS: publicNet.mapped,
    NAILUP_AMI_HOST: publicNet.mapped,
    NAILUP_AMI_BIND: hostAddress,
    NAILUP_AMI_TLS: 'no',
    NAILUP_AMI_PERMIT: `${publicNet.manager}/32`,
    NAILUP_SIP_BIND: hostAddress,
  },
});

export async function startNatWorld(): Promise<NatWorld> {
  layPublicNet();
  const home = layMasquerade('home', 85, publicNet.home);
  const cloud = layOneToOne('cloud', 86, publicNet.mapped);
  const secret = randomBytes(24).toString('base64url');
  const turn = (port: number, transport: string, scheme = 'turn') => `${scheme}:${publicNet.relay}:${port}?transport=${transport}`;
  const world = await startWorld({
    name: 'e2e-nat',
    octet,
    address: publicNet.manager,
    env: { TURN_SECRET: secret, TURN_URLS: [turn(3478, 'udp'), turn(3478, 'tcp'), turn(5349, 'tcp', 'turns')].join(',') },
    lodging: (index) => (index === 1 ? open : behindNat(cloud)),
  });
  try {
    // AMI of the mapped one is reached as the manager reaches it, not at its private address.
    const servers = world.servers.map((server) => (server.ami.host === cloud.hostAddress ? Object.assign(server, { ami: { ...server.ami, host: publicNet.mapped } }) : server));
    const { certificateFor } = (await import(pathToFileURL(join(root, 'tools', 'certificate.mjs')).href)) as {
      certificateFor(options: { name: string; stateDir: string; rootfs: string }): Promise<{ certificate: string; key: string }>;
    };
    const certificate = await certificateFor({ name: publicNet.relay, stateDir: join(root, '.nailup', 'e2e-nat'), rootfs: world.box.rootfs });
    const admin = await world.as('admin');
    const { body } = await admin<{ key: string }>('POST', '/api-keys', { name: 'relay', scopes: ['media-servers:read'] });
    const relayAgain = async () => {
      const relay = await world.box.turn({ host: publicNet.relay, secret, managers: { urls: [world.url], key: body.key }, certificate });
      await until('the relay knows both media servers', 15_000, () => [publicNet.mapped, publicNet.mediaServer].every((address) => new RegExp(`media servers:.*${address}`).test(relay.log())));
      return relay;
    };
    const relay = await relayAgain();
    const microphone = join(tmpdir(), `nailup-microphone-${process.pid}.wav`);
    writeTone(microphone, microphoneHertz, 4);
    return {
      ...world,
      servers,
      home,
      relay,
      relayAgain,
      secret,
      browser: (place) =>
        openBrowser({
          microphone,
          ...(place ? { executable: place.host.chromium() } : {}),
          // The microphone is for secure pages only, and this network has no names a certificate could be for; the relay's is self-signed.
          flags: [`--unsafely-treat-insecure-origin-as-secure=${world.url}`, '--ignore-certificate-errors'],
        }),
    };
  } catch (error) {
    await world.close();
    throw error;
  }
}

/** An agent in her seat. */
export interface Seated {
  page: Page;
  placement: Placement;
  server: MediaServer;
  /** From the press of the button to the softphone's "ready". */
  tookMs: number;
  path: MediaPath;
}

/** Signs an agent in and seats her, on `server` when one is named: the others take nobody new meanwhile. */
export async function seat(world: NatWorld, browser: OpenedBrowser, username: string, server?: MediaServer): Promise<Seated> {
  const admin = await world.as('admin');
  const { body: pool } = await admin<{ items: { id: string; name: string }[] }>('GET', '/media-servers');
  const others = server ? pool.items.filter(({ name }) => name !== server.name) : [];
  for (const { id } of others) await admin('POST', `/media-servers/${id}/drain`, {});
  try {
    const window = await browser.window();
    await watchConnections(window);
    const page = await openSoftphone(world, window, username);
    await page.getByRole('button', { name: /go online/i }).waitFor();
    const pressed = performance.now();
    await goOnline(page, 20_000);
    const tookMs = performance.now() - pressed;
    const placement = await connected(world, username);
    const at = world.servers.find(({ name }) => name === placement.mediaServer.name);
    assert.ok(at);
    const path = await until('the browser names the path of her audio', 5_000, () => mediaPath(page));
    return { page, placement, server: at, tookMs, path };
  } finally {
    for (const { id } of others) await admin('POST', `/media-servers/${id}/resume`);
  }
}

export async function connected(world: World, username: string): Promise<Placement> {
  const admin = await world.as('admin');
  const { body } = await admin<{ items: { id: string; username: string }[] }>('GET', '/agents');
  const id = body.items.find((agent) => agent.username === username)?.id;
  return until(`${username} has a connected placement`, 10_000, async () => (await admin<{ items: Placement[] }>('GET', `/placements?state=connected&agentId=${id}`)).body.items[0]);
}

/** Brings the 1004 Hz tone into an agent's conference. */
export async function playTone({ server, placement }: Seated): Promise<{ hangUp(): Promise<void> }> {
  const tone = await joinClient(server, placement.conference, { Context: 'tone', Exten: 'tone' });
  await until('the test tone has joined', 5_000, async () => (await conferences(server))[placement.conference] === 2);
  return tone;
}

/** She hears the tone of a client leg, and the media server hears her microphone. Answers what was measured. */
export async function bothHear(seated: Seated): Promise<string> {
  const { page, server, placement } = seated;
  const tone = await playTone(seated);
  const heard = await hear(page);
  assert.ok(Math.abs(heard.hertz - 1004) < 6, `she hears ${heard.hertz.toFixed(1)} Hz at ${heard.decibel.toFixed(0)} dB`);
  assert.ok(heard.decibel > -50, `loud enough: ${heard.decibel.toFixed(0)} dB`);
  await tone.hangUp();
  await until('she is alone again', 5_000, async () => (await conferences(server))[placement.conference] === 1);
  const listener = await joinClient(server, placement.conference, { Context: 'listen', Exten: placement.conference });
  const recording = join(server.recordingsDir, `${placement.conference}.wav`);
  const share = await until(`the recording holds ${microphoneHertz} Hz`, 15_000, () => {
    const { rate, samples } = readWave(recording);
    const found = toneShare(samples, rate, microphoneHertz);
    return found > 0.5 && found;
  });
  await listener.hangUp();
  await until('she is alone again', 5_000, async () => (await conferences(server))[placement.conference] === 1);
  return `hears ${heard.hertz.toFixed(0)} Hz at ${heard.decibel.toFixed(0)} dB, is heard with ${(share * 100).toFixed(0)} % of the power at ${microphoneHertz} Hz`;
}

/** A path in words, for what a story prints. */
export const inWords = ({ local, remote, roundTripMs }: MediaPath): string =>
  `${local.type}${local.relayProtocol ? ` over ${local.relayProtocol}` : ''} ${local.address} -> ${remote.type} ${remote.address}:${remote.port}, round trip ${roundTripMs?.toFixed(1) ?? '?'} ms`;
