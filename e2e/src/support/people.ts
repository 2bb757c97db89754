import type { BrowserContext, Page } from 'playwright-core';
import type { World } from './world.js';

/** Opens a console in a tab and signs somebody in, as a person would. */
async function signIn(world: World, window: BrowserContext, path: string, username: string): Promise<Page> {
  const page = await window.newPage();
  await page.goto(`${world.url}${path}`);
  await page.getByRole('textbox', { name: /user name/i }).fill(username);
  await page.getByLabel(/^password/i).fill(world.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  return page;
}

export const openSoftphone = (world: World, window: BrowserContext, username: string): Promise<Page> => signIn(world, window, '/softphone/', username);

export const openConsole = (world: World, window: BrowserContext, username: string): Promise<Page> => signIn(world, window, '/admin/', username);

/** Presses Go online (past the explanation of the microphone, when it is shown) and waits until the seat is ready. */
export async function goOnline(page: Page, withinMs = 15_000): Promise<void> {
  await page.getByRole('button', { name: /go online/i }).click();
  await ready(page, withinMs);
}

/** Waits until the softphone says that the agent is seated with audio; a caller may be with her at once. */
export async function ready(page: Page, withinMs = 15_000): Promise<void> {
  await page.getByRole('heading', { name: /^(ready|on call)$/i }).waitFor({ timeout: withinMs });
}
