import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser, type OpenedBrowser } from './browser.js';
import type { Call, Caller } from './callers.js';
import { goOnline, openSoftphone } from './people.js';
import type { Telephony } from './sandbox.js';
import { until } from './wait.js';
import { writeTone } from './wave.js';
import { startWorld, type World } from './world.js';

export const parkings = ['conference', 'holding'] as const;
export type Parking = (typeof parkings)[number];
export const waitsIn = (parking: Parking): string => (parking === 'conference' ? 'her conference' : 'the holding bridge');

/** A world with callers, and a browser for each person in it, whose microphone sounds a tone of its own. */
export interface Office<Person extends string> {
  readonly world: World;
  readonly telephony: Telephony;
  readonly admin: Caller;
  readonly browsers: Readonly<Record<Person, OpenedBrowser>>;
  /** Hangs everybody up and waits until no call is live. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** @param tones of each person's microphone, in Hz @param settings of the pool, from the beginning */
export async function openOffice<Person extends string>(name: string, octet: number, tones: Readonly<Record<Person, number>>, settings: object = {}): Promise<Office<Person>> {
  const world = await startWorld({ name: `e2e-${name}`, octet, telephony: true });
  const opened: [Person, OpenedBrowser][] = [];
  const close = async (): Promise<void> => {
    for (const [, browser] of opened) await browser.close();
    await world.close();
  };
  try {
    const { telephony } = world;
    assert.ok(telephony);
    const admin = await world.as('admin');
    assert.equal((await admin('PUT', '/settings', settings)).status, 200);
    for (const [person, hertz] of Object.entries(tones) as [Person, number][]) {
      const microphone = join(tmpdir(), `nailup-${name}-${person}-${process.pid}.wav`);
      writeTone(microphone, hertz, 4);
      opened.push([person, await openBrowser({ microphone })]);
    }
    return { world, telephony, admin, browsers: Object.fromEntries(opened) as Record<Person, OpenedBrowser>, quiet: () => quiet(admin), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const live = async (admin: Caller): Promise<Call[]> => (await admin<{ items: Call[] }>('GET', '/calls?live=true')).body.items;

/** Waits until no call is live. */
export const nobodyOnCall = (admin: Caller): Promise<true> => until('no call is live', 10_000, async () => (await live(admin)).length === 0);

async function quiet(admin: Caller): Promise<void> {
  for (const { id } of await live(admin)) await admin('POST', `/calls/${id}/hangup`);
  await nobodyOnCall(admin);
}

/** A seat as the manager shows it. */
export interface Seat {
  readonly id: string;
  readonly agentId: string;
  readonly connectedAt: string;
  readonly mediaServer: { readonly id: string; readonly name: string };
}

/** Her seats that are connected. @param api signed in as her */
export const seatsOf = async (api: Caller): Promise<Seat[]> => (await api<{ items: Seat[] }>('GET', '/placements?state=connected')).body.items;

/** Opens the softphone, goes online and waits until the manager knows her seat. */
export async function comeToWork(world: World, window: BrowserContext, username: string): Promise<{ page: Page; api: Caller; seat: Seat }> {
  const api = await world.as(username);
  const page = await openSoftphone(world, window, username);
  await goOnline(page);
  const seat = await until('the manager knows her seat', 5_000, async () => (await seatsOf(api))[0]);
  return { page, api, seat };
}

/** Leaves the seat and closes the window. */
export async function goHome(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('button', { name: /go online/i }).waitFor();
  await page.context().close();
}
