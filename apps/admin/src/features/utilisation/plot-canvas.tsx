import Box from '@mui/material/Box';
import { dark, light } from '@nailup/web';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { Series } from './series.js';

interface PlotCanvasProps {
  series: Series[];
  /** Epoch seconds, one per value of every series. */
  times: number[];
  /** Epoch seconds of the left and right edge. */
  from: number;
  to: number;
  scheme: 'light' | 'dark';
  height?: number;
}

/** As in the table beside it: one time, one format. */
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** Lines over time on a canvas. Decoration for the eye: the same numbers stand in the table beside it. */
export default function PlotCanvas({ series, times, from, to, scheme, height = 240 }: PlotCanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const edges = useRef<[number, number]>([from, to]);
  const { inkSoft: ink, line } = scheme === 'dark' ? dark : light;
  const shape = series.map(({ id, colour, name, dash }) => [id, colour, name, dash].join('|')).join();

  // The plot is made anew only when its lines or colours change; numbers are poured in below.
  useEffect(() => {
    const node = place.current;
    if (!node) return;
    const axis: uPlot.Axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, font: '12px system-ui, sans-serif' };
    const made = new uPlot(
      {
        width: node.clientWidth,
        height,
        legend: { show: false },
        cursor: { y: false, points: { size: 6 } },
        scales: { x: { time: true, range: () => edges.current }, y: { range: (_, __, max) => [0, Math.max(4, Math.ceil(max * 1.1))] } },
        axes: [{ ...axis, space: 80, values: (_, splits) => splits.map((at) => clock.format(at * 1000)) }, { ...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }],
        series: [{}, ...series.map(({ name, colour, dash }): uPlot.Series => ({ label: name, stroke: colour, width: 2, dash, spanGaps: false, points: { show: false } }))],
      },
      [[], ...series.map(() => [])],
      node,
    );
    plot.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: node.clientWidth, height }));
    watch.observe(node);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
    };
    // `shape` stands for `series`, whose identity changes with every number.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shape, ink, line, height]);

  useEffect(() => {
    edges.current = [from, to];
    plot.current?.setData([times, ...series.map(({ values }) => values)]);
  }, [series, times, from, to, shape, ink, line, height]);

  return <Box ref={place} aria-hidden sx={{ width: '100%', height, overflow: 'hidden' }} />;
}
