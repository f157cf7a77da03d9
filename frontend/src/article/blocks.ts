/** A long text cut into blocks of bounded size, so that ten megabytes or a million spans do not stop the page. */

import type { SegmentRole } from '../lib/types'
import type { Marked } from '../search/marks'

export interface Piece { text: string; roles: SegmentRole[]; n: number; hit?: number }
export type Block = Piece[]
export const MOST_PIECES = 1_200
export const MOST_UNITS = 24_000

/** Cut at `at`, but never between the halves of one character. */
function cut(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}

export function blocksOf(segments: Marked[]): Block[] {
  const blocks: Block[] = []
  let block: Block = []
  let units = 0
  const close = (): void => { if (block.length) blocks.push(block); block = []; units = 0 }
  segments.forEach((segment, n) => {
    let rest = segment.text
    while (rest) {
      if (block.length >= MOST_PIECES || units >= MOST_UNITS) close()
      const room = MOST_UNITS - units
      const end = rest.length <= room ? rest.length : Math.max(1, cut(rest, room))
      block.push({ text: rest.slice(0, end), roles: segment.roles, n, ...(segment.hit === undefined ? {} : { hit: segment.hit }) })
      units += end
      rest = rest.slice(end)
    }
  })
  close()
  return blocks
}

/** The block that holds the first piece wanted, or -1. */
export function blockWith(blocks: Block[], wanted: (piece: Piece) => boolean): number {
  return blocks.findIndex((block) => block.some(wanted))
}
