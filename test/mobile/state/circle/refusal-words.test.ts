import test from 'brittle'
import { REFUSALS as ENGINE } from '../../../../core/encoding/pairing/pairing.ts'
import {
  failureSentence,
  mayComeYet,
  refusalSentence,
  REFUSALS
} from '../../../../mobile/ui/state/circle/refusal-words.ts'
import { lacking } from '../../../helpers/ui/words.ts'

test('Every refusal of the engine has a sentence of its own in every language', (t) => {
  const keys = ENGINE.map((detail) => refusalSentence(failure('INVITE_REFUSED', detail)).key)
  t.is(new Set(keys).size, ENGINE.length)
  for (const key of [...keys, 'refused.impostor']) t.alike(lacking(`circle.${key}`), [], key)
})

test('Every refusal is told to the inviter as well', (t) => {
  for (const kind of ENGINE) t.alike(lacking(`circle.turned.${kind}`), [], kind)
})

test('Somebody else who answers is no ordinary refusal', (t) => {
  t.ok(REFUSALS.includes('impostor'))
  t.is(refusalSentence(failure('INVITE_REFUSED', 'impostor')).key, 'refused.impostor')
})

test('Codes without a reason have their sentences, and unknown ones the general one', (t) => {
  const codes = ['BAD_INPUT', 'INVITE_MANGLED', 'INVITE_FOREIGN', 'INVITE_REDEEMED']
  const others = ['INVITE_EXPIRED', 'INVITE_USED', 'INVITE_UNREACHABLE', 'INVITE_ON_HOLD']
  for (const code of [...codes, ...others, 'NOT_ALLOWED', 'DEVICE_LOCKED']) {
    const { key } = refusalSentence(failure(code))
    t.not(key, 'refused.other', code)
    t.alike(lacking(`circle.${key}`), [], key)
  }
  t.is(refusalSentence(failure('INTERNAL')).key, 'refused.other')
})

test('An invite that may do later is kept', (t) => {
  t.ok(mayComeYet(failure('INVITE_ON_HOLD')))
  t.ok(mayComeYet(failure('INVITE_UNREACHABLE')))
  t.absent(mayComeYet(failure('INVITE_REFUSED', 'declined')))
})

test('A call that failed is told with its remedy, and where none is known in the engine’s words', (t) => {
  for (const code of ['NOT_ALLOWED', 'DEVICE_LOCKED', 'STORAGE_FULL', 'ENGINE_GONE', 'INTERNAL']) {
    t.alike(lacking(`circle.${failureSentence(failure(code)).key}`), [], code)
  }
  t.is(failureSentence(failure('INTERNAL')).values?.['message'], 'in English')
})

function failure(code: string, detail?: string) {
  return { code, message: 'in English', ...(detail === undefined ? {} : { detail }) }
}
