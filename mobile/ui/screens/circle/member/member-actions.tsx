// What this device may do about another one: another role, cut it off, take it back, call it its own.

import { useState } from 'preact/hooks'
import type { CircleState, MemberItem, Said } from '../../../../../core/api/contract.ts'
import { Button } from '../../../components/button.tsx'
import { call } from '../../../engine/engine.ts'
import { mayCutOff, mayOrganise } from '../../../state/circle/circle-view.ts'
import { t } from '../../../words/words.ts'
import { nameIn } from '../texts.ts'
import { CutOff } from './cut-off.tsx'
import { RoleChange } from './role-change.tsx'
import { Sure } from './sure.tsx'

export interface Deed {
  kind: 'revoked' | 'role' | 'reinstated' | 'own'
  said: Said
}

export interface MemberActionsProps {
  circle: CircleState
  member: MemberItem
  onDone: (deed: Deed) => void
}

type Open = 'role' | 'cut-off' | 'reinstate' | 'own' | null

export function MemberActions({ circle, member, onDone }: MemberActionsProps) {
  const [open, setOpen] = useState<Open>(null)
  const of = { circle: circle.circle, device: member.device }
  const name = nameIn(circle)(member.device)
  const done = (kind: Deed['kind']) => (said: Said) => {
    setOpen(null)
    onDone({ kind, said })
  }
  const shared = { of, name, onClose: () => setOpen(null) }
  return (
    <div class="actions column">
      {deedsFor(circle, member).map((deed) => (
        <Button
          key={deed}
          kind={deed === 'cut-off' ? 'danger' : 'quiet'}
          onClick={() => setOpen(deed)}
        >
          {t(LABELS[deed])}
        </Button>
      ))}
      <RoleChange {...shared} open={open === 'role'} role={member.role} onSaid={done('role')} />
      <CutOff {...shared} open={open === 'cut-off'} onSaid={done('revoked')} />
      <Sure
        {...shared}
        open={open === 'reinstate'}
        deed="reinstate"
        work={() => call('member.reinstate', of)}
        onSaid={done('reinstated')}
      />
      <Sure
        {...shared}
        open={open === 'own'}
        deed="own"
        work={() => call('member.own', of)}
        onSaid={done('own')}
      />
    </div>
  )
}

const LABELS = {
  role: 'circle.member.changeRole',
  'cut-off': 'circle.member.declareLost',
  reinstate: 'circle.member.reinstate',
  own: 'circle.member.own'
} as const

/** The engine has the last word: what it refuses is said by its sentence. */
function deedsFor(circle: CircleState, { self, state }: MemberItem): Exclude<Open, null>[] {
  if (self) return []
  if (state !== 'active') return mayOrganise(circle) ? ['reinstate'] : []
  const deeds: Exclude<Open, null>[] = []
  if (mayOrganise(circle)) deeds.push('role')
  if (circle.role !== 'relay' && circle.state === 'active') deeds.push('own')
  if (mayCutOff(circle)) deeds.push('cut-off')
  return deeds
}
