// Every size and time the engine keeps to, with the reason for it. Nothing here is a preference:
// a decoder that meets more than its limit refuses before it allocates.

/** Largest block of a recording, bytes. One second at 64 Mbit/s; larger fragments are cut in pieces. */
export const MAX_BLOCK_BYTES = 8 * 1024 * 1024

/** Largest media payload of one entry: a block less its framing, padding and tag. */
export const MAX_FRAGMENT_BYTES = MAX_BLOCK_BYTES - 64 * 1024

/** Largest init segment, bytes. Seen: 0.6 to 2 KiB; codec private data can be larger. */
export const MAX_INIT_BYTES = 256 * 1024

/** Most keys wrapped in one header; block 0 is padded to one of these counts so that who stores it cannot count readers. */
export const WRAP_BUCKETS = [8, 16, 32, 64, 128, 256] as const

/** Largest journal entry, bytes: a grant or a batch of receipts fits many times over. */
export const MAX_JOURNAL_ENTRY_BYTES = 64 * 1024

/** Largest block of a journal: an entry, its envelope, and some to spare. */
export const MAX_JOURNAL_BLOCK_BYTES = MAX_JOURNAL_ENTRY_BYTES + 1024

/** What a block costs a disk beside its bytes: two nodes of the tree, their keys, its own. */
export const BLOCK_COST_BYTES = 256

/**
 * Bytes of its journals that are kept of every member, what they cost included. A recording lasts five
 * minutes; who holds it writes 20 receipts of 400 bytes and the cost of each: 13 KiB. Ten years with ten
 * thousand recordings are 131 MiB, or all of them filmed by itself 10 MiB more, and what else a member says
 * is little beside it. So much is had at once by who is new and catches up on ten years, and by a member
 * that turned: 64 of those fill 16 GiB.
 */
export const JOURNAL_BYTES = 256 * 1024 * 1024

/**
 * The same for every day it has been a member: 300 recordings a day, every day. Forty phones that film for
 * ten hours cost 24 MiB, since receipts for all of them go into one entry: eleven such days in a row are
 * within what is had at once.
 */
export const JOURNAL_BYTES_PER_DAY = 4 * 1024 * 1024

/** The same of a device that nobody is known to have let in: its first entries may come before that. */
export const STRANGE_JOURNAL_BYTES = 256 * 1024

/**
 * Part of its own room beyond which a device writes no receipts into its journal: what others have it sign
 * for must not take the place of what it says of members.
 */
export const RECEIPTS_SHARE = 7 / 8

/** Names of people and circles, UTF-8 bytes. */
export const MAX_NAME_BYTES = 64

/** Free text in a note, a reason, a tag, UTF-8 bytes. */
export const MAX_TEXT_BYTES = 4096

/**
 * What one member can say of one recording afterwards: one remark for every five seconds of one that ran
 * its five minutes. Of 256 members together, at their longest, an export has 72 MB to check.
 */
export const MAX_ANNOTATIONS = 64

/**
 * Names that one device says it has, in one circle, for ever: more than a person takes, and so few that all of
 * them can be shown. Each is an entry of 320 bytes and its cost: 18 KiB of a device, 4.6 MiB of 256.
 */
export const MAX_NAMES = 32

/** An invite URL decodes to at most this. It must fit one QR code that a phone reads in sunlight. */
export const MAX_INVITE_BYTES = 512

/** Invites of one device that are open at one time. */
export const MAX_OPEN_INVITES = 64

/** Addresses told in one hello or invite. */
export const MAX_ADDRESSES = 8

/** Members of one circle. Forty phones is the field case; wrapped keys set the hard bound. */
export const MAX_MEMBERS = 256

/** Secrets of one circle that are remembered and handed on: one for every time it was re-keyed. */
export const MAX_EPOCHS = 256

/** Journal cores one device may have in one circle: one for every unclean stop. */
export const MAX_JOURNALS_PER_DEVICE = 1024

/**
 * Journals named in one statement as read: all that one device may have, so that a revocation can name
 * every one of whom it is about. 40 KiB of an entry.
 */
export const MAX_SEEN = MAX_JOURNALS_PER_DEVICE

/** Journal heads told in one message. */
export const MAX_HEADS = 4096

/** Films that a link has told of and no journal yet, in one circle. */
export const MAX_TOLD_FILMS = 512

/** Longest time a film stays in one recording before it rotates to a fresh key, ms. */
export const ROTATE_AFTER_MS = 5 * 60_000

