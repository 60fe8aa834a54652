import test from 'brittle'
import { TemoinError } from '../../../core/errors.ts'
import { relayOptions, SPECS, variableOf } from '../../../relay/options/options.ts'
import type { Sources } from '../../../relay/options/options.ts'

function from(sources: Partial<Sources> = {}) {
  return relayOptions({ flags: {}, env: {}, file: null, defaultStorage: '/srv/relay', ...sources })
}

function inFile(text: string): Partial<Sources> {
  return { file: { name: 'relay.conf', text } }
}

test('a flag comes before the environment, that before the file, that before the default', (t) => {
  const flags = { quota: '4G' }
  const env = { TEMOIN_RELAY_QUOTA: '3G' }
  const file = inFile('quota = 2G')
  t.is(from({ flags, env, ...file }).quotaBytes, 4e9)
  t.is(from({ env, ...file }).quotaBytes, 3e9)
  t.is(from(file).quotaBytes, 2e9)
  t.is(from().quotaBytes, null)
})

test('every option has a flag, a variable and a line, and they say the same', (t) => {
  const written: Record<string, string> = {
    ...{ storage: '/data', quota: '20G', 'circle-quota': '5G, yb3k9f=7G', reserve: '2G' },
    ...{ 'keep-free': '3G', bind: '127.0.0.1', port: '4000', bootstrap: '192.0.2.1:49737' },
    ...{
      dht: 'yes',
      lan: 'no',
      'dht-node': '192.0.2.7:49737',
      'status-port': 'off',
      'log-level': 'warn'
    },
    ...{ 'log-format': 'text', 'scrub-rate': '0' }
  }
  t.alike(
    Object.keys(written),
    SPECS.map(({ name }) => name)
  )
  const names = Object.keys(written)
  const env = Object.fromEntries(names.map((name) => [variableOf(name), written[name]]))
  const text = names.map((name) => `${name} = ${written[name]} # as it is`).join('\n')
  const byFlag = from({ flags: written })
  t.alike(from({ env }), byFlag)
  t.alike(from(inFile(text)), byFlag)
  t.alike(byFlag.circleQuotas.named, new Map([['yb3k9f', 7e9]]))
  t.is(byFlag.circleQuotas.each, 5e9)
})

const WRONG: [sources: Partial<Sources>, says: RegExp][] = [
  [{ flags: { quota: '20 gigs' } }, /^--quota takes a size, such as .*not "20 gigs"$/],
  [{ flags: { quota: '0' } }, /above 0, or "none"/],
  [{ flags: { quota: '-1G' } }, /^--quota takes a size/],
  [{ flags: { quota: '99999999999T' } }, /^--quota takes a size/],
  [{ flags: { quota: '500M', reserve: '1G' } }, /The reserve must be smaller than the quota/],
  [{ env: { TEMOIN_RELAY_PORT: '0' } }, /^TEMOIN_RELAY_PORT takes a port between 1 and 65535/],
  [{ flags: { port: '4000', 'dht-node': '192.0.2.7:4000' } }, /need a port each/],
  [{ flags: { 'status-port': '70000' } }, /or "off", not "70000"/],
  [{ flags: { 'dht-node': '0.0.0.0:4000' } }, /takes an IPv4 address with a port/],
  [{ flags: { 'dht-node': 'example.org:4000' } }, /takes an IPv4 address with a port/],
  [{ flags: { bind: 'example.org' } }, /takes an IP address of this machine/],
  [{ flags: { bootstrap: 'here' } }, /takes host:port/],
  [{ flags: { dht: 'no', bootstrap: '192.0.2.1:1' } }, /Give --no-dht or --bootstrap, not both/],
  [{ flags: { 'log-level': 'loud' } }, /takes one of error, warn, info, debug, not "loud"/],
  [{ flags: { 'circle-quota': 'abc=5G' } }, /at least 6 letters of a circle's key/],
  [{ flags: { 'keep-free': '1M' } }, /of at least 68M/],
  [inFile('port = 12\nport = 13'), /^Line 2 of relay.conf says port again: line 1 does already$/],
  [inFile('# quota\n\nquota 20G'), /^Line 3 of relay.conf is not "name = value"/],
  [inFile('qouta = 20G'), /^Line 1 of relay.conf sets qouta, which is no option/],
  [inFile('quota = \u001b[2J'), /^quota \(line 1 of relay.conf\) takes .*not "\?\[2J"$/]
]

test('what is wrong is refused in one sentence that says where it stands and what would fit', (t) => {
  for (const [sources, says] of WRONG) {
    try {
      from(sources)
      t.fail(`taken: ${JSON.stringify(sources)}`)
    } catch (err) {
      const { message } = err as Error
      t.ok(TemoinError.is(err, 'BAD_INPUT') && says.test(message), message)
    }
  }
})

test('what is usual can be written down as well', (t) => {
  const usual = SPECS.filter((one) => one.usual !== null)
  const text = usual.map((one) => `${one.name} = ${one.usual}`).join('\n')
  t.alike(from(inFile(text)), from())
})
