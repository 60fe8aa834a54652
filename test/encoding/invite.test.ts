import test from 'brittle'
import { decodeInvite, encodeInvite, INVITE_SCHEME } from '../../core/encoding/invite.ts'
import { coded } from '../helpers/codecs.ts'
import { refusalOf, refused } from '../helpers/refused.ts'

const invite = coded('invite').samples[1] as Parameters<typeof encodeInvite>[0]
const url = encodeInvite(invite)

test('An invite survives blanks around it and capital letters', (t) => {
  t.alike(decodeInvite(`  ${url}\n`), decodeInvite(url))
  t.alike(decodeInvite(url.toUpperCase()), decodeInvite(url))
})

test('An invite with any letter changed is refused', (t) => {
  const taken = [...url].filter((letter, i) => {
    const other = letter === 'y' ? 'b' : 'y'
    try {
      decodeInvite(url.slice(0, i) + other + url.slice(i + 1))
      return true
    } catch {
      return false
    }
  })
  t.alike(taken, [])
})

test('An invite cut anywhere, or with a letter more, is refused', (t) => {
  for (const cut of [0, 3, INVITE_SCHEME.length, 20, url.length - 1]) {
    refused(t, () => decodeInvite(url.slice(0, cut)), `cut at ${cut}`, 'INVITE_MANGLED')
  }
  refused(t, () => decodeInvite(url + 'y'), 'one more', 'INVITE_MANGLED')
})

test('What is no invite is refused', (t) => {
  const texts = [
    '',
    'temoin:',
    'https://example.org',
    'temoin:0!',
    url.slice(7),
    'temoin:' + 'y'.repeat(5000)
  ]
  for (const text of texts)
    refused(t, () => decodeInvite(text), text.slice(0, 30), 'INVITE_MANGLED')
})

test('The refusal says what to do', (t) => {
  t.ok(/copy the link again/.test(refusalOf(() => decodeInvite('temoin:x'))?.message ?? ''))
})