/** A checkpoint at least this often, ms. */
export const CHECKPOINT_EVERY_MS = 1000

/** Bytes of the newest blocks an upstream keeps in memory to push to a follower that has just caught up. */
export const LIVE_TAIL_BYTES = 1024 * 1024

/**
 * Bytes of one recording that a device is pushed twice, beyond as many as it was pushed once. A link that
 * breaks every few seconds has at most the tail sent again each time, and took something in between.
 */
export const MAX_SENT_AGAIN_BYTES = 8 * LIVE_TAIL_BYTES

/** Devices an author lets follow it directly, where nobody asks for more or fewer. */
export const FIRST_HOPS = 2

/** Upstreams an author names to one member. */
export const MAX_ROUTE = 8

/** Bytes waiting in a link above which an upstream stops pushing to it: it will pull when it can. */
export const MAX_LINK_BACKLOG_BYTES = 8 * 1024 * 1024

/** A store with less free space than this takes no new blocks, so that what it holds stays writable. */
export const RESERVE_BYTES = 64 * 1024 * 1024

/** Largest frame of a link: the largest block with its proof. protomux would take 16 MiB. */
export const MAX_FRAME_BYTES = MAX_BLOCK_BYTES + 64 * 1024

/**
 * Channels open at once on a link: one for each circle, journal and recording that is attached. Opening
 * 100,000 took 326 MiB of a stock device; this many take less than 32.
 */
export const MAX_CHANNELS = 8192

/** Channels opened on a link: as many as may be open at once, and then what comes and goes. */
export const OPENS_ON_A_LINK = { burst: MAX_CHANNELS, perSecond: 100 }

/**
 * Frames and messages of a link, counted together. Blocks of 4 KiB came over loopback at 2,500 a second,
 * each with two or three messages.
 */
export const MESSAGES_ON_A_LINK = { burst: 65_536, perSecond: 20_000 }

/** Bytes of messages for a channel that is closed here, or of a kind that a later version knows. */
export const STRAY_BYTES_ON_A_LINK = { burst: 2 * MAX_FRAME_BYTES, perSecond: 1024 * 1024 }

/** Hellos of a member on one link: ten a second at most, and what has gathered where the line was dead. */
export const HELLOS_ON_A_LINK = { burst: 600, perSecond: 12 }

/**
 * What a member says on one link of how much of the journals it has: its own at once, ten times a second
 * at most, and that of the others once a second.
 */
export const JOURNAL_NEWS_ON_A_LINK = { burst: 600, perSecond: 24 }

/**
 * Receipts of a member on one link that are looked at: two signatures each. A first hop hands on those of
 * forty holders, five a second of each; at first come those for all films there are.
 */
export const RECEIPTS_ON_A_LINK = { burst: 8192, perSecond: 1024 }

/** Messages of a member on one link that ask to be shown entries of a journal: a tree is walked for each entry. */
export const LINES_WANTED_ON_A_LINK = { burst: 32, perSecond: 2 }

/** Recordings whose key is asked for in one message. */
export const MAX_KEYS_WANTED = 64

/** Messages of a member on one link that ask for keys: those for a thousand films at once, then one a second. */
export const KEYS_WANTED_ON_A_LINK = { burst: 64, perSecond: 1 }

/** Recordings whose keys a member has asked for on one link, and that it has not been answered yet. */
export const MAX_KEYS_WAITING = 1024

/**
 * Keys that one device gives another: each is an entry of 700 bytes that everybody keeps. All of ten years
 * with a film a day at once, and then one every ten seconds.
 */
export const GRANTS_FOR_A_DEVICE = { burst: 4096, perSecond: 0.1 }

/**
 * Requests of Hypercore on one link that are answered at once: so many blocks are read into memory. Over
 * a fast line it asks for sixteen at a time; four made catching up slower by a third.
 */
export const MAX_REQUESTS_ANSWERED = 16

/** Requests of Hypercore on one link that wait: it has at most 512 for each core under way. */
export const MAX_REQUESTS_WAITING = 16_384

/**
 * Bytes a link has not taken at which it is closed: more than the largest answers, a batch and what is
 * pushed can come to. Films of 2.5 Mbit/s leave 2 MiB.
 */
export const MAX_UNSENT_BYTES = MAX_REQUESTS_ANSWERED * MAX_FRAME_BYTES + 4 * MAX_LINK_BACKLOG_BYTES
