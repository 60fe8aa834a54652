// Links to the members over hyperdht: through the DHT where there is one, straight to a known address
// where there is none. One link for each device. Strangers are turned away in the Noise handshake,
// before anything is opened for them.
// Must never: hold a link to a device that `admits` refuses, but for the moment that it takes to tell one so that
// was cut off; or to one that is kept out for its misconduct.

import b4a from 'b4a'
import HyperDHT from 'hyperdht'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type { KeyPair } from 'hypercore-crypto'
import ReadyResource from 'ready-resource'
import type { Address } from '../encoding/address.ts'
import { addressKey } from '../encoding/address.ts'
import { hex } from '../encoding/hex.ts'
import { randomBytes } from '../identity/hash.ts'
import { MAX_ADDRESSES } from '../limits.ts'
import { strainMs } from '../runtime/beat.ts'
import { systemClock } from '../runtime/clock.ts'
import { localAddresses } from '../runtime/net.ts'
import type { DeviceKey } from '../types/keys.ts'
import type { Rendezvous } from '../types/link.ts'
import { replaces } from './dialling/choose.ts'
import { Dialler } from './dialling/dialler.ts'
import { paceOf } from './dialling/pace.ts'
import { Misconduct } from './limits/misconduct.ts'
import { Misuse } from './limits/misuse.ts'
import { Revival } from './dialling/revival.ts'
import { Listening } from './listening.ts'
import { StreamLink } from './stream/stream-link.ts'
import { gatherFrames } from './stream/whole-frames.ts'

/** A dial that is not open by then is given up: 'open' can come late on a lossy line, and where we are late. */
const DIAL_TIMEOUT_MS = 10_000
/** A link that is silent for so long, in spite of its keep-alives, is dead. A cut of 10 s survives. */
const SILENCE_MS = 25_000
const KEEP_ALIVE_MS = 5000
/** For who was cut off to be told so (exchange/members/farewell.ts): all else is closed towards it at once. */
const PARTING_MS = 2000

/** How long an invite waits for what the DHT tells of our own address. */
const PLACED_MS = 2000

export interface NetworkEvents {
  /** The DHT has answered, or there is none to be had: `addresses` may be others now. */
  placed: []
  link: [StreamLink]
  unlink: [StreamLink]
  /** A member's link was closed for what it sent; it is kept out for a while. */
  misuse: [{ device: DeviceKey; reason: Misuse; outMs: number }]
  /** A link was closed over a failure here. */
  trouble: [unknown]
}

export interface NetworkOptions {
  keyPair: KeyPair
  /** DHT nodes; an empty list for none, undefined for the public ones. */
  bootstrap: Address[] | undefined
  /** Address to bind to, or undefined for all. */
  host: string | undefined
  /** UDP port to ask for; 0 for any. */
  port: number
  /** Tell and try addresses of the local network. */
  lan: boolean
  admits: (device: DeviceKey) => boolean
  addressesOf: (device: DeviceKey) => Address[]
  now: () => number
}

export class Network extends ReadyResource<NetworkEvents> implements Rendezvous {
  readonly #options: NetworkOptions
  readonly #links = new Map<string, StreamLink>()
  readonly #dialler: Dialler
  readonly #revival: Revival
  readonly #misconduct = new Misconduct()
  readonly #clock = systemClock()
  /** Not closed yet, and maybe not open: hyperdht would wait for them when it closes. */
  readonly #dialled = new Set<NoiseSecretStream>()
  /** Links to who is a member no more, and when they are closed. */
  readonly #partings = new Map<StreamLink, Timer>()
  #dht: HyperDHT | null = null
  #server: Listening | null = null

