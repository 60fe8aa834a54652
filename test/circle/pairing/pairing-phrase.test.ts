import b4a from 'b4a'
import sodium from 'sodium-universal'
import test from 'brittle'
import { checkPhrase, PHRASE_WORDS, phraseText } from '../../../core/circle/pairing/check-phrase.ts'
import { ENGLISH } from '../../../core/circle/pairing/words/english.ts'
import { FRENCH } from '../../../core/circle/pairing/words/french.ts'
import { inviting } from './inviting.ts'
import { newKeys } from '../members.ts'

const fill = (n: number, length = 32): Uint8Array => b4a.alloc(length, n)
const TRANSCRIPT = {
  handshakeHash: fill(1, 64),
  inviter: fill(2),
  nonce: fill(3),
  ask: fill(4, 99)
}

test('the word lists are those that BIP-39 publishes, byte for byte', (t) => {
  t.is(sha256(ENGLISH), '2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda')
  t.is(sha256(FRENCH), 'ebc3959ab7801a1df6bac4fa7d970652f1df76b683cd2f4003c941c63d517e59')
  for (const list of [ENGLISH, FRENCH]) t.is(new Set(list).size, 2048)
})

test('every part of what was said changes the phrase', (t) => {
  const phrase = phraseText(checkPhrase(TRANSCRIPT), 'en')
  for (const [part, bytes] of Object.entries(TRANSCRIPT)) {
    const other = b4a.from(bytes)
    other[other.byteLength - 1]! ^= 1
    t.not(phraseText(checkPhrase({ ...TRANSCRIPT, [part]: other }), 'en'), phrase, part)
  }
})

test('a phrase has 33 bits: every word of the lists can come in every place', (t) => {
  const places = Array.from({ length: PHRASE_WORDS }, () => new Set<number>())
  for (let i = 0; i < 40_000; i++) {
    const nonce = b4a.concat([b4a.from([i & 255, (i >> 8) & 255]), fill(0, 30)])
    checkPhrase({ ...TRANSCRIPT, nonce }).forEach((word, place) => places[place]!.add(word))
  }
  t.alike(
    places.map(({ size }) => size),
    [2048, 2048, 2048]
  )
})

test('both sides show the same words, in either language', async (t) => {
  const { host, redeem } = await inviting(t)
  const shown: string[] = []
  host.on('member', ({ phrase }) => shown.push(phraseText(phrase, 'fr'), phraseText(phrase, 'en')))
  const { asked } = await redeem(newKeys())
  t.is(asked.length, 1)
  t.alike([phraseText(asked[0]!.phrase, 'fr'), phraseText(asked[0]!.phrase, 'en')], shown)
  t.absent(asked[0]!.confirm)
  t.is(shown[1]!.split(' ').length, 3)
})

test('another pairing of the same two devices has another phrase', async (t) => {
  const { redeem } = await inviting(t)
  const keys = newKeys()
  const first = await redeem(keys)
  const second = await redeem(keys)
  t.unlike(first.asked[0]!.phrase, second.asked[0]!.phrase)
})

/** Of a list as it is published: accents apart from their letters, a line for each word. */
function sha256(words: readonly string[]): string {
  const out = b4a.alloc(32)
  const published = words.map((word) => word.normalize('NFD') + '\n').join('')
  sodium.crypto_hash_sha256(out, b4a.from(published))
  return b4a.toString(out, 'hex')
}
