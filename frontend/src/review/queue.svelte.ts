/** The cards to decide.  The next ones are fetched ahead, so that one stands there at once. */

import { get } from '../lib/api'
import type { ReviewCard } from '../lib/types'

const AHEAD = 3

export const keyOf = (card: ReviewCard): string =>
  card.id ?? (card.pair ? `${card.pair.left.id}~${card.pair.right.id}` : card.incident ? card.incident.id : `${card.article?.id ?? ''}#${card.event?.id ?? ''}`)

export const incidentsOf = (card: ReviewCard): string[] =>
  card.pair ? [card.pair.left.id, card.pair.right.id] : card.incident ? [card.incident.id] : card.event?.incident ? [card.event.incident] : []

export class Queue {
  cards = $state.raw<ReviewCard[]>([])
  at = $state(0)
  left = $state<number | null>(null)
  ended = $state(false)
  #filling: Promise<void> | null = null
  #skip: string[] = []
  #tags = new Map<string, string>()

  /** `path`: where the API gives the next card. */
  constructor(readonly path: string) {}

  get now(): ReviewCard | null { return this.cards[this.at] ?? null }

  /** Fetch until enough cards are ahead or there are no more. */
  fill(): Promise<void> {
    this.#filling ??= this.#fill().finally(() => { this.#filling = null })
    return this.#filling
  }
  async #fill(): Promise<void> {
    while (!this.ended && this.cards.length - this.at <= AHEAD) {
      const skip = [...this.#skip, ...this.cards.map(keyOf)].slice(-200)
      const { data } = await get<{ card: ReviewCard | null; left: number }>(this.path, { skip: skip.join(',') })
      this.left = data.left
      const card = data.card
      if (!card || this.cards.some((one) => keyOf(one) === keyOf(card))) { this.ended = true; return }
      this.cards = [...this.cards, card]
    }
  }
  /** Take the card away that was decided; the next one moves up. */
  take(card: ReviewCard): void {
    this.#skip.push(keyOf(card))
    this.cards = this.cards.filter((one) => one !== card)
    this.at = Math.min(this.at, Math.max(0, this.cards.length - 1))
    if (this.left !== null) this.left = Math.max(0, this.left - 1)
  }
  /** Put a card back where it can be decided again. */
  back(card: ReviewCard): void {
    this.#skip = this.#skip.filter((one) => one !== keyOf(card))
    this.cards = [...this.cards.slice(0, this.at), card, ...this.cards.slice(this.at)]
    this.ended = false
    if (this.left !== null) this.left += 1
  }
  /** Incidents were changed by a decision of one's own: take what is known of them in the queue anew.
   *
   * The card in sight stays, lest a key meet another one; it goes only if one of its incidents is no more. */
  changed(affected: { id: string; etag: string | null }[]): void {
    for (const { id, etag } of affected) if (etag !== null) this.#tags.set(id, etag)
    const gone = new Set(affected.filter((one) => one.etag === null).map((one) => one.id))
    const touched = new Set(affected.map((one) => one.id))
    const now = this.now
    const kept = this.cards.filter((card) => !incidentsOf(card).some((id) => (card === now ? gone : touched).has(id)))
    if (kept.length === this.cards.length) return
    this.cards = kept
    this.at = now && kept.includes(now) ? kept.indexOf(now) : Math.min(this.at, Math.max(0, kept.length - 1))
    this.ended = false
  }
  /** The tag to send: the card's own, or for incidents that own decisions changed since, the later ones. */
  tagOf(card: ReviewCard, ids: string[]): string {
    if (card.pair) return `"v${ids.map((id) => this.#version(card, id)).join('-')}"`
    const later = ids.length === 1 ? this.#tags.get(ids[0] as string) : undefined
    return later ?? card.etag ?? '*'
  }
  #version(card: ReviewCard, id: string): string {
    const own = card.pair?.left.id === id ? card.pair.left.version : card.pair?.right.version
    return /\d+/.exec(this.#tags.get(id) ?? '')?.[0] ?? String(own)
  }
  move(step: number): void {
    this.at = Math.max(0, Math.min(this.cards.length - 1, this.at + step))
  }
}
