/** The map's background, where the server names one: raster tiles by URL, or a PMTiles file that the server itself hands out. */

import { addProtocol, type LayerSpecification, type SourceSpecification } from 'maplibre-gl'
import type { Lang } from '../lib/types'

type Paints = Record<string, [string, string][]>
export interface Background {
  source: SourceSpecification
  layers: LayerSpecification[]
  /** Colours of the layers; `colour` knows those of the page. */
  paints: (colour: (name: string) => string) => Paints
  /** Layers that name places, in a language. */
  names: (lang: Lang) => { layer: string; field: unknown }[]
}

const VECTOR = 1
const FONT = ['Noto Sans Arabic']
/** What a layer of vector tiles is, by its name: those of Protomaps, OpenMapTiles and Shortbread among them. */
const KINDS: [RegExp, 'land' | 'green' | 'water' | 'building' | 'road' | 'border' | 'place'][] = [
  [/place|settlement|label|poi/i, 'place'], [/bound|border|admin/i, 'border'], [/road|street|transport|highway|rail/i, 'road'], [/building/i, 'building'],
  [/water|ocean|sea|lake|river/i, 'water'], [/landuse|landcover|natural|park|sites|wood/i, 'green'], [/earth|land/i, 'land'],
]
const ORDER = ['land', 'green', 'water', 'building', 'road', 'border', 'place']
const COLOURS: Record<string, string> = { land: 'land', green: 'sunk', water: 'sea', building: 'line', road: 'line', border: 'border', place: 'soft' }

function raster(source: SourceSpecification): Background {
  return { source, layers: [{ id: 'tiles', type: 'raster', source: 'tiles' }], paints: () => ({}), names: () => [] }
}

const named = (lang: Lang): unknown => ['coalesce', ['get', `name:${lang}`], ['get', `name_${lang}`], ['get', 'name']]

function vector(source: SourceSpecification, layers: string[]): Background {
  const found = layers.map((id) => ({ id, kind: KINDS.find(([name]) => name.test(id))?.[1] ?? 'border' })).sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
  const made: { spec: LayerSpecification; colour: string; property: string }[] = []
  for (const { id, kind } of found) {
    const colour = COLOURS[kind] ?? 'border'
    const from = { source: 'tiles', 'source-layer': id }
    if (kind === 'place') {
      made.push({ colour, property: 'text-color', spec: { id: `tiles-${id}`, type: 'symbol', ...from, layout: { 'text-field': named('ar') as string, 'text-font': FONT, 'text-size': 12 }, paint: { 'text-halo-width': 1.2 } } })
      continue
    }
    if (kind !== 'road' && kind !== 'border') made.push({ colour, property: 'fill-color', spec: { id: `tiles-${id}`, type: 'fill', ...from, filter: ['==', ['geometry-type'], 'Polygon'] } })
    made.push({ colour, property: 'line-color', spec: { id: `tiles-${id}-lines`, type: 'line', ...from, filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-width': kind === 'road' ? 1.2 : 0.8 } } })
  }
  return {
    source,
    layers: made.map((one) => one.spec),
    paints: (colour) => Object.fromEntries(made.map((one) => [one.spec.id, [[one.property, colour(one.colour)], ...(one.spec.type === 'symbol' ? [['text-halo-color', colour('land')] as [string, string]] : [])] as [string, string][]])),
    names: (lang) => made.filter((one) => one.spec.type === 'symbol').map((one) => ({ layer: one.spec.id, field: named(lang) })),
  }
}

/** The background that `tiles` names; fails where a PMTiles file cannot be read. */
export async function background(tiles: string): Promise<Background> {
  if (!/\.pmtiles$/.test(tiles)) return raster({ type: 'raster', tiles: [tiles], tileSize: 256 })
  const { PMTiles, Protocol } = await import('pmtiles')
  const address = new URL(tiles, location.href).href
  const archive = new PMTiles(address)
  const header = await archive.getHeader()
  const protocol = new Protocol({ metadata: true }) // with the attribution that the file asks for
  protocol.add(archive)
  addProtocol('pmtiles', protocol.tile)
  const url = `pmtiles://${address}`
  if (header.tileType !== VECTOR) return raster({ type: 'raster', url, tileSize: 256 })
  const told = (await archive.getMetadata()) as { vector_layers?: { id?: unknown }[] } | null
  return vector({ type: 'vector', url }, (told?.vector_layers ?? []).map((one) => one.id).filter((id): id is string => typeof id === 'string'))
}
