import test from 'brittle'
import { addressKey, isIp } from '../../core/encoding/address.ts'
import { coded } from '../helpers/encoding/codecs.ts'
import { refused } from '../helpers/refused.ts'

test('An address is a literal one: looking a name up would tell who is being called', (t) => {
  const names = [
    'example.org',
    'localhost',
    '1.2.3',
    '1.2.3.256',
    '1.2.3.4.5',
    '',
    'a',
    'fe80',
    '1..2.3'
  ]
  for (const name of names) t.absent(isIp(name), name)
  for (const ip of [
    '127.0.0.1',
    '255.255.255.255',
    '::1',
    'fe80::1',
    '2001:db8::8:800:200c:417a'
  ]) {
    t.ok(isIp(ip), ip)
  }
})

test('A name in place of an address is refused, written or read', (t) => {
  const { encode, decode } = coded('address')
  refused(t, () => encode({ host: 'example.org', port: 80 }), 'written')
  const bytes = encode({ host: '10.10.10.10', port: 80 })
  bytes[1] = 'x'.charCodeAt(0)
  refused(t, () => decode(bytes), 'read')
})

test('Two addresses have one key where host and port are the same', (t) => {
  t.is(addressKey({ host: '10.0.0.1', port: 5 }), addressKey({ host: '10.0.0.1', port: 5 }))
  t.not(addressKey({ host: '10.0.0.1', port: 5 }), addressKey({ host: '10.0.0.1', port: 6 }))
})
