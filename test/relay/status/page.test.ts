// What the page, the metrics and the health check say of a relay's status.

import test from 'brittle'
import { answerOf } from '../../../relay/status/answer.ts'
import { metricsText } from '../../../relay/status/metrics.ts'
import { languageOf, pageHtml } from '../../../relay/status/page/page.ts'
import { WORDS } from '../../../relay/status/page/words.ts'
import { STYLE } from '../../../relay/status/page/style.ts'
import type { RelayStatus } from '../../../relay/status/status.ts'
import { someCircle, someStatus } from '../../helpers/cli/relay.ts'

const FULL = someStatus({
  circles: [someCircle({ room: 'none', why: 'disk', share: 1, refused: 2 })]
})

const AS_KEEPER = someCircle({ role: 'keeper' })

const HEADLINES: [status: RelayStatus, en: RegExp, fr: RegExp][] = [
  [someStatus({ circles: [] }), /holds nothing yet/, /ne garde encore rien/],
  [someStatus(), /All is well/, /Tout va bien/],
  [someStatus({ circles: [someCircle({ share: 0.8 })] }), /running out/, /commence à manquer/],
  [
    someStatus({ circles: [someCircle({ room: 'begun', why: 'quota', share: 0.97 })] }),
    /Full: new films are not held here/,
    /Plein/
  ],
  [FULL, /Full: new films are not held here/, /Plein/],
  [someStatus({ circles: [someCircle(), AS_KEEPER] }), /not a relay/, /pas un relais/],
  [someStatus({ circles: [someCircle({ role: 'none' })] }), /not a relay/, /pas un relais/],
  [damaged(), /disk has damaged/, /disque a abîmé/],
  [someStatus({ linkedAtMs: null }), /No device has been linked/, /Aucun appareil/],
  [{ ...damaged(), linkedAtMs: null, circles: [AS_KEEPER] }, /not a relay/, /pas un relais/],
  [{ ...damaged(), circles: FULL.circles }, /Full: new films are not held here/, /Plein/]
]

test('the headline says in both languages whether all is well, and never that it is where it is not', (t) => {
  for (const [status, en, fr] of HEADLINES) {
    const [english, french] = [pageHtml(status, 'en'), pageHtml(status, 'fr')]
    t.ok(en.test(headline(english)), headline(english))
    t.ok(fr.test(headline(french)), headline(french))
    if (!/is well/.test(en.source)) t.absent(/is well|va bien/.test(english + french), en.source)
    const look = /<section class="([\w-]+)">/.exec(english)![1]!
    t.ok(STYLE.includes(`.${look}`), `it has its colour: ${look}`)
  }
})

test('a full circle says why, and how much is not held', (t) => {
  const html = pageHtml(FULL, 'en')
  t.ok(
    html.includes('nothing new is held (the disk is nearly full); 2 films are not held here'),
    html
  )
})

test('a device that is no relay in some circle is warned of', (t) => {
  const html = pageHtml(someStatus({ circles: [someCircle({ role: 'keeper' })] }), 'en')
  t.ok(html.includes('WARNING'))
})

test('the page needs nothing but itself, and has what a screen reader needs', (t) => {
  for (const language of ['fr', 'en'] as const) {
    const html = pageHtml(someStatus(), language)
    t.absent(/<script|<img|<link|@import|url\(|http-equiv="refresh"|\son\w+=/i.test(html))
    t.ok(html.includes(`<html lang="${language}">`))
    t.ok(/<title>[^<]+<\/title>/.test(html))
    t.is(html.match(/<h1>/g)?.length, 1)
    t.is(html.match(/scope="col"/g)?.length, WORDS[language].columns.length)
  }
})

test('text stands out from what is behind it at 7 to 1, in the light and in the dark', (t) => {
  const themes = [...STYLE.matchAll(/\{ (?:color-scheme: light dark; )?--ink[^}]*\}/g)].map(
    ([css]) =>
      Object.fromEntries(
        [...css.matchAll(/--(\w+): #(\w{6})/g)].map(([, name, hex]) => [name!, hex!])
      )
  )
  t.is(themes.length, 2)
  for (const theme of themes) {
    const grounds = ['paper', 'good', 'filling', 'full', 'alone'].map((name) => theme[name]!)
    for (const ground of grounds)
      t.ok(contrast(theme['ink']!, ground) >= 7, `${theme['ink']} on ${ground}`)
    t.ok(contrast(theme['link']!, theme['paper']!) >= 7, 'links')
    t.ok(contrast(theme['line']!, theme['paper']!) >= 3, 'lines')
  }
})

test('the language is the one asked for, else the browser’s, else English', (t) => {
  t.is(languageOf('lang=fr', 'en'), 'fr')
  t.is(languageOf('lang=xx', 'fr-FR,fr;q=0.9'), 'fr')
  t.is(languageOf('', 'de, fr;q=0.5'), 'fr')
  t.is(languageOf(''), 'en')
})

test('a circle that is given up is named with the day, in both languages', (t) => {
  const status = someStatus({ circles: [someCircle({ leavesAtMs: Date.UTC(2026, 11, 24, 8) })] })
  t.ok(/gives up this circle.*2026-12-24/.test(pageHtml(status, 'en')))
  t.ok(/abandonne ce cercle.*2026-12-24/.test(pageHtml(status, 'fr')))
  t.absent(pageHtml(someStatus(), 'en').includes('gives up'))
})

test('metrics are lines of a name and a number, each with its help, and leave out what nobody knows', (t) => {
  const lines = metricsText(FULL).trimEnd().split('\n')
  const samples = lines.filter((line) => !line.startsWith('#'))
  for (const line of samples) {
    if (!/^temoin_relay_\w+(\{circle="[a-z0-9]{8}"\})? -?\d+(\.\d+)?$/.test(line)) t.fail(line)
  }
  const named = new Set(samples.map((line) => /^\w+/.exec(line)![0]))
  for (const name of named)
    t.ok(
      lines.some((line) => line.startsWith(`# HELP ${name} `)),
      name
    )
  t.ok(samples.includes('temoin_relay_full 1'))
  t.ok(samples.some((line) => /circle_refused\{.*\} 2$/.test(line)))
  t.absent(metricsText(someStatus({ fullInDays: null })).includes('full_in_days'))
})

test('the health check rings where new films are not taken, and only there', (t) => {
  const check = (status: RelayStatus) =>
    answerOf({ path: '/healthz', query: '', headers: {} }, status)
  t.is(check(someStatus()).status, 200)
  t.is(check(someStatus({ circles: [] })).status, 200)
  t.is(check(FULL).status, 503)
  t.is(answerOf({ path: '/else', query: '', headers: {} }, FULL).status, 404)
})

function damaged(): RelayStatus {
  return someStatus({ scrub: { blocks: 400, damaged: 3, roundEndedAtMs: null } })
}

function headline(html: string): string {
  return /<h1>([^<]*)<\/h1>/.exec(html)![1]!
}

/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

function luminance(hex: string): number {
  const [r, g, b] = [0, 2, 4].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
