// The tools of the browser tests themselves: a harness that overlooks errors would let every other test
// here pass.

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Page } from 'playwright-core'
import { eventually } from '../helpers/eventually.ts'
import { violations } from '../helpers/browser/looks/axe.ts'
import { browserOf, options, unless } from '../helpers/browser/chromium.ts'
import { SIZES, openPage } from '../helpers/browser/page.ts'
import type { PageOptions } from '../helpers/browser/page.ts'

test(`A page has a fake camera and microphone${unless}`, options, async (t) => {
  const page = await show(t, '<p>hello</p>')
  const kinds = await page.evaluate(
    `navigator.mediaDevices.getUserMedia({ audio: true, video: true })
      .then((stream) => stream.getTracks().map(({ kind }) => kind).sort())`
  )
  t.alike(kinds, ['audio', 'video'])
})

test(`A page has the size, language and colours asked for${unless}`, options, async (t) => {
  const phone = await show(t, '', { size: 'phone', language: 'fr', colours: 'dark' })
  t.is(await phone.evaluate('innerWidth'), SIZES.phone.viewport.width)
  t.is(await phone.evaluate('navigator.language'), 'fr')
  t.ok(await phone.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"))
  t.ok(await phone.evaluate("matchMedia('(pointer: coarse)').matches"))
  const desktop = await show(t, '', { size: 'desktop' })
  t.is(await desktop.evaluate('innerWidth'), SIZES.desktop.viewport.width)
})

test(`An error in a page fails the test that opened it${unless}`, options, async (t) => {
  const failures: string[] = []
  const page = await show(t, '', { expected: [/expected/] }, failures)
  await page.evaluate("setTimeout(() => { throw new Error('thrown') })")
  await page.evaluate("void Promise.reject(new Error('rejected'))")
  await page.evaluate("console.error('logged')")
  await page.evaluate("console.error('expected by the test')")
  await eventually(() => failures.length >= 3)
  for (const word of ['thrown', 'rejected', 'logged']) {
    t.ok(
      failures.some((line) => line.includes(word)),
      word
    )
  }
  t.is(failures.length, 3)
})

test(`What is hard to use for some is named in words${unless}`, options, async (t) => {
  const bad = await show(t, '<img src="data:,"><button></button>')
  const found = await violations(bad)
  t.ok(found.some((line) => line.includes('(image-alt)') && line.includes('img')))
  t.ok(found.some((line) => line.includes('(button-name)')))
  const good = await show(t, '<main><h1>Hello</h1><button>Film</button></main>')
  t.alike(await violations(good), [])
})

/** A page of our own making, at an address where the camera may be used. */
async function show(
  t: Assert,
  body: string,
  more: PageOptions = {},
  failures?: string[]
): Promise<Page> {
  const browser = await browserOf(t)
  const watched = failures ? { ...t, fail: (line: string) => failures.push(line) } : t
  const page = await openPage(watched as Assert, browser, 'about:blank', more)
  await page.route('http://127.0.0.1/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Test</title>${body}</html>`
    })
  )
  await page.goto('http://127.0.0.1/')
  return page
}
