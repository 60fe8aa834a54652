import test from 'brittle'
import { isLocalHost } from '../../../core/links/stream/local-host.ts'

const LOCAL = ['127.0.0.1', '10.9.1.2', '192.168.43.1', '172.16.0.1', '172.31.255.1', '169.254.7.7']
const LOCAL6 = ['::1', 'fe80::1ff:fe23:4567:890a', 'fd12:3456::1', 'FE80::1']
const REMOTE = ['8.8.8.8', '172.32.0.1', '172.15.0.1', '11.0.0.1', '192.169.0.1', '2001:db8::1', '']

test('an address of a local network is told from any other', (t) => {
  for (const host of [...LOCAL, ...LOCAL6]) t.ok(isLocalHost(host), host)
  for (const host of REMOTE) t.absent(isLocalHost(host), host || 'none')
})
