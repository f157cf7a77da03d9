/** Outlines of countries (world-atlas, from Natural Earth, public domain) and their names in both languages. */

import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, Position } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import atlas from 'world-atlas/countries-50m.json?url'
import type { Lang } from '../lib/types'
import regions from './regions.json'

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>
export interface Ground { outlines: FeatureCollection; names: (lang: Lang) => FeatureCollection<Point> }

/** The middle of the box round a country's largest ring: near enough for a name. */
function middle(shape: Polygon | MultiPolygon): Position {
  const rings = shape.type === 'Polygon' ? [shape.coordinates[0]] : shape.coordinates.map((one) => one[0])
  const ring = rings.filter((one): one is Position[] => !!one).sort((a, b) => b.length - a.length)[0] ?? []
  const xs = ring.map((at) => at[0] as number)
  const ys = ring.map((at) => at[1] as number)
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2]
}

export async function ground(): Promise<Ground> {
  const world = (await (await fetch(atlas)).json()) as World
  const outlines = feature(world, world.objects.countries)
  const known = regions as Record<string, string>
  const named = outlines.features.filter((one) => one.id !== undefined && known[String(one.id)])
  const names = (lang: Lang): FeatureCollection<Point> => {
    const words = new Intl.DisplayNames(lang, { type: 'region' })
    return {
      type: 'FeatureCollection',
      features: named.map((one): Feature<Point> => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: middle(one.geometry as Polygon | MultiPolygon) },
        properties: { name: bare(words.of(known[String(one.id)] as string) ?? '') },
      })),
    }
  }
  return { outlines, names }
}

/** Vowel marks are displaced in labels of a map: leave them out. */
function bare(text: string): string {
  return text.replace(/[\u064b-\u0652\u0670]/g, '')
}
