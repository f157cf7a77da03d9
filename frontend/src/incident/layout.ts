/** Places for the nodes of a chain: who is quoted stands before who quotes, in as many ranks as the longest way. */

import type { ChainEdge, ChainNode } from '../lib/types'

export interface Placed { node: ChainNode; rank: number; row: number }

export function layout(nodes: ChainNode[], edges: ChainEdge[]): { placed: Placed[]; ranks: number; rows: number } {
  const rank = new Map(nodes.map((node) => [node.id, 0]))
  // The words went from `from` to `to`: who says stands a rank before who passes it on.  Rounds are bounded, so that a circle ends too.
  for (let round = 0; round < nodes.length; round++) {
    let moved = false
    for (const edge of edges) {
      const wish = (rank.get(edge.from) ?? 0) + 1
      if (rank.has(edge.from) && rank.has(edge.to) && (rank.get(edge.to) as number) < wish && wish < nodes.length) {
        rank.set(edge.to, wish)
        moved = true
      }
    }
    if (!moved) break
  }
  const used = [...new Set(rank.values())].sort((a, b) => a - b)
  const rows = new Map<number, number>()
  const placed = nodes.map((node) => {
    const at = used.indexOf(rank.get(node.id) ?? 0)
    const row = rows.get(at) ?? 0
    rows.set(at, row + 1)
    return { node, rank: at, row }
  })
  return { placed, ranks: Math.max(1, used.length), rows: Math.max(1, ...rows.values()) }
}