  constructor(options: NetworkOptions) {
    super()
    this.#options = options
    this.#dialler = new Dialler({
      dial: (device) => this.#dial(device),
      isLinked: (device) => this.#links.has(hex(device))
    })
    const { publicKey } = options.keyPair
    this.#revival = new Revival({
      links: () => this.links,
      redial: ({ device }) => this.#dialler.redial(device),
      dials: ({ device }) => b4a.compare(publicKey as any, device as any) < 0,
      steadyMs: () => this.#clock.monotonicMs()
    })
  }

  protected override async _open(): Promise<void> {
    const { keyPair, bootstrap, host, port } = this.#options
    this.#dht = new HyperDHT({
      keyPair,
      connectionKeepAlive: KEEP_ALIVE_MS,
      anyPort: true,
      ...(bootstrap === undefined ? {} : { bootstrap }),
      ...(host === undefined ? {} : { host }),
      port: port === 0 ? freshPort() : port
    })
    gatherFrames(this.#dht)
    const lets = (device: DeviceKey): boolean => this.#lets(device)
    this.#server = await Listening.open(this.#dht, keyPair, lets, (stream) => this.#adopt(stream))
    void this.#dht.fullyBootstrapped().then(
      () => this.#onPlaced(),
      () => {}
    )
    this.#revival.start()
  }

  protected override async _close(): Promise<void> {
    this.#revival.stop()
    this.#dialler.stop()
    for (const timer of this.#partings.values()) clearTimeout(timer)
    for (const link of this.#links.values()) link.close()
    for (const stream of this.#dialled) stream.destroy()
    if (this.#server) await this.#server.close()
    if (this.#dht) await this.#dht.destroy()
  }

  get links(): StreamLink[] {
    return [...this.#links.values()]
  }

  /**
   * The port this device listens on, the one that was asked for where it was free. hyperdht has two:
   * `address()` tells that of its other socket, which is a new one after every start.
   */
  get port(): number {
    return this.#dht?.localAddress()?.port ?? 0
  }

  /** The devices to be linked with whenever they can be reached. */
  setMembers(devices: DeviceKey[]): void {
    for (const link of this.links) if (!this.#options.admits(link.device)) this.#part(link)
    this.#dialler.setTargets(devices)
  }

  #part(link: StreamLink): void {
    if (this.#partings.has(link)) return
    const close = (): void => {
      this.#partings.delete(link)
      if (!this.#options.admits(link.device)) link.close()
    }
    this.#partings.set(link, setTimeout(close, PARTING_MS))
  }

  /** A new address of this device was learnt. */
  nudge(device: DeviceKey): void {
    if (!this.#links.has(hex(device))) this.#dialler.nudge(device)
  }

  /** Not for longer than a moment: where there is no network there is nothing to be told. */
  async placed(): Promise<void> {
    let timer: Timer | null = null
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, PLACED_MS)))
    await Promise.race([this.#dht!.fullyBootstrapped(), late]).catch(() => {})
    clearTimeout(timer)
  }

  addresses(): Address[] {
    const { host, lan } = this.#options
    const { port } = this
    if (port === 0) return []
    const local = host !== undefined && host !== '0.0.0.0' ? [host] : lan ? localAddresses() : []
    const found = local.map((host) => ({ host, port }))
    const seen = this.#dht!.remoteAddress()
    if (seen) found.push({ host: seen.host, port: seen.port })
    return uniqueAddresses(found).slice(0, MAX_ADDRESSES)
  }

  async listen(
    keyPair: KeyPair,
    only: Uint8Array,
    onStream: (stream: NoiseSecretStream) => void
  ): Promise<{ close(): Promise<void> }> {
    return Listening.open(this.#dht!, keyPair, (remote) => b4a.equals(remote, only), onStream)
  }

  connect(remote: Uint8Array, keyPair: KeyPair, addresses: Address[]): NoiseSecretStream {
    const stream = this.#dht!.connect(remote, { keyPair, relayAddresses: addresses })
    this.#dialled.add(stream)
    stream.on('close', () => this.#dialled.delete(stream))
    return stream
  }

  #lets(device: DeviceKey): boolean {
    const nowMs = this.#clock.monotonicMs()
    return this.#options.admits(device) && !this.#misconduct.isOut(device, nowMs)
  }

  #onPlaced(): void {
    if (!this.closing) this.emit('placed')
  }

  async #dial(device: DeviceKey): Promise<boolean> {
    if (!this.#lets(device)) return false
    const stream = this.connect(device, this.#options.keyPair, this.#whereIs(device))
    stream.on('error', () => {})
    const { times } = paceOf(strainMs())
    const timer = setTimeout(() => stream.destroy(), times * DIAL_TIMEOUT_MS)
    const opened = await stream.opened
    clearTimeout(timer)
    if (!opened || this.closing) {
      stream.destroy()
      return false
    }
    this.#adopt(stream)
    return true
  }

  /** Where it is linked now comes first. */
  #whereIs(device: DeviceKey): Address[] {
    const known = this.#options.addressesOf(device)
    const here = this.#links.get(hex(device))?.address
    return here ? uniqueAddresses([here, ...known]) : known
  }

  #adopt(stream: NoiseSecretStream): void {
    const { now, keyPair } = this.#options
    stream.on('error', () => {})
    if (this.closing || !this.#lets(stream.remotePublicKey)) return stream.destroy()
    const link = new StreamLink('dht', stream, now())
    const old = this.#links.get(hex(link.device))
    if (old && !replaces(factsOf(link), factsOf(old), keyPair.publicKey, link.device)) {
      return link.close()
    }
    this.#links.set(hex(link.device), link)
    old?.close()
    if (!stream.isInitiator) this.#endVainDials(link.device)
    this.#revival.add(link)
    stream.setTimeout(SILENCE_MS)
    stream.on('close', () => this.#onClose(link))
    this.emit('link', link)
  }

  /** A dial of ours that crosses that of a lower key is closed when it opens: its work at both ends is saved. */
  #endVainDials(device: DeviceKey): void {
    const { publicKey } = this.#options.keyPair
    if (b4a.compare(publicKey as any, device as any) < 0) return
    for (const stream of this.#dialled) {
      const isToIt = b4a.equals(stream.remotePublicKey, device)
      if (isToIt && !stream.connected) stream.destroy()
    }
  }

  #onClose(link: StreamLink): void {
    if (link.failure instanceof Misuse) this.#keepOut(link.device, link.failure)
    else if (link.failure !== null) this.emit('trouble', link.failure)
    if (this.#links.get(hex(link.device)) === link) {
      this.#links.delete(hex(link.device))
      const livedMs = this.#options.now() - link.openedAtMs
      this.#dialler.lost(link.device, { livedMs, byOther: link.wasReset })
    }
    this.emit('unlink', link)
  }

  #keepOut(device: DeviceKey, reason: Misuse): void {
    const outMs = this.#misconduct.note(device, this.#clock.monotonicMs())
    this.emit('misuse', { device, reason, outMs })
  }
}

/**
 * A port that will most likely be free again after a restart, so that the address told to others stays
 * true: not hyperdht's own 49737, which every device of a machine would ask for, and below those that
 * systems hand out by themselves (from 32,768 on).
 */
function freshPort(): number {
  const [high, low] = randomBytes(2)
  return 10_240 + (((high! << 8) | low!) % 20_000)
}

function factsOf(link: StreamLink): { openedAtMs: number; initiated: boolean } {
  return { openedAtMs: link.openedAtMs, initiated: link.stream.isInitiator }
}

function uniqueAddresses(addresses: Address[]): Address[] {
  return [...new Map(addresses.map((address) => [addressKey(address), address])).values()]
}
