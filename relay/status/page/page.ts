// The status page: one plain HTML page without scripts, pictures or anything from elsewhere, for a volunteer
// who wants to know whether all is well and what to do. Light and dark, any width, readable aloud. Pure.
// Must never: put a word into the page that was not escaped.

import { isoDay } from '../../../core/evidence/text/printable.ts'
import { healthOf } from '../status.ts'
import type { CircleStatus, RelayStatus } from '../status.ts'
import { STYLE } from './style.ts'
import { LANGUAGES, WORDS } from './words.ts'
import type { Language, Words } from './words.ts'

/** Nothing may be fetched, run, framed or sent anywhere. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** What was asked for; else what the browser prefers; else English. */
export function languageOf(query: string, accepts = ''): Language {
  const asked = /(?:^|&)lang=([a-z]{2})(?:&|$)/.exec(query)?.[1]
  const preferred = accepts.split(',').map((word) => word.trim().slice(0, 2).toLowerCase())
  const all = [asked, ...preferred]
  return all.map((word) => LANGUAGES.find((one) => one === word)).find((one) => one) ?? 'en'
}

export function pageHtml(status: RelayStatus, language: Language): string {
  const words = WORDS[language]
  const health = healthOf(status)
  const [headline, whatToDo] = words.health[health]
  const [other, otherName] = words.other
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(headline)} – ${words.title}</title>
<style>${STYLE}</style>
</head>
<body>
<header><p>${words.title}</p><nav><a href="/?lang=${other}" lang="${other}" hreflang="${other}">${otherName}</a></nav></header>
<main>
<section class="${health}"><h1>${escaped(headline)}</h1><p>${escaped(whatToDo)}</p></section>
<p>${words.now} ${timeHtml(status.atMs)}. ${words.reload}</p>
${circlesHtml(status, words)}
<h2>${words.facts}</h2>
<dl>${factsOf(status, words)
    .map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`)
    .join('')}</dl>
<p>${words.blind}</p>
</main>
<footer><p>temoin ${escaped(status.version)} · <code>${escaped(status.device.slice(0, 8))}</code></p></footer>
</body>
</html>
`
}

function circlesHtml({ circles }: RelayStatus, words: Words): string {
  if (circles.length === 0) return ''
  const head = words.columns.map((name) => `<th scope="col">${name}</th>`).join('')
  const rows = circles.map((one) => circleHtml(one, words)).join('\n')
  return `<h2 id="circles">${words.circles}</h2>
<div class="wide" role="region" aria-labelledby="circles" tabindex="0"><table><thead><tr>${head}</tr></thead>
<tbody>${rows}</tbody></table></div>`
}

function circleHtml(circle: CircleStatus, words: Words): string {
  const { members, online, recordings, live, bytes, quotaBytes } = circle
  const limit = quotaBytes === null ? '' : ` ${words.of} ${bytesText(quotaBytes)}`
  const cells = [`${online} / ${members - 1}`, recordings, live, bytesText(bytes) + limit]
  const name = `<th scope="row"><code>${escaped(circle.circle.slice(0, 8))}</code></th>`
  return `<tr>${name}${cells.map((cell) => `<td>${cell}</td>`).join('')}<td>${stateText(circle, words)}</td></tr>`
}

function stateText({ room, why, refused, leavesAtMs, role }: CircleStatus, words: Words): string {
  const takes = { open: words.takes, begun: words.takesBegun, none: words.takesNone }[room]
  const parts = [why === null ? takes : `${takes} (${words.why[why]})`]
  if (refused > 0) parts.push(words.refused(refused))
  if (leavesAtMs !== null) parts.push(words.leaves(isoDay(leavesAtMs)))
  if (role !== 'relay') parts.push(words.notRelay)
  return parts.map(escaped).join('; ')
}

function factsOf(status: RelayStatus, words: Words): [string, string][] {
  const { usedBytes, capacityBytes, diskFreeBytes, fullInDays, scrub } = status
  const capacity =
    capacityBytes === null ? words.noLimit : `${words.of} ${bytesText(capacityBytes)}`
  const forecast = fullInDays === null ? words.fullUnknown : words.fullIn(fullInDays)
  return [
    [words.used, `${bytesText(usedBytes)} ${capacity} – ${escaped(forecast)}`],
    [words.diskFree, diskFreeBytes === null ? '–' : bytesText(diskFreeBytes)],
    [words.receipts, String(status.receipts)],
    [words.scrubbed, scrub.roundEndedAtMs === null ? words.never : timeHtml(scrub.roundEndedAtMs)],
    [words.damaged, String(scrub.damaged)],
    [words.running, timeHtml(status.startedAtMs)]
  ]
}

function timeHtml(ms: number): string {
  const iso = new Date(ms).toISOString()
  return `<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`
}

function bytesText(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
