// Signatures that were checked, and those that only look like them.

import test from 'brittle'
import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import { SoundSignatures, isSound } from '../../core/identity/sound-signatures.ts'

const [alice, bob] = [crypto.keyPair(b4a.alloc(32, 1)), crypto.keyPair(b4a.alloc(32, 2))]

function said(number: number) {
  const message = b4a.from(`number ${number}`)
  return { message, signature: crypto.sign(message, alice.secretKey) }
}

test('what was sound once is so again, and nothing that differs in a bit of it', (t) => {
  const sound = new SoundSignatures()
  const { message, signature } = said(1)
  for (let round = 0; round < 3; round++) {
    t.ok(sound.has(message, signature, alice.publicKey))
    t.absent(sound.has(message, signature, bob.publicKey))
    t.absent(sound.has(said(2).message, signature, alice.publicKey))
    t.absent(sound.has(message, said(2).signature, alice.publicKey))
    for (const bytes of [message, signature]) {
      bytes[0]! ^= 1
      t.absent(sound.has(message, signature, alice.publicKey))
      bytes[0]! ^= 1
    }
  }
  t.is(sound.size, 1, 'only what was sound is remembered')
})

test('what ends in one part and begins in the next is not mixed up', (t) => {
  const { message, signature } = said(1)
  t.ok(isSound(message, signature, alice.publicKey))
  const longer = b4a.concat([signature.subarray(63), message])
  t.absent(isSound(longer, signature.subarray(0, 63), alice.publicKey))
  t.absent(
    isSound(message.subarray(1), b4a.concat([signature, message.subarray(0, 1)]), alice.publicKey)
  )
  t.absent(isSound(message, signature, alice.publicKey.subarray(1)))
})

test('no more is remembered than there is room for, and what is asked for stays longest', (t) => {
  const sound = new SoundSignatures(4)
  for (let number = 0; number < 40; number++) {
    const { message, signature } = said(number)
    t.ok(sound.has(message, signature, alice.publicKey))
    t.ok(sound.has(said(0).message, said(0).signature, alice.publicKey))
    t.absent(sound.has(message, said(number + 1).signature, alice.publicKey))
    if (sound.size > 8) t.fail(`${sound.size} are remembered`)
  }
  t.is(sound.size > 4, true)
})
