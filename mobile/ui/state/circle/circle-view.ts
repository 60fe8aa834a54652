// What the circle screens show, out of the engine's state: which circle, its people, what this device may
// do there, what waits for it. Pure.

import type {
  AlarmItem,
  CircleState,
  HistoryItem,
  InviteState,
  MemberItem,
  RecordingState,
  State
} from '../../../../core/api/contract.ts'

/** The one that is asked for, else the first; null where there is none. */
export function circleOf(state: State, wanted: string | undefined): CircleState | null {
  const all = Object.values(state.circles)
  return all.find(({ circle }) => circle === wanted) ?? all[0] ?? null
}

/** Those in it first, then who is not confirmed, then who was cut off; else as the engine has them. */
export function membersInOrder({ members }: Pick<CircleState, 'members'>): MemberItem[] {
  const ranks = ['active', 'unconfirmed', 'cut-off']
  return [...members].sort((a, b) => ranks.indexOf(a.state) - ranks.indexOf(b.state))
}

export function activeOthers({ members }: Pick<CircleState, 'members'>): MemberItem[] {
  return members.filter(({ self, state }) => !self && state === 'active')
}

export function memberCalled({ members }: CircleState, device: string): MemberItem | null {
  return members.find((member) => member.device === device) ?? null
}

/** May let people in, change roles and take back. */
export function mayOrganise({ role, state, onHold }: CircleState): boolean {
  return role === 'organiser' && state === 'active' && !onHold
}

/** A relay cuts nobody off; who is not a member says nothing. */
export function mayCutOff({ role, state, onHold }: CircleState): boolean {
  return role !== null && role !== 'relay' && state === 'active' && !onHold
}

/** Films of this device in a circle: what would be lost with it. */
export function ownFilms({ recordings }: State, circle: string): RecordingState[] {
  return Object.values(recordings).filter((one) => one.own && one.circle === circle)
}

/** Statements that wait for this very device's agreement. */
export function waitingForMe(
  { history }: Pick<CircleState, 'history'>,
  self: string
): HistoryItem[] {
  return history.filter(({ seconders }) => seconders.includes(self))
}

/** Newest first. */
export function newestFirst<T extends AlarmItem | HistoryItem>(items: readonly T[]): T[] {
  return [...items].reverse()
}

/** Invites of this circle that can still let somebody in, the newest first. */
export function openInvites({ invites }: State, circle: string): InviteState[] {
  return Object.values(invites)
    .filter((one) => one.circle === circle && ['open', 'closed'].includes(one.phase))
    .reverse()
}

/** Who has a name is called by it; the others by the beginning of their key. */
export function shortKey(device: string): string {
  return device.slice(0, 8)
}
