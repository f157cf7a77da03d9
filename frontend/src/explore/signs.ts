/** The signs of the grades on the map: told apart by shape, not by colour alone. */

import type { Map as MapLibre } from 'maplibre-gl'

const SIZE = 36 // drawn at twice the size it is shown
const FILLED: Record<string, number> = { confirmed: 1, fair: 0.75, contested: 0.5, weak: 0.25, discounted: 0, none: 0 }

function draw(share: number, ink: string, paper: string): ImageData | null {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIZE
  const context = canvas.getContext('2d')
  if (!context) return null
  const middle = SIZE / 2
  const radius = SIZE / 2 - 5
  context.beginPath()
  context.arc(middle, middle, radius, 0, 2 * Math.PI)
  context.fillStyle = paper
  context.fill()
  context.lineWidth = 5
  context.strokeStyle = ink
  context.stroke()
  if (share > 0) {
    context.beginPath()
    context.moveTo(middle, middle)
    context.arc(middle, middle, radius, -Math.PI / 2, -Math.PI / 2 + share * 2 * Math.PI)
    context.closePath()
    context.fillStyle = ink
    context.fill()
  }
  return context.getImageData(0, 0, SIZE, SIZE)
}

export function addSigns(map: MapLibre, colour: (name: string) => string): void {
  for (const [grade, share] of Object.entries(FILLED)) {
    const image = draw(share, colour(grade === 'none' ? 'weak' : grade), colour('card'))
    const name = `grade-${grade}`
    if (!image) continue
    if (map.hasImage(name)) map.updateImage(name, image)
    else map.addImage(name, image, { pixelRatio: 2 })
  }
}
