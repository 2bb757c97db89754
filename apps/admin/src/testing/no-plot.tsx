/** Stands in for the canvas in tests. */
export default function NoPlot() {
  return null;
}
