// What one device asks of the DHT, and how often it says hello: counted where each request and each hello
// is made, by every device of this process together. Wraps; changes nothing of what is sent.

import IO from 'dht-rpc/lib/io.js'
import { COMMANDS } from 'hyperdht/lib/constants.js'
import HyperDHT from 'hyperdht'
import { encode } from '../../../core/encoding/wire.ts'
import { hello } from '../../../core/encoding/control.ts'
import { ControlChannel } from '../../../core/replica/control-channel.ts'

/** Counted since the process began. */
export interface Traffic {
  /** Records of this device's key put on a node. Devices announce nothing else: there are no topics. */
  announces: number
  /** Nodes asked where a key can be reached. */
  lookups: number
  /** Handshakes and punches, straight to an address or by way of a node. */
  handshakes: number
  /** Whatever else is asked of nodes: pings, and finding nodes. */
  upkeep: number
  dials: number
  hellos: number
  helloBytes: number
}

const counts: Traffic = {
  announces: 0,
  lookups: 0,
  handshakes: 0,
  upkeep: 0,
  dials: 0,
  hellos: 0,
  helloBytes: 0
}

const KINDS: Record<number, 'announces' | 'lookups' | 'handshakes'> = {
  [COMMANDS.ANNOUNCE]: 'announces',
  [COMMANDS.FIND_PEER]: 'lookups',
  [COMMANDS.LOOKUP]: 'lookups',
  [COMMANDS.PEER_HANDSHAKE]: 'handshakes',
  [COMMANDS.PEER_HOLEPUNCH]: 'handshakes'
}

/** From now on; once in a process, before its device is opened. */
export function countTraffic(): Traffic {
  const { createRequest } = IO.prototype
  IO.prototype.createRequest = function (to, token, internal, command, ...rest) {
    counts[(!internal && KINDS[command]) || 'upkeep']++
    return createRequest.call(this, to, token, internal, command, ...rest)
  }
  const { connect } = HyperDHT.prototype
  HyperDHT.prototype.connect = function (...args) {
    counts.dials++
    return connect.apply(this, args)
  }
  const { sayHello } = ControlChannel.prototype
  ControlChannel.prototype.sayHello = function (message) {
    if (!this.closed) {
      counts.hellos++
      counts.helloBytes += encode(hello, message).byteLength
    }
    sayHello.call(this, message)
  }
  return counts
}
