/** Decisions sent to the API; a decision on what has changed meanwhile comes back as a `Clash` to be settled. */

import { get, Problem, send } from './api'
import type { Article, Decision, ReviewCard } from './types'

export interface Wish {
  kind: 'accept' | 'reject' | 'correct' | 'merge' | 'split' | 'same' | 'not-same' | 'undo'
  target: Record<string, unknown>
  field?: string
  value?: unknown
  members?: unknown[]
  reason: string
  second?: boolean
}
export type Decided = Decision & { affected?: { id: string; etag: string | null }[] }

/** Somebody else was quicker (412): the state now, and the tag with which the wish could be sent again. */
export class Clash extends Error {
  constructor(readonly wish: Wish, readonly current: unknown, readonly etag: string | null, readonly problem: Problem) {
    super(problem.message)
  }
}

export async function decide(wish: Wish, etag: string | null): Promise<Decided> {
  try {
    return (await send<Decided>('POST', '/decisions', wish, etag ?? '*')).data
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 412) throw error
    const now = error.body['etag']
    throw new Clash(wish, error.body['current'] ?? null, typeof now === 'string' ? now : null, error)
  }
}

export const undo = (id: string, reason: string): Promise<Decided> => decide({ kind: 'undo', target: { decision: id }, reason }, '*')

/** Whether the event of a card is still read as the card shows it, whatever became of its incident. */
export async function sameEvent(card: ReviewCard): Promise<boolean> {
  const { event, article } = card
  if (!event || !article) return false
  const { data } = await get<Article>(`/articles/${encodeURIComponent(article.id)}`, { offset: event.trigger?.start ?? 0 })
  const now = data.events.find((one) => one.id === event.id)
  return now !== undefined && JSON.stringify({ ...now, incident: null }) === JSON.stringify({ ...event, incident: null })
}
