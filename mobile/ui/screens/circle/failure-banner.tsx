// Why the last call failed, where it did.

import { Banner } from '../../components/banner.tsx'

export function FailureBanner({ failure }: { failure: string | null }) {
  if (failure === null) return null
  return (
    <Banner kind="danger">
      <p>{failure}</p>
    </Banner>
  )
}
