// What members and this device say to each other about recordings: who follows whom, blocks that are
// pushed, receipts, films that begin; and what is said as a member comes and goes.
// Must never: act on what a member says of a recording that is kept apart.

import b4a from 'b4a'
import type { LiveBlock } from '../../encoding/control.ts'
import { systemCode } from '../../errors.ts'
import type { ControlHandlers } from '../../replica/control-channel.ts'
import type { Replica } from '../../replica/replica.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { DeviceKey, RecordingKey } from '../../types/keys.ts'
import type { Admission } from './admission.ts'
import type { Watch } from '../alarms/watch.ts'
import type { Grants } from '../grants/grants.ts'
import type { EarlyFollows } from '../handing-on/early-follows.ts'
import type { FanOut } from '../handing-on/fan-out.ts'
import type { Followings } from '../handing-on/followings.ts'
import type { ToldFilms } from '../handing-on/told-films.ts'
import type { Peer } from '../members/peer.ts'
import type { Openings } from './openings.ts'
import type { Receipts } from '../receipts/receipts.ts'
import type { Replicas } from './replicas.ts'

export interface RecordingTalkOptions {
  store: EvidenceStore
  replicas: Replicas
  openings: Openings
  followings: Followings
  earlyFollows: EarlyFollows
  fanOut: FanOut
  told: ToldFilms
  receipts: Receipts
  watch: Watch
  grants: Grants
  isApart: (replica: Replica) => boolean
  admission: Admission
  onError: (err: unknown) => void
}

type RecordingHandler = Exclude<
  keyof ControlHandlers,
  'onHello' | 'onJournals' | 'onLinesWanted' | 'onLine' | 'onClose'
>

export class RecordingTalk {
  readonly #options: RecordingTalkOptions

  constructor(options: RecordingTalkOptions) {
    this.#options = options
  }

  /** What to do with what a member says. */
  handlers(peer: Peer): Pick<ControlHandlers, RecordingHandler> {
    const { admission, followings, grants, receipts, replicas, told } = this.#options
    return {
      onFollow: ({ recording, start }) => this.#onFollow(peer, recording, start),
      onUnfollow: ({ recording }) => this.#onUnfollow(peer, recording),
      onRefuse: (refuse) => followings.refused(peer, refuse, replicas.get(refuse.recording)),
      onBlock: (block) => this.#onBlock(peer, block),
      onReceipts: (all) => void receipts.take(peer, all),
      // what there is no room for waits for the journal to tell of it
      onFilm: (body) => admission.mayHear(body) && told.told({ device: peer.device, body }),
      onRepeated: (film) => admission.mayHear(film.body) && told.repeated(peer, film),
      onKeysWanted: (asked) => grants.asked(peer, asked),
      onRoute: (route) => followings.route(peer, route, replicas.get(route.recording))
    }
  }

  /** A member is here: it gets what is open, what we hold of its own recordings, and what we film. */
  greet(peer: Peer): void {
    const { replicas, openings, followings, grants, receipts, told, fanOut, isApart } =
      this.#options
    for (const replica of replicas.all) {
      if (replica.core === null && replica.sealed) continue // asked for where it is wanted
      if (isApart(replica)) continue
      if (replica.core !== null) replica.attach(peer.link)
      else openings.wake(replica)
      followings.update(replica) // before it can be asked for what others are to give
    }
    // Of what rests our journal tells: an author of ten thousand need not hear of each with every link.
    receipts.greet(
      peer,
      replicas.awake.filter((replica) => !isApart(replica))
    )
    told.greet(peer)
    grants.greet()
    fanOut.update()
  }

  /** A member is gone. */
  part(peer: Peer): void {
    const { store, replicas, followings, grants, earlyFollows, receipts, told, fanOut } =
      this.#options
    earlyFollows.forget(peer)
    for (const replica of replicas.all) {
      if (replica.core !== null) {
        if (peer.channel) replica.upstream.unfollow(peer.channel)
        store.detach(replica.core, peer.link)
      }
      followings.lost(replica, peer)
    }
    if (replicas.awake.some((replica) => isAuthor(peer.device, replica))) receipts.journal.hurry()
    told.part(peer)
    grants.part(peer)
    fanOut.lost(peer)
  }

  /** A recording we have not heard of yet: its author told the other end first. */
  #onFollow(peer: Peer, recording: RecordingKey, start: number): void {
    const { replicas, earlyFollows, fanOut, isApart } = this.#options
    const replica = replicas.get(recording)
    const isEarly = replica === null && earlyFollows.add(peer, recording, start)
    if (replica && !isApart(replica)) {
      fanOut.asked(peer, replica)
      replica.upstream.follow(peer.channel!, start, replica.length)
      replica.fetching.tell(peer.link) // what it is refused, it has to fetch
    } else if (!isEarly) peer.channel?.refuse(recording)
  }

  #onUnfollow(peer: Peer, recording: RecordingKey): void {
    const { replicas, earlyFollows, isApart } = this.#options
    earlyFollows.cancel(peer, recording)
    const replica = replicas.get(recording)
    replica?.upstream.unfollow(peer.channel!)
    if (replica && !isApart(replica)) replica.fetching.tell(peer.link) // it may fetch from now on
  }

  async #onBlock(peer: Peer, block: LiveBlock): Promise<void> {
    const { replicas, followings, watch, isApart, admission, onError } = this.#options
    const { recording } = block
    const replica = replicas.get(recording) ?? (await replicas.settled(recording)) // most often at once
    if (replica === null || isApart(replica) || !admission.takes(replica)) return
    watch.pushed(replica, peer, block)
    try {
      if (await replica.accept(block)) replica.source = peer.device
      else followings.passedOver(replica, peer, block.index)
    } catch (err) {
      followings.failed(replica, peer)
      if (systemCode(err) !== null) onError(err)
    }
  }
}

export function isAuthor(device: DeviceKey, { announced }: Replica): boolean {
  return b4a.equals(announced.author, device)
}
