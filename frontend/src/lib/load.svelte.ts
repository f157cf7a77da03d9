/** Something fetched for the present view: the newest wish wins, the older one is stopped. */

import { Problem, stopped } from './api'

export class Load<T> {
  value = $state.raw<T | null>(null)
  problem = $state.raw<Problem | null>(null)
  busy = $state(false)
  #stop: AbortController | null = null

  async run(fetch: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.#stop?.abort()
    const stop = (this.#stop = new AbortController())
    this.busy = true
    try {
      const value = await fetch(stop.signal)
      if (this.#stop !== stop) return
      this.value = value
      this.problem = null
    } catch (error) {
      if (stopped(error) || this.#stop !== stop) return
      if (!(error instanceof Problem)) throw error
      this.problem = error
    } finally {
      if (this.#stop === stop) this.busy = false
    }
  }

  stop(): void {
    this.#stop?.abort()
  }
}
