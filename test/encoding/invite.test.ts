import b4a from 'b4a'
import test from 'brittle'
import crypto from 'hypercore-crypto'
import z32 from 'z32'
import { decodeInvite, encodeInvite, INVITE_SCHEME } from '../../core/encoding/pairing/invite.ts'
import { coded } from '../helpers/encoding/codecs.ts'
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
  const texts = ['', 'temoin:', 'temoin:0!', url.slice(7), 'temoin:' + 'y'.repeat(5000)]
  for (const text of texts)
    refused(t, () => decodeInvite(text), text.slice(0, 30), 'INVITE_MANGLED')
})

test('A link of another app is told from an invite that was mangled', (t) => {
  for (const text of ['https://example.org', 'briar://abc', 'TEMOINS:abc', 'mailto:a@b.c']) {
    refused(t, () => decodeInvite(text), text, 'INVITE_FOREIGN')
  }
})

test('A whole invite of another version says so, and what to do', (t) => {
  const body = b4a.concat([b4a.from([2]), b4a.alloc(40, 7)])
  const label = b4a.from('temoin/invite-checksum/1')
  const raw = b4a.concat([body, crypto.hash([label, body]).subarray(0, 4)])
  const newer = INVITE_SCHEME + z32.encode(raw)
  refused(t, () => decodeInvite(newer), 'a newer one', 'INVITE_FOREIGN')
  t.ok(/same version/.test(refusalOf(() => decodeInvite(newer))?.message ?? ''))
})

test('An invite with one address fits a code of 37 dots across, four of them one of 41', (t) => {
  const address = { host: '192.168.43.123', port: 49737 }
  const lengthWith = (n: number): number =>
    encodeInvite({ ...invite, addresses: Array.from({ length: n }, () => address) }).length
  t.ok(lengthWith(1) <= 122, `${lengthWith(1)} letters; 122 fit version 5 at medium correction`)
  t.ok(lengthWith(4) <= 154, `${lengthWith(4)} letters; 154 fit version 6 at medium correction`)
})

test('The refusal says what to do', (t) => {
  t.ok(/copy the link again/.test(refusalOf(() => decodeInvite('temoin:x'))?.message ?? ''))
})
