// What people do on the screens, step by step as they would: found a circle, come in, film. English pages.

import type { Page } from 'playwright-core'
import { eventually } from '../eventually.ts'
import { goTo } from './engine.ts'

/** @returns the link of an invite for so many, each of whom is looked at */
export async function foundCircle(page: Page, name: string, uses: number): Promise<string> {
  await goTo(page, 'circle')
  await page.getByRole('link', { name: 'Invite somebody you trust' }).click()
  await page.getByLabel('What the others call you').fill(name)
  await page.getByRole('button', { name: 'Create and invite' }).click()
  await page.getByLabel('How many devices?').fill(String(uses))
  await page.getByRole('button', { name: 'Show the code' }).click()
  const link = page.locator('.link-text')
  await link.waitFor({ state: 'attached' })
  return (await link.textContent())!.trim()
}

/** Comes in by a link; the inviter compares the words and lets them in. @returns the words of each screen */
export async function comeIn(
  inviter: Page,
  page: Page,
  link: string,
  name: string
): Promise<{ theirs: string; ours: string }> {
  await goTo(page, 'circle/join')
  await page.getByLabel('Or paste the link').fill(link)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('What the others call you').fill(name)
  await page.getByRole('button', { name: 'Ask to come in' }).click()
  const theirs = await wordsOn(page)
  const ours = await sameWordsOn(inviter, theirs)
  await inviter.getByRole('button', { name: 'Same words: let in' }).click()
  await page.getByText('You are in').waitFor()
  return { theirs, ours }
}

/** Taps once. @returns when */
export async function film(page: Page): Promise<number> {
  await goTo(page, 'film')
  const button = page.getByRole('button', { name: 'Film now' })
  await eventually(() => button.isEnabled())
  await button.click()
  return Date.now()
}

/** What the inviter's screen says in the end: who came before may still be on it. */
async function sameWordsOn(inviter: Page, wanted: string): Promise<string> {
  await eventually(async () => (await wordsOn(inviter)) === wanted).catch(() => {})
  return wordsOn(inviter)
}

async function wordsOn(page: Page): Promise<string> {
  const phrase = page.locator('.phrase').first()
  await phrase.waitFor()
  return (await phrase.innerText()).replace(/\s+/g, ' ')
}
