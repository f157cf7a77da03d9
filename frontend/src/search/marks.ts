/** Words found by a search, laid over a text.  The server counts code points, JavaScript halves of them. */

import type { Segment, SegmentRole } from '../lib/types'

export interface Cut { text: string; hit: number | null }

/** The text cut at its marks (code points, in order, none over another). */
export function cutAt(text: string, marks: [number, number][]): Cut[] {
  return over([{ text, roles: [] }], marks).map((one) => ({ text: one.text, hit: one.hit ?? null }))
}

export interface Marked { text: string; roles: SegmentRole[]; hit?: number }

/** Segments that begin with the text, cut further at the marks; what a mark covers carries its number. */
export function over(segments: Segment[], marks: [number, number][]): Marked[] {
  const out: Marked[] = []
  let at = 0
  let n = 0
  for (const { text, roles } of segments) {
    if (n >= marks.length) { out.push({ text, roles }); continue }
    const letters = Array.from(text)
    const end = at + letters.length
    let from = at
    while (n < marks.length && (marks[n] as [number, number])[0] < end) {
      const [start, stop] = marks[n] as [number, number]
      if (start > from) out.push({ text: letters.slice(from - at, start - at).join(''), roles })
      from = Math.max(from, start)
      const to = Math.min(stop, end)
      if (to > from) out.push({ text: letters.slice(from - at, to - at).join(''), roles, hit: n })
      from = Math.max(from, to)
      if (stop > end) break // it goes on in the next segment
      n += 1
    }
    if (from < end) out.push({ text: letters.slice(from - at).join(''), roles })
    at = end
  }
  return out
}
